/** Reads values of Python out of the JSON of a trace. */
import { finite, integer, list, name, oneOf, record, refuse, row, text } from './json-checks';
import type { Argument, Arguments, ElementType } from './trace';

const MAX_DEPTH = 16;
const MAX_ITEMS = 5000;

export const ELEMENT_TYPES = [
  'bool',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint16',
  'uint32',
  'uint64',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
] as const satisfies readonly ElementType[];

/** Reads arguments by name; `tensors` is the number of tensors of the trace. */
export function readArguments(value: unknown, tensors: number): Arguments {
  return new Map(
    list(value, MAX_ITEMS, entry => {
      const [key, argument] = row(entry, 2);
      return [name(key), readArgument(argument, tensors)] as const;
    }),
  );
}

export function readArgument(value: unknown, tensors: number, depth = 0): Argument {
  if (depth > MAX_DEPTH) refuse('a value nested too deeply');
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'string') return text(value);
  const inner = (item: unknown): Argument => readArgument(item, tensors, depth + 1);
  if (Array.isArray(value)) return list(value, MAX_ITEMS, inner);
  const entries = Object.entries(record(value));
  if (entries.length !== 1) refuse('a value of no known kind');
  const [kind, content] = entries[0];
  switch (kind) {
    case 'tensor':
      return { kind, tensor: integer(content, 0, tensors) };
    case 'slice': {
      const [start, stop, step] = row(content, 3);
      return { kind, start: inner(start), stop: inner(stop), step: inner(step) };
    }
    case 'ellipsis':
      return { kind };
    case 'dtype':
      return { kind, dtype: oneOf(content, ELEMENT_TYPES) };
    case 'number':
      return { kind, text: name(content) };
    case 'opaque':
      return { kind, text: name(content) };
    case 'map':
      return {
        kind,
        entries: list(content, MAX_ITEMS, entry => {
          const [key, item] = row(entry, 2);
          return [name(key), inner(item)] as const;
        }),
      };
    default:
      return refuse('a value of no known kind');
  }
}
