/** A recurrence that does not bound its state, and a run that it ended: relu or nothing at all where tanh would be. */
import type { LayerSpec, RecurrentSpec } from '../spec/model-spec';
import { consequenceOf, orClip } from './consequence';
import type { Finding } from './finding';
import { formatNumber } from './format';
import { allLayers, isRecurrent } from './layers';
import type { RuleContext } from './rule';

/** Loss, over that of a constant answer, up to which a run is at work, and from which on only repeated multiplication explains it. */
const [ORDINARY, ASTRONOMIC] = [1e3, 1e10];

/**
 * A loss that leaves every scale within one step, in a model with a recurrence whose state nothing bounds: no single update of a layer
 * does that, but a factor a little above 1 at each of many time steps.
 */
export function unboundedState({ model, history, evidence }: RuleContext): Finding | undefined {
  const { learning } = evidence;
  const broken = history.records.at(-1);
  if (learning.state !== 'destroyed' || broken === undefined) return undefined;
  const layer = allLayers(model.layers).find(isUnbounded);
  const timeSteps = history.layout.layers.find(({ path }) => path === layer?.path)?.timeSteps;
  if (layer === undefined || timeSteps === undefined) return undefined;
  const last = history.records.at(-2)?.loss;
  const before = last ?? learning.reference;
  const after = Math.abs(broken.loss);
  if (!(before <= ORDINARY * learning.reference) || after < ASTRONOMIC * learning.reference) return undefined;
  // Of an infinite loss nothing more is known than that.
  const factor = Number.isFinite(after) ? (after / before) ** (1 / (2 * timeSteps)) : Number.NaN;
  const each = Number.isNaN(factor) ? '' : `, about ${formatNumber(factor)} times`;
  const jump = last === undefined ? `The loss is ${formatNumber(broken.loss)} before any update`
    : `The loss goes from ${formatNumber(last)} to ${formatNumber(broken.loss)} in one step`;
  const inside = layer.nonlinearity === 'relu' ? 'relu' : 'linear activation';
  return {
    rule: 'exploding-through-time',
    severity: 'error',
    layer: layer.path,
    source: layer.source,
    message: `${jump}, and ${consequenceOf(learning)}. `
      + `The state of \`${layer.path}\` is multiplied at each of ${timeSteps} time steps${each}, and its ${inside} does not bound it. `
      + `Use tanh${orClip(model)}.`,
    measured: {
      timeSteps, stateGrowthPerTimeStep: factor, lossBefore: before, lossAfter: broken.loss,
      lateLoss: learning.lateLoss, referenceLoss: learning.reference,
    },
    step: broken.step,
    related: [],
    fixes: ['tanh-activation', 'clip-by-norm', 'clip-by-value', 'lower-learning-rate'],
  };
}

/** Whether the function inside lets the state grow without bound. */
export function isUnbounded(layer: LayerSpec): layer is RecurrentSpec {
  return isRecurrent(layer) && layer.type !== 'seq2seq' && (layer.nonlinearity === 'relu' || layer.nonlinearity === 'identity');
}
