/** A recurrence that does not bound its state, and a run that it spoils: relu or nothing at all where tanh would be. */
import type { LayerSpec, RecurrentSpec } from '../model/model-spec';
import { outcomeOf, orClip } from './consequence';
import { isHarmed } from './evidence/learning';
import type { Finding } from './finding';
import { formatNumber } from './format';
import { allLayers, isRecurrent, activationPlace } from './layers';
import type { RuleContext } from './rule';

/**
 * Loss, over that of a constant answer, up to which a run is at work, and from which on only repeated multiplication
 * explains it.
 */
const [ORDINARY, ASTRONOMIC] = [1e4, 1e10];

/**
 * A loss that leaves every scale within one step, in a model with a recurrence whose state nothing bounds: no single
 * update of a layer does that, but a factor a little above 1 at each of many time steps. Undefined for a run that
 * learns in spite of it.
 */
export function unboundedState({ model, history, evidence }: RuleContext): Finding | undefined {
  const { learning } = evidence;
  const layer = allLayers(model.layers).find(isUnbounded);
  const timeSteps = history.layout.layers.find(({ path }) => path === layer?.path)?.timeSteps;
  if (!isHarmed(learning) || layer === undefined || timeSteps === undefined) return undefined;
  const broken = history.records.find((record, index) => {
    const last = history.records[index - 1];
    const isNext = last === undefined || last.step === record.step - 1;
    return (
      isNext &&
      (last?.loss ?? 0) <= ORDINARY * learning.reference &&
      !(Math.abs(record.loss) < ASTRONOMIC * learning.reference)
    );
  });
  if (broken === undefined)
    return isGatedRelu(layer) && hasOrdinaryRate(model)
      ? reluInsideGates(layer, timeSteps, { model, history, evidence })
      : undefined;
  const last = history.records[history.records.indexOf(broken) - 1]?.loss;
  const before = last ?? learning.reference;
  const after = Math.abs(broken.loss);
  // Of an infinite loss nothing more is known than that.
  const factor = Number.isFinite(after) ? (after / before) ** (1 / (2 * timeSteps)) : Number.NaN;
  const each = Number.isNaN(factor) ? '' : `, about ${formatNumber(factor)} times`;
  const jump =
    last === undefined
      ? `The loss is ${formatNumber(broken.loss)} before any update`
      : `The loss goes from ${formatNumber(last)} to ${formatNumber(broken.loss)} in one step`;
  const inside = layer.nonlinearity === 'relu' ? 'relu' : 'linear activation';
  return {
    rule: 'exploding-through-time',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: layer.path,
    at: activationPlace(layer),
    message:
      `${jump}. ${outcomeOf(learning)}. ` +
      `The state of \`${layer.path}\` is multiplied at each of ${timeSteps} time steps${each}, and its ${inside} does not bound it. ` +
      `Use tanh${orClip(model)}.`,
    measured: {
      timeSteps,
      stateGrowthPerTimeStep: factor,
      lossBefore: before,
      lossAfter: broken.loss,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: broken.step,
    related: [],
    fixes: ['tanh-activation', 'clip-by-norm', 'clip-by-value', 'lower-learning-rate'],
  };
}

/** Whether the function inside lets the state grow without bound. */
export function isUnbounded(layer: LayerSpec): layer is RecurrentSpec {
  return (
    isRecurrent(layer) &&
    layer.type !== 'seq2seq' &&
    (layer.nonlinearity === 'relu' || layer.nonlinearity === 'identity')
  );
}

/** Whether gates, which are made for candidates between -1 and 1, multiply values that nothing bounds. */
function isGatedRelu(layer: RecurrentSpec): boolean {
  return layer.type === 'lstm' || layer.type === 'gru';
}

/** Rates at which recurrent networks train with bounded states. */
const [ORDINARY_ADAPTIVE_RATE, ORDINARY_SGD_RATE] = [0.03, 1];

function hasOrdinaryRate({ optimizer }: RuleContext['model']): boolean {
  return (
    optimizer.learningRate <=
    (optimizer.type === 'sgd' ? ORDINARY_SGD_RATE * (1 - optimizer.momentum) : ORDINARY_ADAPTIVE_RATE)
  );
}

/** No leap to be seen: the state of gates over relu makes the loss steep, and half of its candidates are zero. */
function reluInsideGates(
  layer: RecurrentSpec,
  timeSteps: number,
  { evidence }: Pick<RuleContext, 'model' | 'history' | 'evidence'>,
): Finding {
  const { learning, windows } = evidence;
  return {
    rule: 'exploding-through-time',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: layer.path,
    at: activationPlace(layer),
    message:
      `Inside the ${layer.type} \`${layer.path}\`, ${layer.nonlinearity === 'relu' ? 'relu' : 'a linear activation'} bounds neither state nor candidates over ` +
      `${timeSteps} time steps. ${outcomeOf(learning)}. Use tanh, for which its gates are designed.`,
    measured: { timeSteps, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.early[0]?.step ?? 0,
    related: [],
    fixes: ['tanh-activation', 'clip-by-norm', 'lower-learning-rate'],
    causal: ['tanh-activation'],
  };
}
