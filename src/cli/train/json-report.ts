/** A trained model file as JSON for machines; docs/json-report.md describes it. */
import { isTrained, summarizeLayers, type LayerSummary } from '../../record/layer-summary';
import type { WireNumber } from '../../protocol/panel-messages';
import { toWire } from '../../protocol/wire-number';
import type { TextProblem } from '../../frontends/text-problem';
import type { TextRange } from '../../text/text-edit';
import type { MeasuredBy, StepRecord } from '../../record/step-record';
import { measuredReport } from './cures-json';
import type { DiagnosedRun, ShownFinding } from './diagnosed-run';
import { cureOf, isCausal, type MeasuredCures } from './measured-cures';
import type { ModelFile } from './model-file';
import { ruleUrl } from './rule-url';
import { positionAt } from './text-position';

/** Raised when a field changes its meaning or goes away. */
const FORMAT = 3;

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
    notJudged: verdict.unjudged,
    healthy: verdict.verdict === 'trains' && verdict.unjudged.length === 0,
    model: model.name,
    task: layout.task,
    taskInferred: model.data.inferred,
    seed: model.seed,
    trainingExamples: layout.trainingExamples,
    validationExamples: layout.validationExamples,
    measuredBy: measuredByReport(layout.measuredBy),
    ...(layout.measuredBy.kind === 'engine' && { kernels: layout.measuredBy.kernels }),
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
      ...measures(summaries[index]),
    })),
    findings: findings.map(({ finding, fixes }) => ({
      ...finding,
      url: ruleUrl(finding.rule),
      measured: numbers(finding.measured),
      ...placeReport(file, file.source.rangeOf(finding.at)),
      related: finding.related.map(related => ({
        ...related,
        ...placeReport(file, file.source.rangeOf(related.at)),
      })),
      fixes: fixReports(file, { finding, fixes }, measured),
    })),
    ...(otherAlarm && {
      otherAlarm: { seed: otherAlarm.seed, rule: otherAlarm.finding.rule, message: otherAlarm.finding.message },
    }),
    ...(chance && {
      chance: {
        seeds: chance.seeds,
        firstSeed: chance.firstSeed,
        trainsIn: chance.trainsIn,
        summary: chance.summary,
        found: Object.fromEntries(chance.found.map(({ rule, seeds }) => [rule, seeds])),
      },
    }),
    problems: problemReports(file, file.source.problems),
  };
}

function measuredByReport(measuredBy: MeasuredBy): object {
  return measuredBy.kind === 'engine' ? { kind: measuredBy.kind } : measuredBy;
}

/** The report of a file that cannot be trained. */
export function jsonRefusal(file: ModelFile, problems: readonly TextProblem[]): object {
  return { format: FORMAT, file: file.path, healthy: false, problems: problemReports(file, problems) };
}

function fixReports(
  file: ModelFile,
  { finding, fixes }: ShownFinding,
  measured: MeasuredCures | undefined,
): readonly object[] {
  const own = measured?.finding === finding ? measured : undefined;
  return fixes.map(({ edits, changes, ...fix }) => {
    const cure = own && cureOf(own, { changes });
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

/** A layer's numbers. What it does not have, as a layer without parameters has no gradient norm, is left out. */
function measures(summary: LayerSummary): object {
  const has = (entry: [string, unknown]): entry is [string, number] =>
    typeof entry[1] === 'number' && !Number.isNaN(entry[1]);
  return numbers(Object.fromEntries(Object.entries(summary).filter(has)));
}

function numbers(values: Readonly<Record<string, number>>): Readonly<Record<string, WireNumber>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWire(value)]));
}

function problemReports(file: ModelFile, problems: readonly TextProblem[]): readonly object[] {
  return problems.map(({ remedy, ...problem }) => ({
    ...problem,
    ...placeReport(file, problem.range),
    ...(remedy && {
      remedy: { ...remedy, edits: remedy.edits.map(({ range, text }) => ({ range: rangeReport(file, range), text })) },
    }),
  }));
}

/** Where it begins, as linters say it, and the whole range. */
function placeReport(file: ModelFile, range: TextRange): object {
  return { ...positionAt(file.source.text, range.start), range: rangeReport(file, range) };
}

function rangeReport({ source }: ModelFile, range: TextRange): object {
  return { start: positionAt(source.text, range.start), end: positionAt(source.text, range.end) };
}
