/** A recurrence that does not bound its state, and a run that it spoils: relu or nothing at all where tanh would be. */
import type { LayerSpec, RecurrentSpec } from '../spec/model-spec';
import { consequenceOf, orClip } from './consequence';
import { isHarmed } from './evidence/learning';
import type { Finding } from './finding';
import { formatNumber } from './format';
import { allLayers, isRecurrent } from './layers';
import type { RuleContext } from './rule';

/** Loss, over that of a constant answer, up to which a run is at work, and from which on only repeated multiplication explains it. */
const [ORDINARY, ASTRONOMIC] = [1e4, 1e10];

/**
 * A loss that leaves every scale within one step, in a model with a recurrence whose state nothing bounds: no single update of a layer
 * does that, but a factor a little above 1 at each of many time steps. Undefined for a run that learns in spite of it.
 */
export function unboundedState({ model, history, evidence }: RuleContext): Finding | undefined {
  const { learning } = evidence;
  const layer = allLayers(model.layers).find(isUnbounded);
  const timeSteps = history.layout.layers.find(({ path }) => path === layer?.path)?.timeSteps;
  if (!isHarmed(learning) || layer === undefined || timeSteps === undefined) return undefined;
  const broken = history.records.find((record, index) => {
    const last = history.records[index - 1];
    const isNext = last === undefined || last.step === record.step - 1;
    return isNext && (last?.loss ?? 0) <= ORDINARY * learning.reference && !(Math.abs(record.loss) < ASTRONOMIC * learning.reference);
  });
  if (broken === undefined) return undefined;
  const last = history.records[history.records.indexOf(broken) - 1]?.loss;
  const before = last ?? learning.reference;
  const after = Math.abs(broken.loss);
  // Of an infinite loss nothing more is known than that.
  const factor = Number.isFinite(after) ? (after / before) ** (1 / (2 * timeSteps)) : Number.NaN;
  const each = Number.isNaN(factor) ? '' : `, about ${formatNumber(factor)} times`;
  const jump = last === undefined ? `The loss is ${formatNumber(broken.loss)} before any update`
    : `The loss goes from ${formatNumber(last)} to ${formatNumber(broken.loss)} in one step`;
  const inside = layer.nonlinearity === 'relu' ? 'relu' : 'linear activation';
  return {
    rule: 'exploding-through-time',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
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
