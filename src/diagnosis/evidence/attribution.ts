/** Which layers make a signal or gradient grow or shrink over the depth, and what about them does. */
import { layerIndex } from '../../record/layer-index';
import { layersBetween } from '../../record/layer-input';
import type { RunLayout } from '../../record/step-record';
import type { ActivationName, LayerSpec, ModelSpec } from '../../model/model-spec';
import { activationAfter, hasKernel, layerAt } from '../layers';
import { ACTIVATION_SLOPES } from './activation-slopes';
import type { DepthGains } from './depth-gains';
import { criticalGain, kernelFans, kernelGain } from './initial-gain';

/**
 * - `activation`: its slope is too flat for any customary weights (sigmoid: at most 1/4), or grows with its input
 *   (exponential), so
 *   that no weights keep a signal at its size;
 * - `initialization`: the first weights are far from the gain that its activation asks for;
 * - `depth`: neither; the gain is ordinary, the layers are many.
 */
export type DepthCause = 'activation' | 'initialization' | 'depth';

export interface Attribution {
  readonly cause: DepthCause;
  readonly layer: LayerSpec;
  /** Factor by which this layer, with the activation or normalization after it, changes the norm. */
  readonly gain: number;
  /** Gain of its first weights and the one that keeps norms; `undefined` where they are not defined. */
  readonly weightGain: number | undefined;
  readonly criticalGain: number;
  /** Other layers that do the same for the same cause, in forward order. */
  readonly others: readonly LayerSpec[];
  /** `gain` as the geometric mean over the layer and the others. */
  readonly meanGain: number;
}

/** A layer with a kernel (or one that joins branches, such as a residual) and what follows it up to the next one. */
interface Unit {
  readonly layer: LayerSpec;
  readonly logGain: number;
}

/** Activations whose critical gain is beyond this cannot be reached by a customary initializer (largest: he, 1.41). */
export const UNREACHABLE_GAIN = 2.5;
/**
 * An activation whose slope at this input is larger than it grows by itself: scaled down, signals die; not scaled, they
 * explode.
 */
const STEEP = 10;
const TOO_LARGE = 1.2;
const TOO_SMALL = 0.85;
/** Glorot gives an output layer of one unit a gain of up to 1.41, which one layer can bear. */
const TOO_LARGE_AT_OUTPUT = 2;

/**
 * The layer to blame for growth or decay over the depth: of those that contribute at least half as much as the worst,
 * the first on the way of what goes wrong: the last one for gradients, which travel backwards, the first one for
 * signals.
 *
 * @returns undefined where no layer contributes
 */
export function attribute(
  model: ModelSpec,
  layout: RunLayout,
  gains: DepthGains,
  change: 'grows' | 'shrinks',
  pass: 'forward' | 'backward',
): Attribution | undefined {
  const sign = change === 'grows' ? 1 : -1;
  const all = unitsOf(model, layout, gains, pass);
  const units = all.filter(unit => sign * unit.logGain > 0);
  const worst = Math.max(0, ...units.map(unit => sign * unit.logGain));
  const output = model.layers[model.layers.length - 1];
  const most = units.filter(unit => sign * unit.logGain >= worst / 2);
  // Many hidden layers that add up are the story, not an output layer that happens to do the same.
  const hidden = most.filter(unit => unit.layer !== output);
  const blamed = hidden.length > 0 ? hidden : most;
  const root = pass === 'forward' ? blamed[0] : blamed.at(-1);
  if (root === undefined) return undefined;
  const verdict = explain(model, layout, root, change);
  // What is wrong with weights or activation is so in every layer like it; depth is made up by those that contribute.
  const alike =
    verdict.cause === 'depth' ? blamed : all.filter(unit => unit.layer !== output && !(sign * unit.logGain < 0));
  const otherUnits = alike.filter(
    unit => unit !== root && explain(model, layout, unit, change).cause === verdict.cause,
  );
  const logGains = [root, ...otherUnits].map(({ logGain }) => logGain);
  return {
    ...verdict,
    gain: Math.exp(root.logGain),
    others: otherUnits.map(unit => kernelInside(model, layout, unit.layer, change)),
    meanGain: Math.exp(logGains.reduce((sum, logGain) => sum + logGain, 0) / logGains.length),
  };
}

function unitsOf(
  model: ModelSpec,
  layout: RunLayout,
  gains: DepthGains,
  pass: 'forward' | 'backward',
): readonly Unit[] {
  const units: Unit[] = [];
  for (const gain of gains.layers) {
    const layer = layerAt(model, layout.layers[gain.layer].path);
    const value = gain[pass];
    if (layer === undefined) continue;
    const startsUnit = hasKernel(layer) || joins(layout, gain.layer) || units.length === 0;
    const measured = Number.isNaN(value) || (pass === 'backward' && gain.layer === 0) ? 0 : Math.log(value);
    if (startsUnit) units.push({ layer, logGain: measured });
    else units.push({ layer: units[units.length - 1].layer, logGain: units.pop()!.logGain + measured });
  }
  return units;
}

function explain(
  model: ModelSpec,
  layout: RunLayout,
  unit: Unit,
  change: 'grows' | 'shrinks',
): Omit<Attribution, 'gain' | 'others' | 'meanGain'> {
  const layer = kernelInside(model, layout, unit.layer, change);
  const { activation, normalized } = activationAfter(model, layer);
  const critical = criticalGain(activation);
  const weightGain = normalized ? undefined : kernelGain(layer);
  const ratio = (weightGain ?? critical) / critical;
  const misfit = change === 'shrinks' ? critical > UNREACHABLE_GAIN : ACTIVATION_SLOPES[activation](STEEP) > STEEP;
  const largest = layer === model.layers[model.layers.length - 1] ? TOO_LARGE_AT_OUTPUT : TOO_LARGE;
  const unfit =
    change === 'grows' ? ratio > largest : (weightGain ?? critical) < TOO_SMALL * smallestFit(activation, critical);
  const cause = misfit ? 'activation' : unfit ? 'initialization' : 'depth';
  return { cause, layer, weightGain, criticalGain: critical };
}

/**
 * The least gain that fits an activation: of one that is steepest at 0, as tanh, weights of gain 1 / phi'(0) keep small
 * signals at their size, and larger ones shrink until they are small (Schoenholz et al. 2017: gain 1 is critical for
 * tanh without biases).
 */
function smallestFit(activation: ActivationName, critical: number): number {
  return Math.min(critical, 1 / ACTIVATION_SLOPES[activation](0));
}

/** Whether branches come together in the layer: a residual, or one with several inputs. */
function joins(layout: RunLayout, index: number): boolean {
  return layout.layers[index].inputs.length > 1;
}

/** Returns the layer with the most unfit weights on the branches that a layer joins; any other layer itself. */
function kernelInside(model: ModelSpec, layout: RunLayout, layer: LayerSpec, change: 'grows' | 'shrinks'): LayerSpec {
  const index = layerIndex(layout, layer.path);
  if (index < 0 || !joins(layout, index)) return layer;
  const offness = (inner: LayerSpec): number => {
    const { activation, normalized } = activationAfter(model, inner);
    const gain = normalized ? undefined : kernelGain(inner);
    const ratio = gain === undefined ? 1 : gain / criticalGain(activation);
    return change === 'grows' ? ratio : 1 / ratio;
  };
  const kernels = layersBetween(layout, index)
    .map(inside => layerAt(model, layout.layers[inside].path))
    .filter(inner => inner !== undefined && kernelFans(inner) !== undefined) as LayerSpec[];
  const worst = kernels.reduce<LayerSpec | undefined>(
    (a, b) => (a === undefined || offness(b) > offness(a) ? b : a),
    undefined,
  );
  return worst !== undefined && offness(worst) > TOO_LARGE ? worst : layer;
}
