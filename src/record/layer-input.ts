/**
 * Which way a signal takes through the layers of a run, read from its layout: a graph, whose edges are the layers'
 * inputs. In a chain every layer's source is the layer before it; where branches part and join again, the source of the
 * layer that joins them is the one from which they part, so that the gains along the layers that every signal passes
 * multiply to that of the network.
 */
import type { RunLayout } from './step-record';

/** Stands for the model's own input where an index of a layer is expected. */
export const MODEL_INPUT = -1;

interface Flow {
  /**
   * By layer: the nearest one before it that every way from the model's input to it passes (its immediate dominator).
   */
  readonly sources: readonly number[];
  /** By layer: whether every way from its source to the model's output passes it. */
  readonly alone: readonly boolean[];
  /** By layer: whether every way from the model's input to the model's output passes it. */
  readonly onEveryWay: readonly boolean[];
}

const flows = new WeakMap<RunLayout, Flow>();

/**
 * Index of the layer whose output is what layer `index` works on, or `MODEL_INPUT`: its input or, where it joins
 * branches, the layer from which these part. The first layer of a residual's branch reads what the residual reads.
 */
export function inputOf(layout: RunLayout, index: number): number {
  return flowOf(layout).sources[index];
}

/**
 * Whether all that becomes of the layer's source goes through layer `index`, so that the gradient recorded for the one
 * is made of that for the other. Of the layers of a branch that is not so for the first: its source feeds the other
 * branches too.
 */
export function readsInputAlone(layout: RunLayout, index: number): boolean {
  return flowOf(layout).alone[index];
}

/** Whether the layer is on the path from the input to the output that every signal takes, not on a branch. */
export function isTopLevel(layout: RunLayout, index: number): boolean {
  return flowOf(layout).onEveryWay[index];
}

/**
 * Layers on the ways from the source of layer `index` to it, both left out, in forward order: the inside of what it
 * joins.
 */
export function layersBetween(layout: RunLayout, index: number): readonly number[] {
  const source = inputOf(layout, index);
  const found = new Set<number>();
  const open = [...layout.layers[index].inputs];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === source || next === MODEL_INPUT || found.has(next)) continue;
    found.add(next);
    open.push(...layout.layers[next].inputs);
  }
  return [...found].sort((one, other) => one - other);
}

function flowOf(layout: RunLayout): Flow {
  let flow = flows.get(layout);
  if (flow === undefined) {
    flow = follow(layout.layers.map(layer => layer.inputs));
    flows.set(layout, flow);
  }
  return flow;
}

function follow(inputs: readonly (readonly number[])[]): Flow {
  const count = inputs.length;
  const sources: number[] = [];
  for (let index = 0; index < count; index++) sources.push(nearestCommon(inputs[index], sources, 'descending'));
  // The same backwards: from the output, along the readers. `count` stands for the model's output, and the input's
  // place is last.
  const readers: number[][] = Array.from({ length: count + 1 }, () => []);
  inputs.forEach((list, index) => list.forEach(input => readers[input === MODEL_INPUT ? count : input].push(index)));
  const sinks: number[] = Array.from({ length: count }, () => count);
  for (let index = count - 2; index >= 0; index--)
    sinks[index] = nearestCommon(readers[index], sinks, 'ascending', count);
  const inputSink = nearestCommon(readers[count], sinks, 'ascending', count);
  const passes = (from: number, index: number): boolean => {
    let current = from === MODEL_INPUT ? inputSink : sinks[from];
    while (current < index) current = sinks[current];
    return current === index;
  };
  return {
    sources,
    alone: sources.map((source, index) => passes(source, index)),
    onEveryWay: sources.map((_, index) => passes(MODEL_INPUT, index)),
  };
}

/**
 * The nearest node that is on the chains of all `nodes`, where `next` leads from each node to the one after it on its
 * chain, the numbers descending (to `MODEL_INPUT`) or ascending (to `end`).
 */
function nearestCommon(
  nodes: readonly number[],
  next: readonly number[],
  direction: 'descending' | 'ascending',
  end = MODEL_INPUT,
): number {
  return nodes.reduce((one, other) => {
    let [a, b] = [one, other];
    while (a !== b) {
      if (direction === 'descending' ? a > b : a < b) a = next[a]!;
      else b = next[b]!;
    }
    return a;
  }, nodes[0] ?? end);
}
