/** A trained model file as text for people. */
import { isTrained, summarizeLayers, type LayerSummary } from '../../history/layer-summary';
import { formatMeasure, formatNumber, formatShare } from '../../history/number-text';
import type { LayerLayout, RunOutcome } from '../../training/step-record';
import type { DiagnosedRun } from './diagnosed-run';
import { placeOf } from './model-file';
import { alignedTable, type Column } from './table';

interface Row {
  readonly layer: LayerLayout;
  readonly isFrozen: boolean;
  readonly summary: LayerSummary;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'layer', align: 'left', text: ({ layer }) => layer.path },
  { title: 'type', align: 'left', text: ({ layer, isFrozen }) => (isFrozen ? `${layer.type}, not trained` : layer.type) },
  { title: 'activation', align: 'left', text: ({ layer }) => (layer.activation === 'identity' ? '' : layer.activation) },
  { title: 'output', align: 'left', text: ({ layer }) => `[${layer.outputShape.join(', ')}]` },
  { title: 'gradient', align: 'right', text: ({ summary }) => formatMeasure(summary.gradientNorm) },
  { title: 'forward gain', align: 'right', text: ({ summary }) => formatMeasure(summary.forwardGain) },
  { title: 'backward gain', align: 'right', text: ({ summary }) => formatMeasure(summary.backwardGain) },
  { title: 'update ratio', align: 'right', text: ({ summary }) => formatMeasure(summary.updateRatio) },
  { title: 'dead', align: 'right', text: ({ summary }) => formatShare(summary.deadShare) },
  { title: 'saturated', align: 'right', text: ({ summary }) => formatShare(summary.saturatedShare) },
];

/** Header, table of layers, losses and findings. */
export function textReport(run: DiagnosedRun, seconds: number): string {
  const { file, model, history, findings } = run;
  const { layout } = history;
  const summaries = summarizeLayers(history);
  const examples = layout.validationExamples > 0
    ? `${layout.trainingExamples} examples to learn from, ${layout.validationExamples} held back`
    : `${layout.trainingExamples} examples`;
  const kernels = layout.kernels === 'simd' ? 'WebAssembly' : 'plain JavaScript';
  return [
    `${model.name} (${file.path})`,
    `Task: ${layout.task}${model.data.inferred ? '; the file names no data, this task fits its shapes' : ''}.`,
    `${examples}, ${layout.steps} steps, seed ${model.seed}, ${kernels} kernels, ${seconds.toFixed(2)} s.`,
    '',
    ...alignedTable(COLUMNS, layout.layers.map((layer, index) =>
      ({ layer, isFrozen: layer.parameters.length > 0 && !isTrained(layout, index), summary: summaries[index] }))),
    '',
    ...progressLines(run),
    endText(history.outcome),
    '',
    ...findings.flatMap(({ finding, fixes }) => [
      `${placeOf(file, finding.source)}: ${finding.severity} ${finding.rule}: ${finding.message}`,
      ...fixes.map((fix) => `  fix: ${fix.title}${fix.preferred ? ' (preferred)' : ''}`),
    ]),
    countText(run),
    ...chanceLines(run),
    '',
  ].join('\n');
}

function progressLines({ history }: DiagnosedRun): readonly string[] {
  const { records, layout } = history;
  const [first, last] = [records[0], records[records.length - 1]];
  const validated = records.filter((record) => record.validation);
  const [early, late] = [validated[0]?.validation, validated[validated.length - 1]?.validation];
  const trivial = layout.trivialLoss === undefined ? '' : ` (a constant answer has ${formatNumber(layout.trivialLoss)})`;
  return [
    `loss                ${formatNumber(first.loss)} → ${formatNumber(last.loss)}${trivial}`,
    ...changeOf('accuracy', first.accuracy, last.accuracy, formatShare),
    ...changeOf('validation loss', early?.loss, late?.loss, formatNumber),
    ...changeOf('validation accuracy', early?.accuracy, late?.accuracy, formatShare),
    `gradient norm       ${formatNumber(first.gradientNorm)} → ${formatNumber(last.gradientNorm)}`,
  ];
}

function changeOf(
  name: string, from: number | undefined, to: number | undefined, text: (value: number) => string,
): readonly string[] {
  return from === undefined || to === undefined ? [] : [`${name.padEnd(19)} ${text(from)} → ${text(to)}`];
}

function endText(outcome: RunOutcome | undefined): string {
  switch (outcome?.kind) {
    case 'not-finite':
      return `Stopped at step ${outcome.step}: loss or gradient is no longer finite.`;
    case 'cancelled':
      return `Cancelled at step ${outcome.step}.`;
    default:
      return 'All steps done.';
  }
}

function countText({ findings }: DiagnosedRun): string {
  if (findings.length === 0) return 'Healthy: nothing found.';
  const count = (noun: string, ...severities: readonly string[]): string => {
    const number = findings.filter(({ finding }) => severities.includes(finding.severity)).length;
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
  };
  return `Found ${count('error', 'error')}, ${count('warning', 'warning')} and ${count('note', 'information', 'hint')}.`;
}

function chanceLines({ chance }: DiagnosedRun): readonly string[] {
  if (!chance) return [];
  const { firstSeed, seeds, summary, found } = chance;
  const rules = found.map(({ rule, seeds: count }) => `${rule} in ${count}`).join(', ');
  return [`Seeds ${firstSeed} to ${firstSeed + seeds - 1} tried: the model ${summary}.${rules ? ` Found: ${rules}.` : ''}`];
}
