/** Faults that hold whatever the first weights are: the model file alone decides them, or with it the data. */
import type { ModelSpec } from '../../model/model-spec';
import type { RunLayout, TargetStatistics } from '../../record/step-record';
import { alikePlaces } from '../alike';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { activationAfter, kernelInitializerPlace, placeOf, biasInitializerPlace, activationPlace } from '../layers';
import { outputLayer, rangeOf } from '../output';
import { constantOutput } from '../rules/dead-output';
import { isBeyond, lossFloor } from '../rules/loss-output-mismatch';
import { layersWithLargeBias } from '../first-weights/large-biases';
import { layersAlike } from '../first-weights/units-alike';
import type { RuleContext } from '../rule';
import { predicted } from './predicted';

/** @param layout of a start, where there was one: it tells about the data and the graph */
export function predictByConstruction(
  model: ModelSpec,
  layout: RunLayout | undefined,
  optionOf: RuleContext['optionOf'],
): readonly Finding[] {
  return [
    constant(model),
    squashed(model, layout),
    layout && outOfReach(model, layout.targetStatistics, optionOf),
    layout && alike(model, layout),
    largeBias(model, optionOf),
  ].filter(finding => finding !== undefined);
}

function constant(model: ModelSpec): Finding | undefined {
  const output = constantOutput(model);
  if (output === undefined) return undefined;
  const softmax = output.activation === 'softmax';
  return predicted({
    rule: 'dead-output',
    layer: output.path,
    at: softmax ? activationPlace(output) : placeOf(output),
    message: softmax
      ? `softmax over the single unit of \`${output.path}\` is 1 whatever its input, so nothing can be learned. ` +
        'Take the activation away (binary-cross-entropy applies a sigmoid itself), or give it one unit per class.'
      : `\`${output.path}\` has one unit, and the cross-entropy over a single class is 0, so nothing can be learned. ` +
        'Give it one unit per class, or use binary-cross-entropy.',
    measured: { units: 1 },
    related: [{ at: { setting: 'loss' }, message: `The loss is ${model.loss.type}.` }],
    fixes: [...(softmax ? (['linear-output'] as const) : []), 'matching-loss', 'output-per-class'],
  });
}

function squashed(model: ModelSpec, layout: RunLayout | undefined): Finding | undefined {
  const output = outputLayer(model);
  const floor = lossFloor(model, layout?.targetStatistics?.mean ?? 0.5);
  if (floor === undefined || floor === 0 || constantOutput(model) !== undefined) return undefined;
  const own = model.loss.type === 'cross-entropy' ? 'softmax' : 'sigmoid';
  return predicted({
    rule: 'loss-output-mismatch',
    layer: output.path,
    at: activationPlace(output),
    message:
      `the loss ${model.loss.type} applies ${own} itself and expects raw scores; behind the ${output.activation} of ` +
      `\`${output.path}\` it cannot fall below ${formatNumber(floor)}. Take the activation away.`,
    measured: { floor },
    related: [{ at: { setting: 'loss' }, message: 'This is the loss that takes the output.' }],
    fixes: ['linear-output'],
  });
}

function outOfReach(
  model: ModelSpec,
  targets: TargetStatistics | undefined,
  optionOf: RuleContext['optionOf'],
): Finding | undefined {
  const output = outputLayer(model);
  const range = rangeOf(output.activation);
  const isRegression = model.loss.type === 'mse' || model.loss.type === 'mae' || model.loss.type === 'huber';
  if (!isRegression || targets === undefined || range === undefined || constantOutput(model) !== undefined)
    return undefined;
  if (!isBeyond(targets, range, optionOf('loss-output-mismatch', 'beyond'))) return undefined;
  return predicted({
    rule: 'loss-output-mismatch',
    layer: output.path,
    at: activationPlace(output),
    message:
      `targets have mean ${formatNumber(targets.mean)} and deviation ${formatNumber(targets.std)}, but the ` +
      `${output.activation} of \`${output.path}\` only gives ${formatNumber(range.low)} to ${formatNumber(range.high)}: targets beyond ` +
      'that range cannot be learned. Take the activation away.',
    measured: { targetMean: targets.mean, targetStd: targets.std },
    related: [{ at: { setting: 'loss' }, message: 'This is the loss that takes the output.' }],
    fixes: ['linear-output'],
  });
}

function alike(model: ModelSpec, layout: RunLayout): Finding | undefined {
  const [root, ...others] = layersAlike(model, layout);
  if (root === undefined) return undefined;
  return predicted({
    rule: 'poor-initialization',
    layer: root.path,
    at: kernelInitializerPlace(root),
    message:
      `the units of \`${root.path}\` start alike, and so do the units that read them. All get the same gradient in every ` +
      'step, so the layer learns as if it had one unit. Draw the weights at random.',
    measured: {},
    related: alikePlaces(others, placeOf, path => `\`${path}\` start alike too.`),
    fixes: ['fitting-initializer', 'lsuv-initializer'],
  });
}

function largeBias(model: ModelSpec, optionOf: RuleContext['optionOf']): Finding | undefined {
  const [root, ...others] = layersWithLargeBias(model, optionOf('poor-initialization', 'bias'));
  if (root === undefined || !('biasInitializer' in root) || root.biasInitializer.type !== 'constant') return undefined;
  const { value } = root.biasInitializer;
  return predicted({
    rule: 'poor-initialization',
    layer: root.path,
    at: biasInitializerPlace(root),
    message:
      `the biases of \`${root.path}\` start at ${formatNumber(value)}, where its ` +
      `${activationAfter(model, root).activation} is flat for inputs of an ordinary size. Start biases at zero.`,
    measured: { bias: value },
    related: alikePlaces(others, placeOf, path => `\`${path}\` has such biases too.`),
    fixes: [],
  });
}
