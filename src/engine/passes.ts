/** The forward and backward passes of a training step, over one batch or over several whose gradients are averaged. */
import { groupBits, Program, type Arena } from './program';
import type { Graph } from './graph';
import type { Instruction, MeasurementGroup, RunState } from './instruction';
import { hash32 } from './kernels/hash';
import { MergedMeasurements } from './merged-measurements';
import type { SessionOptions } from './session-options';
import type { TrainingGraph } from './training-graph';
import { sizeOf, type IdTensor, type Tensor } from './tensor';

export class Passes {
  private readonly begin: Program;
  private readonly pass: Program;
  private readonly end: Program;
  private readonly finish: Program;
  /** Of a step over several batches: what was fed, one batch after another, by input. */
  private readonly held = new Map<Tensor | IdTensor, Float32Array | Float64Array | Int32Array>();
  private readonly merged: MergedMeasurements | undefined;

  constructor(
    private readonly training: TrainingGraph,
    private readonly options: SessionOptions,
    private readonly arena: Arena,
    private readonly state: RunState,
  ) {
    const bind = (instructions: readonly Instruction[]): Program =>
      new Program(instructions, arena, state, options.watcher);
    this.begin = bind(training.begin);
    this.pass = bind(training.pass);
    this.end = bind(training.endOfPass);
    this.finish = bind(training.finish);
    const { batches, graph } = training;
    this.merged = batches > 1 ? new MergedMeasurements(graph, arena, batches) : undefined;
    if (batches === 1) return;
    for (const input of graph.inputs.values()) this.held.set(input, emptyFor(input, batches, options.precision));
  }

  /** Bytes that the batches of a step take besides the arena; 0 for one batch, which lies there. */
  static bytes({ inputs }: Graph, batches: number, precision: SessionOptions['precision']): number {
    if (batches === 1) return 0;
    return [...inputs.values()].reduce(
      (sum, input) => sum + batches * sizeOf(input.shape) * bytesOf(input, precision),
      0,
    );
  }

  /**
   * Takes the values of all batches, one batch after another, or those of one batch that are to serve for each (weights
   * of classes). Throws for any other number of them.
   */
  feed(name: string, input: Tensor | IdTensor, values: ArrayLike<number>): void {
    const { length } = this.arena.at(input as Tensor);
    const { batches } = this.training;
    if (values.length !== length && values.length !== batches * length) {
      const whole = batches === 1 ? 'the whole batch' : `the whole batch, nor ${batches} of them`;
      throw new Error(`The input ${name} got ${values.length} values, which is not ${whole}.`);
    }
    const held = this.held.get(input);
    if (!held) this.fill(input, values);
    else for (let start = 0; start < held.length; start += values.length) held.set(values, start);
  }

  /**
   * Runs both passes over every batch, and what follows from the averaged gradients: penalties and norms. Running the
   * same `step` again gives the same but for the changes of parameters and running statistics.
   */
  run(groups: readonly MeasurementGroup[], step: number): void {
    const bits = groupBits(groups);
    const { batches } = this.training;
    this.begin.run(bits);
    for (let batch = 0; batch < batches; batch++) {
      this.load(batch);
      this.state.dropoutKey = hash32(hash32(this.options.seed) ^ (step * batches + batch));
      this.pass.run(bits);
      this.end.run(bits);
      this.merged?.add(batch);
    }
    this.merged?.write();
    this.finish.run(bits);
  }

  private load(batch: number): void {
    for (const [input, values] of this.held) {
      const { length } = this.arena.at(input as Tensor);
      this.fill(input, values.subarray(batch * length, (batch + 1) * length));
    }
  }

  private fill(input: Tensor | IdTensor, values: ArrayLike<number>): void {
    const buffer = this.arena.at(input as Tensor);
    buffer.data.set(values);
    if (input.kind === 'number') this.arena.flush(buffer);
  }
}

function bytesOf({ kind }: Tensor | IdTensor, precision: SessionOptions['precision']): number {
  return kind === 'number' && precision === 'float64' ? 8 : 4;
}

function emptyFor(
  input: Tensor | IdTensor,
  batches: number,
  precision: SessionOptions['precision'],
): Float32Array | Float64Array | Int32Array {
  const length = batches * sizeOf(input.shape);
  if (input.kind === 'id') return new Int32Array(length);
  return precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
}
