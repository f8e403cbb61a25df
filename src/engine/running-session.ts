import { openClipper, type Clipper } from './clipping';
import type { Graph } from './graph';
import { MEASUREMENT_GROUPS, type Instruction, type MeasurementGroup, type RunState } from './instruction';
import type { NumberBuffer } from './kernels/buffers';
import type { OpenKernelSet } from './kernels/kernel-set';
import { combinedNorm, Measurements } from './measurements';
import { findNonFinite, findNonFiniteUpdate } from './non-finite';
import { Passes } from './passes';
import type { Plan } from './plan';
import { Arena, Program } from './program';
import type { EvaluationResult, Session } from './session-contract';
import type { SessionOptions } from './session-options';
import type { StepMeasurements } from './step-measurements';
import type { TrainingGraph } from './training-graph';
import type { IdTensor, Tensor } from './tensor';
import { UpdateProbe } from './update-probe';

/** A session with its memory: everything is bound in the constructor, and a step only calls. */
export class RunningSession implements Session {
  private readonly arena: Arena;
  private readonly run: RunState;
  private readonly passes: Passes;
  private readonly clip: Program;
  private readonly update: Program;
  private readonly evaluation: Program | undefined;
  private readonly measured: Measurements;
  private readonly probe: UpdateProbe | undefined;
  private readonly clipper: Clipper | undefined;
  /** Parameters that a caller may have written to since the last run. */
  private readonly handedOut = new Set<NumberBuffer>();

  constructor(
    private readonly options: SessionOptions,
    private readonly training: TrainingGraph,
    evaluation: readonly Instruction[] | undefined,
    readonly plan: Plan,
    open: OpenKernelSet,
  ) {
    this.run = { step: 0, learningRate: 0, examples: training.graph.batch, dropoutKey: 0 };
    this.arena = new Arena(open(plan.bytes), plan, options.precision);
    const bind = (instructions: readonly Instruction[]): Program =>
      new Program(instructions, this.arena, this.run, options.watcher);
    for (const graph of [training.graph, ...(options.evaluation ? [options.evaluation] : [])])
      this.fillConstants(graph);
    this.passes = new Passes(training, options, this.arena, this.run);
    this.clip = bind(training.clip);
    this.update = bind(training.update);
    this.evaluation = evaluation && bind(evaluation);
    this.measured = new Measurements(training, this.arena);
    this.probe = options.probe ? new UpdateProbe(training, this.arena, options.optimizer) : undefined;
    this.clipper = options.clip && openClipper(options.clip);
  }

  feed(input: string, values: ArrayLike<number>): void {
    const tensor = known(this.options.training.inputs, 'input', input);
    checkIds(`The input ${input}`, tensor, values);
    this.passes.feed(input, tensor, values);
  }

  feedEvaluation(input: string, values: ArrayLike<number>): void {
    const tensor = known(this.evaluationGraph().inputs, 'input', input);
    const { data, length } = this.arena.at(tensor as Tensor);
    if (values.length > length) throw new Error(`The input ${input} takes ${length} values, not ${values.length}.`);
    checkIds(`The input ${input}`, tensor, values);
    data.set(values);
    if (tensor.kind === 'number') this.arena.flush(this.arena.at(tensor));
  }

  parameter(name: string): Float32Array | Float64Array {
    const parameter = this.arena.at(known(this.training.graph.parameters, 'parameter', name));
    this.handedOut.add(parameter);
    return parameter.data;
  }

  gradient(name: string): Float32Array | Float64Array {
    return this.arena.at(known(this.training.gradients, 'trained parameter', name)).data;
  }

  state(name: string): Float32Array | Float64Array {
    return this.arena.at(known(this.training.graph.states, 'state', name)).data;
  }

  output(graph: 'training' | 'evaluation'): Float32Array | Float64Array {
    return this.arena.at((graph === 'training' ? this.training.graph : this.evaluationGraph()).output!).data;
  }

  gradients(groups: readonly MeasurementGroup[] = MEASUREMENT_GROUPS): StepMeasurements {
    const { run, measured, training } = this;
    this.flushHandedOut();
    run.examples = training.graph.batch;
    this.passes.run(groups, run.step);
    measured.readPasses(groups, run.examples);
    if (!Number.isFinite(measured.loss) || !Number.isFinite(measured.gradientNorm)) this.locateNonFinite();
    return measured;
  }

  step(
    learningRate: number,
    groups: readonly MeasurementGroup[] = MEASUREMENT_GROUPS,
    probed = false,
  ): StepMeasurements {
    const { run, measured, training, probe } = this;
    if (probed && !probe) throw new Error('This session was not opened for probing.');
    this.gradients(groups);
    if (measured.nonFinite) return measured;
    measured.gradientPair = probe?.gradientProduct();
    if (probed) probe!.remember();
    this.clipGradients();
    run.learningRate = learningRate;
    this.update.run(0);
    run.step++;
    measured.updateNorms.set(this.arena.at(training.updateNorms).data);
    measured.nonFinite = findNonFiniteUpdate(training, this.arena);
    if (probed && !measured.nonFinite) {
      this.passes.run([], run.step - 1);
      measured.updateEffect = probe!.effect(measured.lossOfPasses(), run.step);
    }
    return measured;
  }

  private flushHandedOut(): void {
    for (const parameter of this.handedOut) this.arena.flush(parameter);
    this.handedOut.clear();
  }

  evaluate(examples: number): EvaluationResult {
    const graph = this.evaluationGraph();
    if (!(examples >= 1 && examples <= graph.batch)) {
      throw new RangeError(`Cannot evaluate ${examples} of ${graph.batch} examples.`);
    }
    const loss = graph.loss!;
    if (loss.isOfWholeBatch && examples < graph.batch) {
      throw new RangeError(
        `This loss is one number of the whole batch of ${graph.batch}, not of ${examples} examples.`,
      );
    }
    this.flushHandedOut();
    this.run.examples = examples;
    this.evaluation!.run(0);
    return {
      loss: this.arena.at(loss.value).data[0],
      accuracy: loss.right && this.arena.at(loss.right).data[0] / (examples * loss.answersPerExample),
    };
  }

  private fillConstants({ constants }: Graph): void {
    for (const { tensor, values } of constants) {
      checkIds('A constant', tensor, values);
      const buffer = this.arena.at(tensor as Tensor);
      buffer.data.set(values);
      if (tensor.kind === 'number') this.arena.flush(buffer);
    }
  }

  private clipGradients(): void {
    const { measured, training } = this;
    if (!this.clipper?.(measured.parameterGradientNorms, measured.gradientNorm, training.clipFactors)) return;
    this.clip.run(0);
    const after = combinedNorm(this.arena.at(training.clippedNorms).data);
    measured.clipFactor = measured.gradientNorm > 0 ? after / measured.gradientNorm : 1;
  }

  /** Runs the passes again with every measurement, which changes nothing but running statistics: those are put back. */
  private locateNonFinite(): void {
    const states = [...this.training.graph.states.values()].map(state => this.arena.at(state).data);
    const saved = states.map(state => state.slice());
    this.passes.run(MEASUREMENT_GROUPS, this.run.step);
    states.forEach((state, index) => state.set(saved[index]));
    this.measured.nonFinite = findNonFinite(this.training, this.arena);
  }

  private evaluationGraph(): Graph {
    if (!this.options.evaluation) throw new Error('This session has no evaluation graph.');
    return this.options.evaluation;
  }
}

function checkIds(name: string, input: Tensor | IdTensor, values: ArrayLike<number>): void {
  if (input.kind !== 'id') return;
  for (let i = 0; i < values.length; i++) {
    const id = values[i];
    if (!(Number.isInteger(id) && id >= 0 && id < input.below)) {
      throw new RangeError(`${name} takes ids from 0 to ${input.below - 1}, not ${id}.`);
    }
  }
}

function known<T>(map: ReadonlyMap<string, T>, kind: string, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`There is no ${kind} named ${name}.`);
  return found;
}
