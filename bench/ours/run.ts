/** One workload on our engine: fed with four batches of seeded numbers by turns, as the peers are. */
import type { CallWatcher } from '../../src/engine/call-watcher';
import { MEASUREMENT_GROUPS, type MeasurementGroup } from '../../src/engine/instruction';
import { Random } from '../../src/engine/random';
import { planSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
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
export function openWorkload(name: string, measured: Measured, watcher?: CallWatcher): OpenWorkload {
  return openGraph(buildWorkload(name), measured, watcher);
}

/** The same for any graph. */
export function openGraph(workload: Workload, measured: Measured, watcher?: CallWatcher): OpenWorkload {
  const { session, feed, ...sizes } = openFed(workload, { ...(watcher && { watcher }) });
  const groups: readonly MeasurementGroup[] = measured === 'all' ? MEASUREMENT_GROUPS : [];
  return {
    ...sizes,
    step: () => {
      feed();
      const { loss, nonFinite } = session.step(workload.learningRate, groups);
      if (nonFinite) throw new Error('A loss or gradient is not finite.');
      return loss;
    },
  };
}

/** A session with first weights and data. */
export interface Fed extends Omit<OpenWorkload, 'step'> {
  readonly session: Session;
  /** Feeds the next of the batches. */
  readonly feed: () => void;
}

export interface FedOptions {
  readonly watcher?: CallWatcher;
  /** Weights begin uniform within ± this / √fan-in; 1 by default. */
  readonly gain?: number;
  /** Stands in place of the first number of every batch. */
  readonly firstNumber?: number;
}

/** Opens a workload whose steps the caller makes. */
export function openFed(workload: Workload, { watcher, gain = 1, firstNumber }: FedOptions): Fed {
  const before = performance.now();
  const { optimizer } = workload;
  const graph = workload.graph();
  const planned = planSession({
    training: graph,
    optimizer,
    kernels: 'simd',
    precision: 'float32',
    seed: 1,
    ...(watcher && { watcher }),
  });
  const planMilliseconds = performance.now() - before;
  const session = planned.open();
  const random = new Random(1);
  let parameters = 0;
  for (const [parameter, { shape }] of graph.parameters) {
    const values = session.parameter(parameter);
    const bound = gain / Math.sqrt(sizeOf(shape) / shape[0]);
    for (let i = 0; i < values.length; i++)
      values[i] = parameter.endsWith('.scale') ? 1 : (2 * random.uniform() - 1) * bound;
    parameters += values.length;
  }
  const batches = Array.from({ length: BATCHES }, () =>
    [...graph.inputs].map(([input, tensor]) => {
      const numbers = tensor.kind === 'number';
      const values = numbers ? new Float32Array(sizeOf(tensor.shape)) : new Int32Array(sizeOf(tensor.shape));
      for (let i = 0; i < values.length; i++) {
        values[i] = tensor.kind === 'number' ? random.normal() : random.integer(tensor.below);
      }
      if (numbers && firstNumber !== undefined) values[0] = firstNumber;
      return { input, values };
    }),
  );
  let next = 0;
  return {
    session,
    parameters,
    tensors: graph.parameters.size,
    arenaBytes: planned.plan.bytes,
    planMilliseconds,
    feed: () => {
      for (const { input, values } of batches[next++ % BATCHES]) session.feed(input, values);
    },
  };
}
