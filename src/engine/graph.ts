/**
 * Building a network: operators add nodes to a graph, each with the kernel calls of its forward pass and a rule that
 * adds those of its backward pass. Nothing is computed here; a session plans the memory of a finished graph and runs
 * it.
 */
import type { CallableKernels } from './kernels/kernels';
import type { AnyArgument, Arguments, Instruction, MeasurementGroup } from './instruction';
import type { ObservedLayer, ObservedState } from './observed';
import {
  sizeOf,
  type IdTensor,
  type MeasureTensor,
  type Storage,
  type StorageRole,
  type Tensor,
  type TensorShape,
} from './tensor';

/** The loss gradient by every tensor, as far as the backward walk has come. */
export interface Gradients {
  /** The gradient by `x` so far; `undefined` where nothing of the loss has reached it. */
  of(x: Tensor): Tensor | undefined;
  /**
   * Adds `dx` to the gradient by `x`; ignored where `x` needs none. `dx` may also be the gradient of other tensors, and
   * is never written to.
   */
  add(x: Tensor, dx: Tensor): void;
  /**
   * Adds to a part of the gradient by `x` alone: `emitAdd` appends what adds to the sum it is given, which is the
   * node's own. For the many parts that a tensor may be cut into.
   */
  addPart(x: Tensor, emitAdd: (sum: Tensor) => void): void;
  /**
   * `add` for measurement alone: this part of the gradient by `x` does not go to the operator that made `x`, since
   * what that was made from gets its gradient another way (`operators/input-rows.ts`).
   */
  addMeasured(x: Tensor, dx: Tensor): void;
}

/**
 * Adds the backward pass of one node to the graph: given dy, tells `gradients` the gradient by each input that needs
 * one.
 */
export type GradientRule = (dy: Tensor, gradients: Gradients) => void;

export interface Node {
  readonly operator: string;
  readonly inputs: readonly (Tensor | IdTensor)[];
  readonly output: Tensor;
  readonly scope: string;
  readonly backward: GradientRule;
}

/** What the network is trained to make small. */
export interface ObservedLoss {
  /** Mean over the examples. */
  readonly value: MeasureTensor;
  /** Right answers among `answersPerExample` an example; of losses over classes. */
  readonly right?: MeasureTensor;
  readonly answersPerExample: number;
  /** Whether the loss is one number of the whole batch, of which no examples can be left out. */
  readonly isOfWholeBatch?: boolean;
  /** Writes the gradient by the network's output. */
  readonly backward: (gradients: Gradients) => void;
}

export interface ParameterOptions {
  readonly trainable?: boolean;
  /** The learning rate is multiplied by it. */
  readonly rateMultiplier?: number;
  /** The optimizer's weight decay is multiplied by it. */
  readonly decayMultiplier?: number;
}

/** Numbers that stay as they were given: a buffer of the model, a mask, places to gather from. */
export interface Constant {
  readonly tensor: Tensor | IdTensor;
  readonly values: ArrayLike<number>;
}

export class Graph {
  readonly instructions: Instruction[] = [];
  readonly nodes: Node[] = [];
  readonly inputs = new Map<string, Tensor | IdTensor>();
  /** In the order they were made, which is the order of every per-parameter measurement. */
  readonly parameters = new Map<string, Tensor>();
  /** By parameter, where it is not 1: what the learning rate is multiplied by. */
  readonly rateMultipliers = new Map<string, number>();
  /** The same of the weight decay. */
  readonly decayMultipliers = new Map<string, number>();
  readonly states = new Map<string, Tensor>();
  readonly constants: Constant[] = [];
  /** In the order they were observed, which is the order of every per-layer measurement. */
  readonly layers: ObservedLayer[] = [];
  readonly recurrentStates: ObservedState[] = [];
  /** Temporary blocks that must outlive the program, to be read after it: the output, parameter gradients. */
  readonly kept = new Set<Storage>();
  readonly inputGradientNorm: MeasureTensor = this.measure(1);
  loss: ObservedLoss | undefined;
  output: Tensor | undefined;
  /** Path of the layer that is being built. */
  path = '';

  /**
   * A training graph applies dropout and batch statistics and can be differentiated; the other kind is for evaluation.
   * `batch`: examples a run, the first axis of every input.
   */
  constructor(
    readonly mode: 'training' | 'evaluation',
    readonly batch: number,
  ) {}

  /** Runs `build` with everything it makes counted to the layer of this path (memory, origin of errors). */
  within<T>(path: string, build: () => T): T {
    const outer = this.path;
    this.path = path;
    try {
      return build();
    } finally {
      this.path = outer;
    }
  }

  /** Numbers fed before each run. shape: `[batch, ...]` */
  input(name: string, shape: TensorShape): Tensor {
    const tensor = this.make('input', shape, true);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /** Numbers fed before each run by which no gradient is wanted: targets. */
  target(name: string, shape: TensorShape): Tensor {
    const tensor = this.make('input', shape, false);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /** Token or class ids fed before each run; feeding one outside [0, below) throws. */
  ids(name: string, shape: TensorShape, below: number): IdTensor {
    const storage: Storage = { role: 'input', type: 'id', length: sizeOf(shape), scope: this.path };
    const tensor: IdTensor = { kind: 'id', shape, storage, start: 0, below };
    this.inputs.set(name, tensor);
    return tensor;
  }

  /**
   * A parameter, shared by name between the graphs of a session; zero until set. One that is not `trainable` has no
   * gradient, and nothing updates it. Throws when the name is taken.
   */
  parameter(
    name: string,
    shape: TensorShape,
    { trainable = true, rateMultiplier = 1, decayMultiplier = 1 }: ParameterOptions = {},
  ): Tensor {
    if (this.parameters.has(name)) throw new Error(`There are two parameters named ${name}.`);
    const tensor = this.make('parameter', shape, this.mode === 'training' && trainable, name);
    this.parameters.set(name, tensor);
    if (rateMultiplier !== 1) this.rateMultipliers.set(name, rateMultiplier);
    if (decayMultiplier !== 1) this.decayMultipliers.set(name, decayMultiplier);
    return tensor;
  }

  /** Numbers kept from step to step but not trained (running statistics), shared by name; zero until set. */
  state(name: string, shape: TensorShape): Tensor {
    const tensor = this.make('state', shape, false, name);
    this.states.set(name, tensor);
    return tensor;
  }

  /** Numbers that stay as given. */
  constant(shape: TensorShape, values: ArrayLike<number>): Tensor {
    return this.keep(this.make('constant', shape, false), values);
  }

  /** Whole numbers that stay as given, each from 0 to below `below`. */
  constantIds(shape: TensorShape, values: ArrayLike<number>, below: number): IdTensor {
    const storage: Storage = { role: 'constant', type: 'id', length: sizeOf(shape), scope: this.path };
    return this.keep({ kind: 'id', shape, storage, start: 0, below }, values);
  }

  /** Memory for an intermediate result. */
  tensor(shape: TensorShape, needsGradient = this.mode === 'training'): Tensor {
    return this.make('temporary', shape, needsGradient);
  }

  /** Memory for whole numbers that a kernel writes: places of elements or ids, each less than `below`. */
  places(shape: TensorShape, below: number): IdTensor {
    const storage: Storage = { role: 'temporary', type: 'id', length: sizeOf(shape), scope: this.path };
    return { kind: 'id', shape, storage, start: 0, below };
  }

  /** The same numbers, or `sizeOf(shape)` of them from element `start` on, seen in another shape. */
  view<T extends Tensor | IdTensor>(tensor: T, shape: TensorShape, start = 0): T {
    return { ...tensor, shape, start: tensor.start + start };
  }

  /** Room for measured values. */
  measure(length: number): MeasureTensor {
    const storage: Storage = { role: 'measure', type: 'measure', length, scope: this.path };
    return { kind: 'measure', shape: [length], storage, start: 0 };
  }

  /** One of the values of a measurement. */
  entry(measure: MeasureTensor, index: number): MeasureTensor {
    return { kind: 'measure', shape: [1], storage: measure.storage, start: measure.start + index };
  }

  /** Appends a kernel call. */
  emit<K extends keyof CallableKernels>(kernel: K, ...args: Arguments<K>): void {
    this.instructions.push({ kernel, args: args });
  }

  /** Appends a kernel call whose returned number goes to `result`. */
  emitResult<K extends keyof CallableKernels>(result: MeasureTensor, kernel: K, ...args: Arguments<K>): void {
    this.instructions.push({ kernel, args: args, result });
  }

  /** Appends a kernel call for measurement only, run in the steps that take `group`. */
  emitMeasurement<K extends keyof CallableKernels>(
    group: MeasurementGroup,
    result: MeasureTensor | undefined,
    kernel: K,
    ...args: Arguments<K>
  ): void {
    const call = { kernel, args: args as readonly AnyArgument[], group };
    this.instructions.push(result ? { ...call, result } : call);
  }

  /** Records that `output` was made from `inputs`, and how gradients flow back; returns the output. */
  node(
    operator: string,
    inputs: readonly (Tensor | IdTensor | undefined)[],
    output: Tensor,
    backward: GradientRule,
  ): Tensor {
    const present = inputs.filter(input => input !== undefined);
    this.nodes.push({ operator, inputs: present, output, scope: this.path, backward });
    return output;
  }

  /** For losses: ends the graph with its output and what is made of it. */
  end(output: Tensor, loss: ObservedLoss): void {
    this.output = output;
    this.kept.add(output.storage);
    this.loss = loss;
  }

  private keep<T extends Tensor | IdTensor>(tensor: T, values: ArrayLike<number>): T {
    if (values.length !== sizeOf(tensor.shape)) {
      throw new Error(`A constant of shape [${tensor.shape.join(', ')}] got ${values.length} values.`);
    }
    this.constants.push({ tensor, values });
    return tensor;
  }

  private make(role: StorageRole, shape: TensorShape, needsGradient: boolean, name?: string): Tensor {
    const length = sizeOf(shape);
    const block = { role, type: 'number', length, scope: this.path } as const;
    const storage: Storage = name === undefined ? block : { ...block, name };
    return { kind: 'number', shape, storage, start: 0, needsGradient };
  }
}
