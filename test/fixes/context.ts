import { allLayers } from '../../src/diagnosis/layers';
import type { Finding } from '../../src/diagnosis/finding';
import { proposeFixes } from '../../src/fixes/propose';
import type { RunHistory } from '../../src/record/run-history';
import { NotWritable, type Source } from '../../src/frontends/frontend';
import { readModelFile } from '../../src/frontends/model-file/front-end';
import type { ModelFileSource } from '../../src/frontends/model-file/model-file-source';
import type { Change, ChangeSequence } from '../../src/model/change';
import { applyEdits } from '../../src/text/compose-edits';
import { changeSource, writeFixes, type WrittenFix } from '../../src/verification/change-source';
import type { ModelSpec } from '../../src/model/model-spec';
import type { ModelFileLanguage } from '../../src/frontends/model-file/source-document';
import type { ParameterLayout, RunLayout, StepRecord } from '../../src/record/step-record';

/** What a made-up step recorded; every weight matrix has the same share of the gradient. */
export interface MadeStep {
  readonly norm: number;
  readonly loss?: number;
  readonly weightNorm?: number;
  readonly updateNorm?: number;
  readonly rate?: number;
  readonly clipFactor?: number;
  readonly deadShare?: readonly number[];
  readonly updateEffect?: StepRecord['updateEffect'];
}

export function compile(
  text: string,
  language: ModelFileLanguage = 'yaml',
): Pick<ModelFileSource, 'document'> & { readonly source: ModelFileSource; readonly model: ModelSpec } {
  const source = readModelFile(text, { fileName: '', language });
  const { document, model, problems } = source;
  if (!model) {
    throw new Error(`${problems.map(problem => problem.message).join('\n')}\n${text}`);
  }
  return { document, source, model };
}

/** The text with the changes of a maker written into it. @throws Error where it cannot be */
export function written(source: Source, changes: readonly Change[]): string {
  return writtenInTurn(source, [changes]);
}

/** The text with the changes of a fix. @throws Error where it cannot be written */
export function writtenInTurn(source: Source, changes: ChangeSequence): string {
  const changed = changeSource(source, changes);
  if (changed instanceof NotWritable) throw new Error(changed.reason);
  return changed.source.text;
}

/** A run of `model` with these steps. */
export function madeRun(model: ModelSpec, steps: readonly MadeStep[]): RunHistory {
  const layout = layoutOf(model);
  const records = steps.map((step, index) => recordOf(layout, model, step, index));
  return { layout, records, outcome: { kind: 'completed' } };
}

function layoutOf(model: ModelSpec): RunLayout {
  const layers = allLayers(model.layers);
  const parameters = layers
    .flatMap((layer, index): Omit<ParameterLayout, 'trainable' | 'learningRateMultiplier'>[] => {
      const into = layer.inputShape.at(-1) ?? 1;
      if (layer.type === 'dense') {
        return [{ name: `${layer.path}.weight`, layer: index, shape: [layer.units, into], role: 'kernel' as const }];
      }
      return layer.type === 'rnn'
        ? [
            { name: `${layer.path}.weight_ih_l0`, layer: index, shape: [layer.units, into], role: 'kernel' as const },
            {
              name: `${layer.path}.weight_hh_l0`,
              layer: index,
              shape: [layer.units, layer.units],
              role: 'recurrent' as const,
            },
          ]
        : [];
    })
    .map((parameter): ParameterLayout => {
      const { trainable, learningRateMultiplier } = layers[parameter.layer];
      return { ...parameter, trainable, learningRateMultiplier };
    });
  return {
    layers: layers.map((layer, index) => ({
      path: layer.path,
      type: layer.type,
      activation: layer.activation,
      outputShape: layer.outputShape,
      inputs: [index - 1],
      parent: -1,
      parameters: parameters.flatMap((parameter, at) => (parameter.layer === index ? [at] : [])),
    })),
    parameters,
    task: 'made up',
    trainingExamples: 1,
    validationExamples: 0,
    steps: model.steps,
    measuredBy: { kind: 'engine', arenaBytes: 0, kernels: 'reference' },
  };
}

function recordOf(layout: RunLayout, model: ModelSpec, step: MadeStep, index: number): StepRecord {
  const {
    norm,
    loss = 1,
    weightNorm = 1,
    rate = model.optimizer.learningRate,
    updateNorm = norm * rate,
    clipFactor = 1,
  } = step;
  const count = layout.parameters.length;
  const each = (value: number): Float64Array => new Float64Array(count).fill(value / Math.sqrt(count));
  const perLayer = (): Float64Array => new Float64Array(layout.layers.length);
  return {
    step: index,
    loss,
    learningRate: rate,
    gradientNorm: norm,
    clipFactor,
    parameterGradientNorms: each(norm),
    parameterNorms: each(weightNorm),
    updateNorms: each(updateNorm),
    outputMean: perLayer(),
    outputStd: perLayer(),
    outputGradientNorms: perLayer(),
    inputGradientNorm: 1,
    zeroShare: perLayer(),
    deadShare: step.deadShare ? Float64Array.from(step.deadShare) : perLayer(),
    saturatedShare: perLayer(),
    stateGradients: [],
    ...(step.updateEffect && { updateEffect: step.updateEffect }),
  };
}

export function finding(part: Partial<Finding>): Finding {
  return {
    rule: 'exploding-gradient',
    severity: 'warning',
    layer: undefined,
    at: { setting: 'loss' },
    message: '',
    measured: {},
    step: 0,
    related: [],
    fixes: [],
    ...part,
  };
}

/**
 * Proposes the one fix for a text and applies it; checks that the result is a model for which the fix is not offered
 * again.
 */
export function cure(
  text: string,
  language: ModelFileLanguage,
  part: Partial<Finding>,
  steps: readonly MadeStep[],
): { readonly fix: WrittenFix | undefined; readonly text: string } {
  const { source, model } = compile(text, language);
  const history = madeRun(model, steps);
  const [fix] = writeFixes(source, proposeFixes({ model, history, finding: finding(part) }));
  if (!fix) {
    return { fix, text };
  }
  const cured = applyEdits(text, fix.edits);
  const after = compile(cured, language);
  const again = writeFixes(after.source, proposeFixes({ model: after.model, history, finding: finding(part) }));
  if (again.length > 0) {
    throw new Error(`Offered again: ${again[0].title}\n${cured}`);
  }
  return { fix, text: cured };
}
