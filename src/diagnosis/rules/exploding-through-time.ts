/** State gradients that grow with every step back through time. Page: docs/rules/exploding-through-time.md */
import { median } from '../../record/median';
import { LEARNING_RATE_PLACE, type Place } from '../../model/place';
import { outcomeOf, orClip } from '../consequence';
import { isHarmed } from '../evidence/learning';
import { overshoots } from '../evidence/update-course';
import type { TimeGrowth } from '../evidence/through-time';
import { weightScale } from '../evidence/initial-gain';
import type { Finding, FixId } from '../finding';
import { formatNumber } from '../format';
import {
  activationPlace,
  allLayers,
  isRecurrent,
  layerAt,
  recurrentInitializerPlace,
  type RecurrentLayer,
  placeOf,
} from '../layers';
import { AFTERMATH, WILD } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';
import { isUnbounded, unboundedState } from '../unbounded-state';

const meta = {
  id: 'exploding-through-time',
  word: 'exploding in time',
  noun: 'the explosion through time',
  group: 'Recurrent layers',
  summary:
    "A recurrent layer's state gradient grows exponentially on its way back through time, and the run learns nothing.",
  severity: 'warning',
  options: [
    {
      name: 'totalGrowth',
      default: 100,
      description: 'Growth of the state gradient over the whole sequence from which on it counts as exploding.',
      source:
        'Recurrent networks that train stay below 5, by measurement; Pascanu et al. (2013): spectral radius above 1.',
    },
  ],
  needs: ['throughTime'],
  fixes: [
    'orthogonal-recurrent-initializer',
    'tanh-activation',
    'clip-by-norm',
    'clip-by-value',
    'lower-learning-rate',
  ],
  // One step along an exploded gradient throws weights far off: units die or saturate, and then gradients vanish.
  explains: [
    'exploding-gradient',
    'dead-relu',
    'saturated-activation',
    'vanishing-gradient',
    'vanishing-through-time',
    'non-finite',
    'silent-death',
    'learning-rate-too-high',
    ...WILD,
    ...AFTERMATH,
  ],
  costsPartly: true,
  showsLate: true,
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const explodingThroughTime: Rule<typeof meta> = {
  meta,
  check(context) {
    const { evidence, history, option } = context;
    if (!isHarmed(evidence.learning)) return [];
    const exploding = evidence.throughTime.filter(growth => {
      if (!isLarge(context, growth)) return false;
      const layer = layerAt(context.model, history.layout.layers[growth.layer].path);
      // Where every step has an output, their gradients add up on the way back although none of them grows.
      const everyStep = isRecurrent(layer) && (layer.type === 'seq2seq' || layer.output === 'sequence');
      const addedUp = everyStep ? (history.layout.layers[growth.layer].timeSteps ?? 1) : 1;
      return growth.total >= option('totalGrowth') * addedUp;
    });
    const unbounded = unboundedState(context);
    const atLeast = unbounded === undefined ? [] : [unbounded];
    if (evidence.learning.assumed && atLeast.length === 0) return loudRecurrence(context);
    if (exploding.length === 0) return atLeast;
    // Below a layer whose weights are too large others get what it made: the layer of the largest gain is the root.
    const gainOf = ({ layer: index }: TimeGrowth): number => {
      const layer = layerAt(context.model, history.layout.layers[index].path);
      return isRecurrent(layer) ? recurrentGain(layer) : 0;
    };
    const largest = Math.max(...exploding.map(gainOf));
    const worst = exploding.filter(growth => gainOf(growth) >= largest).reduce((a, b) => (b.total > a.total ? b : a));
    const first = exploding.find(growth => growth.layer === worst.layer) ?? worst;
    const layer = layerAt(context.model, history.layout.layers[worst.layer].path);
    return isRecurrent(layer) && !isAfterOvershoot(context, first)
      ? [describe(context, layer, worst, first, exploding)]
      : atLeast;
  },
};

/**
 * Whether the gradient is as large as at the start when it grows through time. A gradient that has become small grows
 * from next to nothing at the outputs that are right already, and harms no weights.
 */
function isLarge({ history, evidence: { windows } }: Context, { step }: TimeGrowth): boolean {
  if (step < EARLY_STEPS) return true;
  const now = history.records.find(record => record.step === step)?.gradientNorm ?? Number.NaN;
  return !(now < median(windows.early.map(({ gradientNorm }) => gradientNorm)));
}

/**
 * Whether the updates made the gradient explode: one of them undid all there was to learn before; or the gradient was
 * in order at the start, and an update of any time overshoots. Then the rate that made them so long is the root, and
 * learning-rate-too-high says so.
 */
function isAfterOvershoot({ evidence: { updates, learning }, optionOf }: Context, { step }: TimeGrowth): boolean {
  const undoing = optionOf('learning-rate-too-high', 'rise') * learning.reference;
  return updates.probed.some(
    update =>
      (update.step < step && update.lossAfter - update.lossBefore >= undoing) ||
      (step >= EARLY_STEPS && overshoots(update, learning.reference, optionOf)),
  );
}

/**
 * Gain of recurrent weights from which on they are worth a counterfactual: the state saturates before its gradient
 * explodes.
 */
const LOUD_GAIN = 1.5;

/**
 * Recurrent weights that start too large in a run that learns something: what saturates hides the growth of the
 * gradient.
 */
function loudRecurrence({ model, evidence }: Context): readonly Finding[] {
  const { learning, windows } = evidence;
  const layer = allLayers(model.layers).find(
    (each): each is RecurrentLayer => isRecurrent(each) && recurrentGain(each) >= LOUD_GAIN,
  );
  if (layer === undefined) return [];
  const gain = recurrentGain(layer);
  return [
    {
      rule: 'exploding-through-time',
      severity: 'warning',
      layer: layer.path,
      at: recurrentInitializerPlace(layer),
      message:
        `The recurrent weights of \`${layer.path}\` start with a gain of ${formatNumber(gain)}, where 1 keeps the norm. ` +
        `${outcomeOf(learning)}. Start them orthogonal.`,
      measured: { recurrentGain: gain, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
      step: windows.early[0]?.step ?? 0,
      related: [],
      fixes: ['orthogonal-recurrent-initializer', 'lower-learning-rate'],
    },
  ];
}

/** Gain of the first recurrent weights; 1 keeps norms. */
export function recurrentGain({ recurrentInitializer, units }: RecurrentLayer): number {
  return weightScale(recurrentInitializer, units, units) * Math.sqrt(units);
}

const EARLY_STEPS = 5;

function describe(
  { model, history, evidence }: Context,
  layer: RecurrentLayer,
  worst: TimeGrowth,
  first: TimeGrowth,
  exploding: readonly TimeGrowth[],
): Finding {
  const { learning } = evidence;
  const fromStart = first.step < EARLY_STEPS;
  const timeSteps = history.layout.layers[worst.layer].timeSteps ?? 0;
  const gain = recurrentGain(layer);
  const { recurrentInitializer: initializer } = layer;
  const fits = initializer.type === 'orthogonal' && initializer.gain === 1;
  const cure: FixId[] = fits ? [] : ['orthogonal-recurrent-initializer'];
  const bound: FixId[] = isUnbounded(layer) ? ['tanh-activation'] : [];
  const unbounded = bound.length > 0 ? 'The recurrence does not bound its state: use tanh. ' : '';
  const why =
    fromStart && !fits
      ? `Its recurrent weights start too large: their gain is ${formatNumber(gain)}, where 1 keeps the norm. ` +
        'Start them orthogonal.'
      : fromStart
        ? 'It explodes from the first steps on, with recurrent weights of ordinary size. ' +
          `Lower the learning rate${orClip(model)}.`
        : `It began at step ${first.step}, after the updates had enlarged the recurrent weights. ` +
          `Lower the learning rate${orClip(model)}.`;
  const others = [...new Set(exploding.map(growth => growth.layer))].filter(index => index !== worst.layer);
  return {
    rule: 'exploding-through-time',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: layer.path,
    at: fromStart ? placeFromStart(layer, fits) : LEARNING_RATE_PLACE,
    message:
      `The gradient grows ${formatNumber(worst.factor)} times per step back through time in \`${layer.path}\`, ` +
      `${formatNumber(worst.total)} times over ${timeSteps} steps. ${outcomeOf(learning)}. ${fromStart && !fits ? '' : unbounded}${why}`,
    measured: {
      growthPerTimeStep: worst.factor,
      totalGrowth: worst.total,
      timeSteps,
      recurrentGain: gain,
      lateLoss: learning.lateLoss,
      referenceLoss: learning.reference,
    },
    step: first.step,
    related: others.map(index => ({
      at: { layer: history.layout.layers[index].path },
      layer: history.layout.layers[index].path,
      message: `The gradient grows through time in \`${history.layout.layers[index].path}\` too.`,
    })),
    fixes: fromStart
      ? [...cure, ...bound, 'clip-by-norm', 'clip-by-value', 'lower-learning-rate']
      : [...bound, 'clip-by-norm', 'lower-learning-rate', 'clip-by-value', ...cure],
    causal:
      bound.length > 0 && (fits || !fromStart)
        ? bound
        : fromStart && !fits
          ? cure
          : ['lower-learning-rate', 'clip-by-norm'],
  };
}

/** Finds what makes the state grow from the first step on: weights that do not fit, or else what does not bound it. */
function placeFromStart(layer: RecurrentLayer, fits: boolean): Place {
  if (!fits) return recurrentInitializerPlace(layer);
  return isUnbounded(layer) ? activationPlace(layer) : placeOf(layer);
}
