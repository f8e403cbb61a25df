/** Measured cures as text for people. */
import { effectText, lossText, type Effect } from '../../verification/effect';
import { nameOf } from './choose-finding';
import type { DiagnosedRun } from './diagnosed-run';
import type { CandidateResult, MeasuredCure, MeasuredCures } from './measured-cures';
import { alignedTable, type Column } from './table';
import type { Written } from './write-cure';

interface Row extends Partial<MeasuredCure> {
  readonly result: CandidateResult;
  readonly before: CandidateResult;
}

const EFFECTS: Readonly<Record<Effect, string>> = {
  cures: 'trains with more seeds',
  improves: 'learns better',
  removes: 'only removes the finding',
  none: 'does not help',
  unknown: 'not tried',
};

/** Column that is shown where seeds were held back. */
const HELD_BACK = 'held back';
/** The title comes last: titles differ most in length. */
const COLUMNS: readonly Column<Row>[] = [
  { title: '', align: 'left', text: ({ preferred }) => (preferred ? '*' : '') },
  {
    title: 'trains with',
    align: 'left',
    text: ({ result }) => (result.seeds === 0 ? '-' : `${result.trainsIn} of ${result.seeds} seeds`),
  },
  {
    title: HELD_BACK,
    align: 'left',
    text: ({ result: { fresh } }) => (fresh === undefined ? '-' : `${fresh.trainsIn} of ${fresh.seeds} seeds`),
  },
  { title: 'loss', align: 'right', text: lossCell },
  {
    title: 'loss / constant',
    align: 'right',
    text: ({ result }) => (result.seeds === 0 ? '-' : lossText(result.relativeLoss)),
  },
  {
    title: 'step time',
    align: 'right',
    text: ({ result }) => (result.relativeCost === undefined ? '-' : `${lossText(result.relativeCost)} ×`),
  },
  { title: 'cause', align: 'left', text: ({ causal }) => (causal ? 'undone' : '') },
  { title: 'effect', align: 'left', text: ({ effect }) => (effect === undefined ? '' : EFFECTS[effect]) },
  {
    title: 'cure',
    align: 'left',
    text: ({ result: { title, problem, notWritable } }) =>
      `${title}${problem === undefined ? '' : `: ${problem}`}${unwritten(notWritable)}`,
  },
];

/** The table of cures, best first, with the finding that they are for. */
export function curesText(run: DiagnosedRun, measured: MeasuredCures, seconds: number): string {
  const { measuring, finding, baseline, cures, ended, seeds, trainings } = measured;
  const others = run.findings
    .filter(({ finding: other }) => nameOf(other) !== nameOf(finding))
    .map(({ finding: other }) => nameOf(other));
  const place = finding.layer === undefined ? '' : ` in \`${finding.layer}\``;
  const what = measuring === 'compare' ? 'Every cure that applies, compared for' : 'Cures of';
  const rows: Row[] = [{ result: baseline, before: baseline }, ...cures.map(cure => ({ ...cure, before: baseline }))];
  return [
    `${what} ${finding.rule}${place}${others.length === 0 ? '' : ` (--finding chooses another: ${others.join(', ')})`}:`,
    '',
    ...alignedTable(
      COLUMNS.filter(({ title }) => title !== HELD_BACK || cures.some(({ result }) => result.fresh)),
      rows,
    ),
    '',
    ...(cures.some(({ preferred }) => preferred) ? ['* preferred'] : []),
    `${trainings} ${trainings === 1 ? 'training' : 'trainings'} with ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} in ${seconds.toFixed(1)} s.` +
      `${ended === 'complete' ? '' : ' The time ran out; --budget gives more.'}`,
    measured.summary,
    '',
  ].join('\n');
}

/** The lines that were written and what the cure does, or why nothing was written. */
export function writtenText({ file }: DiagnosedRun, measured: MeasuredCures, written: Written): string {
  if (written.kind === 'refused') return `${written.message}\n`;
  const {
    cure: { result },
    diff,
    left,
  } = written;
  return [
    `Wrote into ${file.path}: ${result.title}.`,
    ...diff,
    `With it, the model ${effectText(result, measured.baseline, measured.finding.rule)}.`,
    ...(left.length === 0 ? [] : [`Still found: ${left.join(', ')}. Run --fix again to look for its cure.`]),
    '',
  ].join('\n');
}

/** Shows the loss of the original once, in its own row. */
function lossCell({ result, before }: Row): string {
  if (result.seeds === 0) return '-';
  if (result === before) return lossText(result.finalLoss);
  return result.comparable
    ? `${lossText(before.finalLoss)} → ${lossText(result.finalLoss)}`
    : `(${lossText(result.finalLoss)})`;
}

/** Why `--fix` cannot write a cure; empty where it can. */
export function unwritten(reason: string | undefined): string {
  return reason === undefined ? '' : `. Not written by --fix: ${reason}`;
}
