/**
 * Reads the JSON of the Python side, which is untrusted: the user's code ran beside what wrote it. Everything is checked,
 * every list bounded, every index in range; a text is only ever shown as text.
 */
import {
  boolean,
  finite,
  integer,
  list,
  MalformedAnswerError,
  name,
  oneOf,
  optionalIndex,
  record,
  refuse,
  row,
  text,
  type Read,
} from './json-checks';
import { ELEMENT_TYPES, readArgument, readArguments } from './read-arguments';
import type {
  BufferFacts,
  Initialization,
  ModuleCall,
  ModuleFacts,
  Note,
  OptimizerFacts,
  ParameterFacts,
  Place,
  ScheduleFacts,
  TensorFacts,
  Trace,
  TraceEvent,
  TraceNode,
} from './trace';

const VERSION = 1;
const MAX_FILES = 20_000;
const MAX_PLACES = 500_000;
const MAX_TENSORS = 2_000_000;
const MAX_MODULES = 200_000;
const MAX_NODES = 60_000;
const MAX_EVENTS = 25_000;
const MAX_NOTES = 500;
const MAX_AXES = 64;
const MAX_SIZE = 2 ** 48;
const MAX_VALUES = 4096;
const MAX_OFFSET = 2 ** 31;
const MAX_SCHEDULE_STEPS = 1024;

const STATUSES = ['steps', 'backward', 'time', 'ended', 'exit', 'guessed', 'nothing', 'error', 'syntax'] as const;
const ROLES = ['parameter', 'buffer', 'constant', 'random', 'data', 'activation'] as const;
const DISTRIBUTIONS = ['normal', 'uniform', 'constant'] as const;

/** Sizes of the lists that others point into. */
interface Counts {
  readonly files: number;
  readonly places: number;
  readonly stacks: number;
  readonly tensors: number;
  readonly modules: number;
  readonly calls: number;
  readonly nodes: number;
}

/** Reads an answer. @throws MalformedAnswerError where it is not of the form of a trace. */
export function readTrace(json: string): Trace {
  const given = record(parsed(json));
  if (given.version !== VERSION) refuse('another version');
  const counts: Counts = {
    files: lengthOf(given.files),
    places: lengthOf(given.places),
    stacks: lengthOf(given.stacks),
    tensors: lengthOf(given.tensors),
    modules: lengthOf(given.modules),
    calls: lengthOf(given.calls),
    nodes: lengthOf(given.nodes),
  };
  const nodes = list(given.nodes, MAX_NODES, value => readNode(value, counts));
  const buffers = list(given.buffers, MAX_MODULES, value => readBuffer(value, counts));
  const error = given.error === null ? undefined : readFailure(given.error, counts);
  return {
    status: oneOf(given.status, STATUSES),
    ...(error && { error }),
    files: list(given.files, MAX_FILES, value => text(value)),
    places: list(given.places, MAX_PLACES, value => readPlace(value, counts)),
    stacks: list(given.stacks, MAX_PLACES, value => list(value, 64, place => integer(place, 0, counts.places))),
    tensors: readTensors(given.tensors, nodes),
    parameters: list(given.parameters, MAX_MODULES, value => readParameter(value, counts)),
    buffers,
    modules: list(given.modules, MAX_MODULES, value => readModule(value, counts)),
    calls: list(given.calls, MAX_EVENTS, value => readCall(value, counts)),
    nodes,
    optimizers: list(given.optimizers, 64, value => readOptimizer(value, counts)),
    events: list(given.events, MAX_EVENTS, value => readEvent(value, counts)),
    notes: list(given.notes, MAX_NOTES, value => readNote(value, counts)),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new MalformedAnswerError('The answer of Python is no JSON.');
  }
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : refuse('something else than a list');
}

function readFailure(value: unknown, { stacks }: Counts): NonNullable<Trace['error']> {
  const given = record(value);
  return {
    text: text(given.text),
    stack: integer(given.stack, 0, stacks),
    inForward: boolean(given.inForward),
  };
}

function readPlace(value: unknown, { files }: Counts): Place {
  const [file, start, end, inFunction] = row(value, 4);
  const from = integer(start, 0, MAX_OFFSET);
  return {
    file: integer(file, 0, files),
    start: from,
    end: integer(end, from, MAX_OFFSET),
    function: name(inFunction),
  };
}

function readTensors(value: unknown, nodes: readonly TraceNode[]): readonly TensorFacts[] {
  const makers = new Map<number, number>();
  nodes.forEach(({ outputs }, node) => outputs.forEach(output => makers.set(output, node)));
  let id = 0;
  return list(value, MAX_TENSORS, item => {
    const [role, shape, dtype, values] = row(item, 4);
    const madeBy = makers.get(id++);
    return {
      role: oneOf(role, ROLES),
      shape: list(shape, MAX_AXES, size => integer(size, 0, MAX_SIZE)),
      dtype: oneOf(dtype, ELEMENT_TYPES),
      ...(madeBy !== undefined && { madeBy }),
      ...(values !== null && { values: readValues(values) }),
    };
  });
}

/** Numbers, those without a form in JSON as texts. */
function readValues(value: unknown): readonly number[] {
  return list(value, MAX_VALUES, item => {
    if (item === 'inf') return Infinity;
    if (item === '-inf') return -Infinity;
    return item === 'nan' ? NaN : finite(item);
  });
}

function readParameter(value: unknown, counts: Counts): ParameterFacts {
  const given = record(value);
  const source = optionalIndex(given.source, counts.places);
  const madeFrom = optionalIndex(given.madeFrom, counts.tensors);
  const drawn = given.drawn === null ? undefined : row(given.drawn, 3);
  return {
    tensor: integer(given.tensor, 0, counts.tensors),
    requiresGrad: boolean(given.requiresGrad),
    ...(source !== undefined && { source }),
    ...(madeFrom !== undefined && { madeFrom }),
    ...(drawn && {
      drawn: { kind: oneOf(drawn[0], DISTRIBUTIONS), first: finite(drawn[1]), second: finite(drawn[2]) },
    }),
    initialization: list(given.initialization, 64, item => readInitialization(item, counts)),
  };
}

function readInitialization(value: unknown, { tensors, stacks }: Counts): Initialization {
  const given = record(value);
  return {
    operator: name(given.operator),
    arguments: readArguments(given.arguments, tensors),
    view: list(given.view, 16, item => {
      const [operator, given] = row(item, 2);
      return { operator: name(operator), arguments: readArguments(given, tensors) };
    }),
    stack: integer(given.stack, 0, stacks),
    isDefault: boolean(given.isDefault),
  };
}

function readBuffer(value: unknown, { tensors }: Counts): BufferFacts {
  const given = record(value);
  return {
    tensor: integer(given.tensor, 0, tensors),
    persistent: boolean(given.persistent),
    ...(given.values !== null && { values: readValues(given.values) }),
  };
}

function readModule(value: unknown, { modules, stacks, tensors }: Counts): ModuleFacts {
  const given = record(value);
  const root = optionalIndex(given.root, modules);
  const named = (end: number): Read<readonly [string, number]> => {
    return item => {
      const [key, index] = row(item, 2);
      return [name(key), integer(index, 0, end)];
    };
  };
  return {
    class: name(given.class),
    package: name(given.package),
    ...(root !== undefined && { root }),
    path: name(given.path),
    stack: integer(given.stack, 0, stacks),
    parameters: list(given.parameters, MAX_MODULES, named(tensors)),
    buffers: list(given.buffers, MAX_MODULES, named(tensors)),
    children: list(given.children, MAX_MODULES, named(modules)),
    isLeaf: boolean(given.isLeaf),
  };
}

function readCall(value: unknown, { modules, calls, nodes, stacks, tensors }: Counts): ModuleCall {
  const given = record(value);
  const parent = optionalIndex(given.parent, calls);
  const from = integer(given.from, 0, nodes + 1);
  return {
    module: integer(given.module, 0, modules),
    ...(parent !== undefined && { parent }),
    from,
    to: integer(given.to, from, nodes + 1),
    training: boolean(given.training),
    inputs: readArgument(given.inputs, tensors),
    named: readArgument(given.named, tensors),
    outputs: readArgument(given.outputs, tensors),
    stack: integer(given.stack, 0, stacks),
    ended: boolean(given.ended),
  };
}

function readNode(value: unknown, { tensors, calls, stacks }: Counts): TraceNode {
  const [operator, given, outputs, inPlace, call, stack] = row(value, 6);
  const inCall = optionalIndex(call, calls);
  return {
    operator: name(operator),
    arguments: readArguments(given, tensors),
    outputs: list(outputs, 5000, output => integer(output, 0, tensors)),
    inPlace: boolean(inPlace),
    ...(inCall !== undefined && { call: inCall }),
    stack: integer(stack, 0, stacks),
  };
}

function readOptimizer(value: unknown, counts: Counts): OptimizerFacts {
  const given = record(value);
  return {
    name: name(given.name),
    stack: integer(given.stack, 0, counts.stacks),
    groups: list(given.groups, MAX_MODULES, item => {
      const group = record(item);
      return {
        parameters: list(group.parameters, MAX_MODULES, tensor => integer(tensor, 0, counts.tensors)),
        options: readArguments(group.options, counts.tensors),
      };
    }),
    steps: integer(given.steps, 0, MAX_SIZE),
    schedules: list(given.schedules, 64, item => readSchedule(item, counts)),
  };
}

function readSchedule(value: unknown, { stacks, tensors }: Counts): ScheduleFacts {
  const given = record(value);
  return {
    name: name(given.name),
    options: readArguments(given.options, tensors),
    ...(given.rates !== null && {
      rates: list(given.rates, MAX_SCHEDULE_STEPS, rates => list(rates, MAX_MODULES, finite)),
    }),
    stack: integer(given.stack, 0, stacks),
  };
}

function readEvent(value: unknown, { nodes, places, tensors }: Counts): TraceEvent {
  const given = record(value);
  const source = optionalIndex(given.source, places);
  return {
    kind: name(given.kind),
    node: integer(given.node, 0, nodes + 1),
    ...(source !== undefined && { source }),
    facts: readArguments(given.facts, tensors),
  };
}

function readNote(value: unknown, { places }: Counts): Note {
  const given = record(value);
  const source = optionalIndex(given.source, places);
  return {
    kind: name(given.kind),
    text: text(given.text),
    ...(source !== undefined && { source }),
    count: integer(given.count, 1, MAX_SIZE),
    inForward: boolean(given.inForward),
  };
}
