/** A trained model file as JSON for machines. Numbers that JSON does not have are "nan", "inf" and "-inf". */
import { isTrained, summarizeLayers } from '../../history/layer-summary';
import { toWire } from '../../protocol/wire-number';
import { nearestRange } from '../../spec/source-range';
import type { SpecProblem, TextRange } from '../../spec/spec-document';
import type { StepRecord } from '../../training/step-record';
import { measuredReport } from './cures-json';
import type { DiagnosedRun, ShownFinding } from './diagnosed-run';
import { cureOf, isCausal, type MeasuredCures } from './measured-cures';
import type { ModelFile } from './model-file';
import { positionAt } from './text-position';

/** Raised when a field changes its meaning or goes away. */
const FORMAT = 2;

/** The report of a run; fixes that were measured say what came of it. */
export function jsonReport(run: DiagnosedRun, measured?: MeasuredCures): object {
  const { file, model, history, findings, chance, otherAlarm, verdict } = run;
  const { layout, records, outcome } = history;
  const summaries = summarizeLayers(history);
  return {
    format: FORMAT,
    file: file.path,
    verdict: verdict.verdict,
    verdictText: verdict.summary,
    silenced: verdict.silenced,
    healthy: verdict.verdict === 'trains',
    model: model.name,
    task: layout.task,
    taskInferred: model.data.inferred,
    seed: model.seed,
    trainingExamples: layout.trainingExamples,
    validationExamples: layout.validationExamples,
    kernels: layout.kernels,
    outcome: outcome ?? null,
    ...(layout.trivialLoss !== undefined && { trivialLoss: toWire(layout.trivialLoss) }),
    first: stepReport(records[0]),
    last: stepReport(records[records.length - 1]),
    layers: layout.layers.map((layer, index) => ({
      path: layer.path,
      type: layer.type,
      activation: layer.activation,
      outputShape: layer.outputShape,
      ...(layer.parameters.length > 0 && { trainable: isTrained(layout, index) }),
      verdict: run.layers[index].text,
      ...(run.layers[index].explainedBy !== undefined && { explainedBy: run.layers[index].explainedBy }),
      gradientNorm: toWire(summaries[index].gradientNorm),
      forwardGain: toWire(summaries[index].forwardGain),
      backwardGain: toWire(summaries[index].backwardGain),
      updateRatio: toWire(summaries[index].updateRatio),
      deadShare: toWire(summaries[index].deadShare),
      saturatedShare: toWire(summaries[index].saturatedShare),
    })),
    findings: findings.map(({ finding, fixes }) => ({
      ...finding,
      measured: Object.fromEntries(Object.entries(finding.measured).map(([name, value]) => [name, toWire(value)])),
      range: rangeReport(file, nearestRange(file.document, finding.source)),
      fixes: fixReports(file, { finding, fixes }, measured),
    })),
    ...(otherAlarm && { otherAlarm: { seed: otherAlarm.seed, rule: otherAlarm.finding.rule, message: otherAlarm.finding.message } }),
    ...(chance && {
      chance: {
        seeds: chance.seeds, firstSeed: chance.firstSeed, trainsIn: chance.trainsIn, summary: chance.summary,
        found: Object.fromEntries(chance.found.map(({ rule, seeds }) => [rule, seeds])),
      },
    }),
    problems: problemReports(file, file.problems),
  };
}

/** The report of a file that cannot be trained. */
export function jsonRefusal(file: ModelFile, problems: readonly SpecProblem[]): object {
  return { format: FORMAT, file: file.path, healthy: false, problems: problemReports(file, problems) };
}

function fixReports(file: ModelFile, { finding, fixes }: ShownFinding, measured: MeasuredCures | undefined): readonly object[] {
  const own = measured?.finding === finding ? measured : undefined;
  return fixes.map(({ edits, ...fix }) => {
    const cure = own && cureOf(own, fix);
    return {
      ...fix,
      causal: isCausal(finding, [fix.id]),
      preferred: cure?.preferred ?? false,
      ...(own && cure && cure.result.seeds > 0 && { measured: measuredReport(cure, own) }),
      edits: edits.map(({ range, text }) => ({ range: rangeReport(file, range), text })),
    };
  });
}

function stepReport(record: StepRecord): object {
  const { step, loss, accuracy, validation, learningRate, gradientNorm, clipFactor, nonFinite } = record;
  return {
    step,
    loss: toWire(loss),
    ...(accuracy !== undefined && { accuracy }),
    ...(validation && { validation: { ...validation, loss: toWire(validation.loss) } }),
    learningRate,
    gradientNorm: toWire(gradientNorm),
    clipFactor: toWire(clipFactor),
    ...(nonFinite && { nonFinite }),
  };
}

function problemReports(file: ModelFile, problems: readonly SpecProblem[]): readonly object[] {
  return problems.map((problem) => ({ ...problem, range: rangeReport(file, problem.range) }));
}

function rangeReport({ document }: ModelFile, range: TextRange): object {
  return { start: positionAt(document.text, range.start), end: positionAt(document.text, range.end) };
}
