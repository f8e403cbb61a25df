/** How signal and gradient change from layer to layer over the depth of a network, forward and backward apart. */
import { backwardGain, forwardGain } from '../../record/layer-summary';
import { inputOf, isTopLevel, MODEL_INPUT } from '../../record/layer-input';
import { median } from '../../record/median';
import type { LayerType } from '../../model/model-spec';
import type { RunLayout, StepRecord } from '../../record/step-record';

/** Medians of one layer's gains over some steps. */
export interface LayerGain {
  /** Index into the layout's layers. */
  readonly layer: number;
  readonly forward: number;
  readonly backward: number;
}

export interface DepthGains {
  /**
   * Layers that every signal passes, in forward order; recurrent ones, which have a rule of their own, are left out.
   */
  readonly layers: readonly LayerGain[];
  /** Deviation of the last of them over that of the input, as the product of the layers' gains. */
  readonly forward: number;
  /** The same from the first one's output on: a bounded first layer shrinks large input values, and rightly so. */
  readonly forwardAfterFirst: number;
  /**
   * Gradient norm by the output of the first of them (or by what it reads, where it joins branches) over that by the
   * last one's output, as the product of the gains between.
   */
  readonly backward: number;
}

/**
 * Their gain through depth says nothing: a recurrent layer's is judged through time, and the others rearrange elements
 * or pool them, which changes norms by construction.
 */
const LEFT_OUT: ReadonlySet<LayerType> = new Set([
  'rnn',
  'lstm',
  'gru',
  'seq2seq',
  'embedding',
  'mean-over-time',
  'last-step',
  'flatten',
  'reshape',
  'permute',
  'max-pool1d',
  'max-pool2d',
  'avg-pool1d',
  'avg-pool2d',
  'global-avg-pool',
  'global-max-pool',
  'upsample',
]);

export function depthGains(layout: RunLayout, records: readonly StepRecord[]): DepthGains {
  const indices = layout.layers.map((_, index) => index);
  const judged = indices.filter(index => isTopLevel(layout, index) && isJudged(layout, index));
  const layers = judged.map(layer => ({
    layer,
    forward: median(records.map(record => forwardGain(layout, layer, record))),
    backward: median(records.map(record => backwardGain(layout, layer, record))),
  }));
  const [first] = judged;
  // What joins branches at the very beginning has their layers in it.
  const joins = first !== undefined && layout.layers[first].inputs.length > 1;
  const afterFirst = (counted: boolean): readonly LayerGain[] => layers.slice(counted ? 0 : 1);
  return {
    layers,
    forward: product(layers.map(gain => gain.forward)),
    forwardAfterFirst: product(afterFirst(joins && inputOf(layout, first) !== MODEL_INPUT).map(gain => gain.forward)),
    backward: product(afterFirst(joins).map(gain => gain.backward)),
  };
}

/** A layer that joins branches is judged where one of them has nothing in it that would be left out. */
function isJudged(layout: RunLayout, index: number): boolean {
  const { type, inputs } = layout.layers[index];
  if (LEFT_OUT.has(type)) return false;
  if (inputs.length < 2) return true;
  const source = inputOf(layout, index);
  const seen = new Set<number>();
  const open = [...inputs];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === source) return true;
    if (next === MODEL_INPUT || seen.has(next) || LEFT_OUT.has(layout.layers[next].type)) continue;
    seen.add(next);
    open.push(...layout.layers[next].inputs);
  }
  return false;
}

/** NaN stands for what was not measured, or for nothing divided by nothing: such a layer is left out. */
function product(gains: readonly number[]): number {
  const measured = gains.filter(gain => !Number.isNaN(gain));
  if (measured.includes(0)) return 0;
  return Math.exp(measured.reduce((sum, gain) => sum + Math.log(gain), 0));
}
