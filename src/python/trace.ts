/**
 * A trace: what a PyTorch program did when it ran on tensors without numbers. Plain data; the numbers in it that name
 * other parts (`TensorId`, `ModuleId`, `CallId`, `PlaceId`, `StackId`) are indices into the lists of the trace.
 */
export type TensorId = number;
export type ModuleId = number;
export type CallId = number;
export type PlaceId = number;
export type StackId = number;

export interface Trace {
  readonly status: TraceStatus;
  readonly error?: TraceFailure;
  /** Paths of the request's sources. */
  readonly files: readonly string[];
  readonly places: readonly Place[];
  /** Places from the innermost call outwards. */
  readonly stacks: readonly (readonly PlaceId[])[];
  readonly tensors: readonly TensorFacts[];
  readonly parameters: readonly ParameterFacts[];
  readonly buffers: readonly BufferFacts[];
  readonly modules: readonly ModuleFacts[];
  readonly calls: readonly ModuleCall[];
  readonly nodes: readonly TraceNode[];
  readonly optimizers: readonly OptimizerFacts[];
  /** Steps of training in the order they happened. */
  readonly events: readonly TraceEvent[];
  /** Assumptions; none is left unsaid. */
  readonly notes: readonly Note[];
}

/**
 * Why the run ended: a second update, a third backward pass, its time, its own end, its own exit, a model that was guessed,
 * no model at all, an error, or a text that is no Python.
 */
export type TraceStatus = 'steps' | 'backward' | 'time' | 'ended' | 'exit' | 'guessed' | 'nothing' | 'error' | 'syntax';

export interface TraceFailure {
  /** The program's own words; untrusted. */
  readonly text: string;
  readonly stack: StackId;
  /** True where the error is the model's, not that of what is around it. */
  readonly inForward: boolean;
}

/** A range of a file in UTF-16 offsets, as editors count. */
export interface Place {
  readonly file: number;
  readonly start: number;
  readonly end: number;
  /** The function that the place is in. */
  readonly function: string;
}

export type ElementType =
  | 'bool'
  | 'uint8'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128';

/** The part that a tensor plays in the model. Data are inputs and targets; an activation depends on a parameter. */
export type TensorRole = 'parameter' | 'buffer' | 'constant' | 'random' | 'data' | 'activation';

export interface TensorFacts {
  readonly role: TensorRole;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /** The node that made it, unless it was there before. */
  readonly madeBy?: number;
  /** Values of a small constant, row by row. */
  readonly values?: readonly number[];
}

export interface ParameterFacts {
  readonly tensor: TensorId;
  readonly requiresGrad: boolean;
  readonly source?: PlaceId;
  /** The tensor that `nn.Parameter` was given. */
  readonly madeFrom?: TensorId;
  /** How its elements are drawn, where one plain distribution says it. */
  readonly drawn?: Drawn;
  /** Events that set its elements, in order; the last one that sets all of them decides. */
  readonly initialization: readonly Initialization[];
}

/** `first` and `second`: mean and deviation, lower and upper bound, or the value twice. */
export interface Drawn {
  readonly kind: 'normal' | 'uniform' | 'constant';
  readonly first: number;
  readonly second: number;
}

export interface Initialization {
  /** A function of `nn.init`, or an operator in place. */
  readonly operator: string;
  readonly arguments: Arguments;
  /** Views that lead to the part that was set; empty where all of the tensor was. */
  readonly view: readonly { readonly operator: string; readonly arguments: Arguments }[];
  readonly stack: StackId;
  /** True where PyTorch initializes so by itself. */
  readonly isDefault: boolean;
}

export interface BufferFacts {
  readonly tensor: TensorId;
  readonly persistent: boolean;
  readonly values?: readonly number[];
}

export interface ModuleFacts {
  readonly class: string;
  /** The Python module of the class: `torch.nn.modules.linear`, or one of the program. */
  readonly package: string;
  /** The outermost module that holds it, and its path in there; none where nothing holds or calls it. */
  readonly root?: ModuleId;
  readonly path: string;
  /** Where it was constructed. */
  readonly stack: StackId;
  readonly parameters: readonly (readonly [string, TensorId])[];
  readonly buffers: readonly (readonly [string, TensorId])[];
  readonly children: readonly (readonly [string, ModuleId])[];
  readonly isLeaf: boolean;
}

export interface ModuleCall {
  readonly module: ModuleId;
  /** The call that it was made in. */
  readonly parent?: CallId;
  /** Nodes `from` to `to` (without) were recorded in it. */
  readonly from: number;
  readonly to: number;
  readonly training: boolean;
  readonly inputs: Argument;
  readonly named: Argument;
  readonly outputs: Argument;
  readonly stack: StackId;
  /** False where an error or the end of the run came first. */
  readonly ended: boolean;
}

/** One recorded operator. */
export interface TraceNode {
  readonly operator: string;
  /** All arguments by the names of PyTorch, defaults included. */
  readonly arguments: Arguments;
  readonly outputs: readonly TensorId[];
  /** True where an existing tensor was changed; its new state is a new tensor. */
  readonly inPlace: boolean;
  readonly call?: CallId;
  readonly stack: StackId;
}

export type Arguments = ReadonlyMap<string, Argument>;

/** A value of Python. */
export type Argument =
  | null
  | boolean
  | number
  | string
  | readonly Argument[]
  | { readonly kind: 'tensor'; readonly tensor: TensorId }
  | { readonly kind: 'slice'; readonly start: Argument; readonly stop: Argument; readonly step: Argument }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'dtype'; readonly dtype: ElementType }
  /** A number that JSON has no form for: `inf`, `-inf`, `nan`, or an integer beyond 2^53. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Argument])[] }
  /** A value of a kind that no operator of ours takes, by name. */
  | { readonly kind: 'opaque'; readonly text: string };

export interface OptimizerFacts {
  readonly name: string;
  readonly stack: StackId;
  readonly groups: readonly { readonly parameters: readonly TensorId[]; readonly options: Arguments }[];
  /** Updates before the run ended. */
  readonly steps: number;
  readonly schedules: readonly ScheduleFacts[];
}

export interface ScheduleFacts {
  readonly name: string;
  readonly options: Arguments;
  /** The rate of each group at each of the first steps; none where the rates depend on the loss. */
  readonly rates?: readonly (readonly number[])[];
  readonly stack: StackId;
}

/**
 * A step of training by its kind: `loss`, `backward`, `clip`, `zero-grad`, `step`, `schedule-step`, `set-rate`, `scaler`,
 * `autocast`, `loader`, `seed`, `input`, `update` and others; `facts` has what belongs to it.
 */
export interface TraceEvent {
  readonly kind: string;
  /** The number of nodes before it. */
  readonly node: number;
  readonly source?: PlaceId;
  readonly facts: Arguments;
}

export interface Note {
  readonly kind: string;
  readonly text: string;
  readonly source?: PlaceId;
  readonly count: number;
  /** True where it was made while a model ran: such a model is not read for certain. */
  readonly inForward: boolean;
}
