/** A trained model file as text for people. */
import type { Finding } from '../../diagnosis/finding';
import type { LayerVerdict } from '../../diagnosis/layer-verdict';
import { isTrained, summarizeLayers, type LayerSummary } from '../../record/layer-summary';
import { formatMeasure, formatNumber, formatShare } from '../../record/number-text';
import type { LayerLayout, MeasuredBy, RunOutcome } from '../../record/step-record';
import { unwritten } from './cures-text';
import type { DiagnosedRun } from './diagnosed-run';
import { isCausal } from './measured-cures';
import { placeAt } from './model-file';
import { alignedTable, type Column } from './table';

interface Row {
  readonly layer: LayerLayout;
  readonly isFrozen: boolean;
  readonly summary: LayerSummary;
  readonly verdict: LayerVerdict;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'layer', align: 'left', text: ({ layer }) => layer.path },
  {
    title: 'type',
    align: 'left',
    text: ({ layer, isFrozen }) => (isFrozen ? `${layer.type}, not trained` : layer.type),
  },
  {
    title: 'activation',
    align: 'left',
    text: ({ layer }) => (layer.activation === 'identity' ? '' : layer.activation),
  },
  { title: 'output', align: 'left', text: ({ layer }) => `[${layer.outputShape.join(', ')}]` },
  { title: 'gradient', align: 'right', text: ({ summary }) => formatMeasure(summary.gradientNorm) },
  { title: 'forward gain', align: 'right', text: ({ summary }) => formatMeasure(summary.forwardGain) },
  { title: 'backward gain', align: 'right', text: ({ summary }) => formatMeasure(summary.backwardGain) },
  { title: 'update ratio', align: 'right', text: ({ summary }) => formatMeasure(summary.updateRatio) },
  { title: 'dead', align: 'right', text: ({ summary }) => formatShare(summary.deadShare) },
  { title: 'saturated', align: 'right', text: ({ summary }) => formatShare(summary.saturatedShare) },
  {
    title: 'verdict',
    align: 'left',
    text: ({ verdict: { text, explainedBy } }) => `${text}${explainedBy === undefined ? '' : `, by ${explainedBy}`}`,
  },
];

function measurerText(measuredBy: MeasuredBy): string {
  if (measuredBy.kind === 'recorder') return `recorded by ${measuredBy.name} ${measuredBy.version}`;
  return `${measuredBy.kernels === 'simd' ? 'WebAssembly' : 'plain JavaScript'} kernels`;
}

/**
 * Header, table of layers, losses, findings and verdict.
 * @param measured the finding whose cures a table of their own shows
 */
export function textReport(run: DiagnosedRun, seconds: number, measured?: Finding): string {
  const { file, model, history, findings, otherAlarm } = run;
  const { layout } = history;
  const summaries = summarizeLayers(history);
  const examples =
    layout.validationExamples > 0
      ? `${layout.trainingExamples} training examples, ${layout.validationExamples} held back`
      : `${layout.trainingExamples} examples`;
  return [
    `${model.name} (${file.path})`,
    `Task: ${layout.task}${model.data.inferred ? '; the file names no data, so this task was chosen to fit its shapes' : ''}.`,
    `${examples}, ${layout.steps} steps, seed ${model.seed}, ${measurerText(layout.measuredBy)}, ${seconds.toFixed(2)} s.`,
    '',
    ...alignedTable(
      COLUMNS,
      layout.layers.map((layer, index) => ({
        layer,
        isFrozen: layer.parameters.length > 0 && !isTrained(layout, index),
        summary: summaries[index],
        verdict: run.layers[index],
      })),
    ),
    '',
    ...progressLines(run),
    endText(history.outcome),
    '',
    ...findings.flatMap(({ finding, fixes }) => [
      `${placeAt(file, file.source.rangeOf(finding.at).start)}: ${finding.severity} ${finding.rule}: ${finding.message}`,
      ...(finding === measured
        ? []
        : fixes.map(
            fix =>
              `  fix: ${fix.title}${isCausal(finding, [fix.id]) ? ' (undoes the cause)' : ''}${unwritten(fix.notWritable)}`,
          )),
    ]),
    ...(otherAlarm
      ? [
          `${placeAt(file, file.source.rangeOf(otherAlarm.finding.at).start)}: ${otherAlarm.finding.severity} ${otherAlarm.finding.rule}: ` +
            `With seed ${otherAlarm.seed}: ${otherAlarm.finding.message}`,
        ]
      : []),
    ...countLines(run),
    ...chanceLines(run),
    run.verdict.summary,
    ...(measured === undefined && findings.some(({ fixes }) => fixes.length > 0)
      ? ['--cures measures the fixes.']
      : []),
    '',
  ].join('\n');
}

function progressLines({ history }: DiagnosedRun): readonly string[] {
  const { records, layout } = history;
  const [first, last] = [records[0], records[records.length - 1]];
  const validated = records.filter(record => record.validation);
  const [early, late] = [validated[0]?.validation, validated[validated.length - 1]?.validation];
  const trivial =
    layout.trivialLoss === undefined ? '' : ` (a constant answer has ${formatNumber(layout.trivialLoss)})`;
  return [
    `loss                ${formatNumber(first.loss)} → ${formatNumber(last.loss)}${trivial}`,
    ...changeOf('accuracy', first.accuracy, last.accuracy, formatShare),
    ...changeOf('validation loss', early?.loss, late?.loss, formatNumber),
    ...changeOf('validation accuracy', early?.accuracy, late?.accuracy, formatShare),
    `gradient norm       ${formatNumber(first.gradientNorm)} → ${formatNumber(last.gradientNorm)}`,
  ];
}

function changeOf(
  name: string,
  from: number | undefined,
  to: number | undefined,
  text: (value: number) => string,
): readonly string[] {
  return from === undefined || to === undefined ? [] : [`${name.padEnd(19)} ${text(from)} → ${text(to)}`];
}

function endText(outcome: RunOutcome | undefined): string {
  switch (outcome?.kind) {
    case 'not-finite':
      return `Stopped at step ${outcome.step}: loss or gradient is no longer finite.`;
    case 'cancelled':
      return `Canceled at step ${outcome.step}.`;
    default:
      return 'All steps done.';
  }
}

/** As many as are printed above: findings, and warnings of the file. */
function countLines({ findings, otherAlarm, file }: DiagnosedRun): readonly string[] {
  const severities: readonly string[] = [
    ...findings.map(({ finding }) => finding.severity),
    ...(otherAlarm ? [otherAlarm.finding.severity] : []),
    ...file.source.problems.map(({ severity }) => severity),
  ];
  if (severities.length === 0) return [];
  const count = (noun: string, ...counted: readonly string[]): string => {
    const number = severities.filter(severity => counted.includes(severity)).length;
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
  };
  return [
    `Found ${count('error', 'error')}, ${count('warning', 'warning')} and ${count('note', 'information', 'hint')}.`,
  ];
}

/** In how many seeds each rule was found; the verdict says with how many the model trains. */
function chanceLines({ chance }: DiagnosedRun): readonly string[] {
  if (!chance) return [];
  const { firstSeed, seeds, found, cost } = chance;
  const rules = found.map(({ rule, seeds: count }) => `${rule} with ${count}`).join(', ');
  return [
    `Seeds ${firstSeed} to ${firstSeed + seeds - 1} tried. Found: ${rules || (cost ? `${cost.rule} by the gain from its cure` : 'nothing')}.`,
  ];
}
