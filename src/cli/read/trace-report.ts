import type { Argument, Trace, TraceStatus } from '../../python/trace';
import { positionAt } from '../train/text-position';

/** The reading of a file. */
export interface TraceReport {
  readonly file: string;
  /** Why it was not read, in one sentence; with the place where there is one. */
  readonly problem?: string;
  readonly status?: TraceStatus;
  readonly parameters?: number;
  /** Trainable parameters by name. */
  readonly tensors?: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly leafModules?: number;
  readonly operators?: number;
  readonly optimizers?: readonly { readonly name: string; readonly at: string; readonly options: string }[];
  readonly events?: Readonly<Record<string, number>>;
  /** Everything that was assumed. */
  readonly assumed?: readonly { readonly at?: string; readonly text: string; readonly count: number }[];
}

/** The statuses after which there is a model. */
const READ: ReadonlySet<TraceStatus> = new Set(['steps', 'backward', 'time', 'ended', 'exit', 'guessed']);

/** Describes what was traced, with places as `file:line:column`. */
export function traceReport(file: string, sources: Readonly<Record<string, string>>, trace: Trace): TraceReport {
  const placeText = (place: number | undefined): string | undefined => {
    const found = place === undefined ? undefined : trace.places[place];
    const name = found && trace.files[found.file];
    const text = name === undefined ? undefined : sources[name];
    if (!found || name === undefined || text === undefined) return undefined;
    const { line, column } = positionAt(text, found.start);
    return `${name}:${line}:${column}`;
  };
  const stackText = (stack: number): string => placeText(trace.stacks[stack]?.[0]) ?? '';
  const named = namedParameters(trace);
  const trainable = new Set(trace.parameters.filter(({ requiresGrad }) => requiresGrad).map(({ tensor }) => tensor));
  const assumed = trace.notes.map(({ text, source, count }) => {
    const at = placeText(source);
    return { ...(at !== undefined && { at }), text, count };
  });
  const problem =
    trace.error !== undefined
      ? `${stackText(trace.error.stack)} ${trace.error.text}`.trim()
      : READ.has(trace.status) && named.length > 0
        ? undefined
        : 'No model was found in it; name one in a comment: `# gradient-health: model Net(), input [3, 32, 32]`.';
  return {
    file,
    ...(problem !== undefined && { problem }),
    status: trace.status,
    parameters: named.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0),
    tensors: named.filter(({ tensor }) => trainable.has(tensor)).map(({ name, shape }) => ({ name, shape })),
    leafModules: trace.modules.filter(({ isLeaf }) => isLeaf).length,
    operators: trace.nodes.length,
    optimizers: trace.optimizers.map(({ name, stack, groups }) => ({
      name,
      at: stackText(stack),
      options: groups
        .map(({ options }) => [...options].map(([key, value]) => `${key}=${argumentText(value)}`).join(', '))
        .join(' | '),
    })),
    events: trace.events.reduce<Record<string, number>>(
      (counts, { kind }) => ({ ...counts, [kind]: (counts[kind] ?? 0) + 1 }),
      {},
    ),
    assumed,
  };
}

/** Each parameter once, under its first name below the outermost module that holds it. */
function namedParameters(trace: Trace) {
  const seen = new Set<number>();
  return trace.modules.flatMap(({ path, parameters }) =>
    parameters.flatMap(([own, tensor]) => {
      if (seen.has(tensor)) return [];
      seen.add(tensor);
      return [{ name: path === '' ? own : `${path}.${own}`, tensor, shape: trace.tensors[tensor].shape }];
    }),
  );
}

function argumentText(value: Argument): string {
  if (Array.isArray(value)) return `(${(value as readonly Argument[]).map(argumentText).join(', ')})`;
  if (value !== null && typeof value === 'object') return 'text' in value ? value.text : JSON.stringify(value);
  return String(value);
}
