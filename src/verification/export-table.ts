/** The comparison as text for a spreadsheet or a report. */
import { markdownCell, oneLine, spreadsheetText } from '../text/plain-text';
import type { CandidateResult } from './candidate-result';
import type { Comparison } from './compare-cures';
import { lossText } from './effect';

/**
 * Columns of the table; the same in the panel and in both exports. "Learns in" counts seeds by the strict measure, see
 * `trainingBar`.
 */
export const COMPARISON_COLUMNS = [
  'cure',
  'trains with',
  'final loss',
  'loss / constant prediction',
  "steps to original's best",
  'worst gradient norm',
  'steps clipped',
  'cost per step',
] as const;

/** RFC 4180 with numbers in full; an empty field where something was not measured. */
export function comparisonToCsv({ baseline, cures }: Comparison): string {
  const header = [
    'cure',
    'fixes',
    'trains_in',
    'seeds',
    'final_loss',
    'relative_loss',
    'comparable_loss',
    'steps_to_baseline',
    'worst_gradient_norm',
    'clipped_share',
    'relative_cost',
    'problem',
  ];
  const rows = [baseline, ...cures].map(result => [
    result.title,
    result.name,
    result.trainsIn,
    result.seeds,
    finite(result.finalLoss),
    finite(result.relativeLoss),
    result.comparable,
    result.stepsToBaseline ?? '',
    finite(result.worstGradientNorm),
    result.clippedShare,
    result.relativeCost ?? '',
    result.problem ?? '',
  ]);
  return [header, ...rows].map(row => `${row.map(fieldText).join(',')}\r\n`).join('');
}

/** A table as GitHub shows it, with numbers to three digits. */
export function comparisonToMarkdown({ baseline, cures }: Comparison): string {
  const rows = [baseline, ...cures].map(result => comparisonCells(result).map(markdownCell));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [COMPARISON_COLUMNS, ['---', ...COMPARISON_COLUMNS.slice(1).map(() => '---:')], ...rows].map(line).join('');
}

/** A row as people read it, in the order of `COMPARISON_COLUMNS`. */
export function comparisonCells(result: CandidateResult): readonly string[] {
  if (result.problem !== undefined)
    return [`${result.title}: not measured. ${result.problem}`, ...COMPARISON_COLUMNS.slice(1).map(() => '–')];
  const measured = (value: number): string => (result.seeds === 0 ? '–' : lossText(value));
  return [
    result.title,
    trainsWithText(result),
    result.comparable ? measured(result.finalLoss) : `(${measured(result.finalLoss)})`,
    measured(result.relativeLoss),
    result.stepsToBaseline === undefined ? '–' : String(Math.round(result.stepsToBaseline)),
    measured(result.worstGradientNorm),
    result.seeds === 0 ? '–' : `${Math.round(100 * result.clippedShare)} %`,
    result.relativeCost === undefined ? '–' : `${lossText(result.relativeCost)} ×`,
  ];
}

/** "3/3", fresh seeds counted; by the strict measure of what trains. */
function trainsWithText({ seeds, trainsIn, fresh }: CandidateResult): string {
  return seeds === 0 ? 'not tried' : `${trainsIn + (fresh?.trainsIn ?? 0)}/${seeds + (fresh?.seeds ?? 0)}`;
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : '';
}

function fieldText(field: string | number | boolean): string {
  return quoted(typeof field === 'string' ? spreadsheetText(oneLine(field)) : String(field));
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
