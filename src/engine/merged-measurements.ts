import type { Graph } from './graph';
import { OUTPUT_STATISTICS } from './kernels/statistic-kernels';
import type { Arena } from './program';
import type { MeasureTensor } from './tensor';

/**
 * Makes of what the passes over several batches measured what one pass over all their examples would have: losses are
 * averaged; of loss gradients, each of which is that of its own batch's mean, the norm is sqrt(Σ norm²) / batches; an
 * output's deviation is that of all elements. Units that are dead in every batch are counted as the smallest share of
 * any batch, which is no less than it.
 */
export class MergedMeasurements {
  private readonly merged: readonly Merge[];

  constructor(graph: Graph, arena: Arena, batches: number) {
    const at = (measure: MeasureTensor): Float64Array => arena.at(measure).data;
    const loss = graph.loss!;
    this.merged = [
      ...[loss.value, ...(loss.right ? [loss.right] : [])].map(measure => mean(at(measure), batches)),
      ...graph.layers.flatMap(layer => [
        statistics(at(layer.statistics), batches),
        norm(at(layer.gradientNorm), batches),
      ]),
      ...graph.recurrentStates.flatMap(state => [
        norm(at(state.hiddenNorm), 1),
        norm(at(state.hiddenGradient), batches),
        ...(state.cellGradient ? [norm(at(state.cellGradient), batches)] : []),
      ]),
      norm(at(graph.inputGradientNorm), batches),
    ];
  }

  /** Takes in what the pass over a batch, from 0, left. */
  add(batch: number): void {
    for (const merge of this.merged) merge.add(batch);
  }

  /** Puts what all of them come to in the places of what the last pass left. */
  write(): void {
    for (const merge of this.merged) merge.write();
  }
}

interface Merge {
  readonly add: (batch: number) => void;
  readonly write: () => void;
}

function mean(values: Float64Array, batches: number): Merge {
  const sums = new Float64Array(values.length);
  return {
    add: batch =>
      sums.forEach((sum, i) => {
        sums[i] = (batch === 0 ? 0 : sum) + values[i];
      }),
    write: () =>
      values.forEach((_, i) => {
        values[i] = sums[i] / batches;
      }),
  };
}

function norm(values: Float64Array, divisor: number): Merge {
  const squares = new Float64Array(values.length);
  return {
    add: batch =>
      squares.forEach((sum, i) => {
        squares[i] = (batch === 0 ? 0 : sum) + values[i] * values[i];
      }),
    write: () =>
      values.forEach((_, i) => {
        values[i] = Math.sqrt(squares[i]) / divisor;
      }),
  };
}

/** In the places of `OUTPUT_STATISTICS`; the variance by Chan, Golub and LeVeque (1979), as batches are of one size. */
function statistics(values: Float64Array, batches: number): Merge {
  const {
    mean: MEAN,
    std: STD,
    largest: LARGEST,
    zeroShare: ZERO,
    saturatedShare: SATURATED,
    deadShare: DEAD,
  } = OUTPUT_STATISTICS;
  const all = new Float64Array(values.length);
  let squares = 0;
  return {
    add: batch => {
      if (batch === 0) {
        all.set(values);
        squares = values[STD] * values[STD];
        return;
      }
      const delta = values[MEAN] - all[MEAN];
      all[MEAN] += delta / (batch + 1);
      squares += values[STD] * values[STD] + (delta * delta * batch) / (batch + 1);
      all[LARGEST] = Math.max(all[LARGEST], values[LARGEST]);
      all[ZERO] += values[ZERO];
      all[SATURATED] += values[SATURATED];
      all[DEAD] = Math.min(all[DEAD], values[DEAD]);
    },
    write: () => {
      all[STD] = Math.sqrt(squares / batches);
      all[ZERO] /= batches;
      all[SATURATED] /= batches;
      values.set(all);
    },
  };
}
