/** One workload on our engine: fed with four batches of seeded numbers by turns, as the peers are. */
import type { MeasurementGroup } from '../../src/engine/instruction';
import { MEASUREMENT_GROUPS } from '../../src/engine/instruction';
import { Profile } from '../../src/engine/profile';
import { Random } from '../../src/engine/random';
import { planSession } from '../../src/engine/session';
import { sizeOf } from '../../src/engine/tensor';
import { buildWorkload, type Workload } from './workloads';

const BATCHES = 4;

export interface OpenWorkload {
  /** One training step; returns the loss. */
  readonly step: () => number;
  readonly parameters: number;
  readonly tensors: number;
  readonly arenaBytes: number;
  readonly planMilliseconds: number;
}

export type Measured = 'all' | 'norms';

/** `measured`: every statistic of the extension's charts, or only the gradient norms that the peers read too. */
export function openWorkload(name: string, measured: Measured, profile?: Profile): OpenWorkload {
  return openGraph(buildWorkload(name), measured, profile);
}

/** The same for any graph. */
export function openGraph(workload: Workload, measured: Measured, profile?: Profile): OpenWorkload {
  const before = performance.now();
  const { optimizer, learningRate } = workload;
  const graph = workload.graph();
  const planned = planSession({
    training: graph, optimizer, kernels: 'simd', precision: 'float32', seed: 1, ...(profile && { profile }),
  });
  const planMilliseconds = performance.now() - before;
  const session = planned.open();
  const random = new Random(1);
  let parameters = 0;
  for (const [parameter, { shape }] of graph.parameters) {
    const values = session.parameter(parameter);
    const bound = 1 / Math.sqrt(sizeOf(shape) / shape[0]!);
    for (let i = 0; i < values.length; i++) values[i] = parameter.endsWith('.scale') ? 1 : (2 * random.uniform() - 1) * bound;
    parameters += values.length;
  }
  const batches = Array.from({ length: BATCHES }, () => [...graph.inputs].map(([input, tensor]) => {
    const numbers = tensor.kind === 'number';
    const values = numbers ? new Float32Array(sizeOf(tensor.shape)) : new Int32Array(sizeOf(tensor.shape));
    for (let i = 0; i < values.length; i++) {
      values[i] = tensor.kind === 'number' ? random.normal() : random.integer(tensor.below);
    }
    return { input, values };
  }));
  const groups: readonly MeasurementGroup[] = measured === 'all' ? MEASUREMENT_GROUPS : [];
  let next = 0;
  return {
    parameters, tensors: graph.parameters.size, arenaBytes: planned.plan.bytes, planMilliseconds,
    step: () => {
      for (const { input, values } of batches[next++ % BATCHES]!) session.feed(input, values);
      const { loss, nonFinite } = session.step(learningRate, groups);
      if (nonFinite) throw new Error('A loss or gradient is not finite.');
      return loss;
    },
  };
}
