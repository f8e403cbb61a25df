/** A trained model file as JSON for machines. Numbers that JSON does not have are "nan", "inf" and "-inf". */
import { isTrained, summarizeLayers } from '../../history/layer-summary';
import { toWire } from '../../protocol/wire-number';
import { nearestRange } from '../../spec/source-range';
import type { SpecProblem, TextRange } from '../../spec/spec-document';
import type { StepRecord } from '../../training/step-record';
import { isUnhealthy, type DiagnosedRun } from './diagnosed-run';
import type { ModelFile } from './model-file';
import { positionAt } from './text-position';

/** Raised when a field changes its meaning or goes away. */
const FORMAT = 1;

/** The report of a run. */
export function jsonReport(run: DiagnosedRun): object {
  const { file, model, history, findings, chance } = run;
  const { layout, records, outcome } = history;
  const summaries = summarizeLayers(history);
  return {
    format: FORMAT,
    file: file.path,
    healthy: !isUnhealthy(run),
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
      fixes: fixes.map(({ edits, ...fix }) => ({
        ...fix,
        edits: edits.map(({ range, text }) => ({ range: rangeReport(file, range), text })),
      })),
    })),
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
  return problems.map(({ remedy, ...problem }) => ({
    ...problem,
    range: rangeReport(file, problem.range),
    ...(remedy && { remedy: { ...remedy, edits: remedy.edits.map(({ range, text }) => ({ range: rangeReport(file, range), text })) } }),
  }));
}

function rangeReport({ document }: ModelFile, range: TextRange): object {
  return { start: positionAt(document.text, range.start), end: positionAt(document.text, range.end) };
}
