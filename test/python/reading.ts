/** Reads small programs for tests, in one context that is restored after each. */
import { ClosedContext } from '../../src/python/closed-context';
import { readTrace } from '../../src/python/read-trace';
import type { Place, Trace, TraceNode } from '../../src/python/trace';
import { pythonFiles } from './python-files';

export const MAIN = '/workspace/main.py';

/** Opens Python with the runtime imported. */
export async function openRuntime(): Promise<ClosedContext> {
  const context = await ClosedContext.open(await pythonFiles());
  const done = context.run('import sys; sys.path.insert(0, "/runtime.zip"); from gradient_health.serve import serve');
  if (!done.ok) throw new Error(done.error);
  context.serveWith('serve');
  context.save();
  return context;
}

/** Opens Python; the returned function reads the files of a workspace. */
export async function openReader(): Promise<(request: Request) => Trace> {
  const context = await openRuntime();
  return request => {
    const answered = context.call(JSON.stringify(requestOf(request)));
    context.restore();
    if (!answered.ok) throw new Error(answered.error);
    return readTrace(answered.text);
  };
}

export type Request = string | { readonly files: Readonly<Record<string, string>>; readonly directive?: string };

function requestOf(request: Request): object {
  const files = typeof request === 'string' ? { 'main.py': request } : request.files;
  const sources = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/workspace/${name}`, text]));
  const directive = typeof request === 'string' ? undefined : request.directive;
  return { path: MAIN, sources, arguments: [], ...(directive && { directive }), seconds: 20 };
}

/** Every note as `kind: text`. */
export function notesOf(trace: Trace): readonly string[] {
  return trace.notes.map(note => `${note.kind}: ${note.text}`);
}

/** Operators in the order they ran. */
export function operatorsOf(trace: Trace): readonly string[] {
  return trace.nodes.map(({ operator }) => operator);
}

export function nodesOf(trace: Trace, operator: string): readonly TraceNode[] {
  return trace.nodes.filter(node => node.operator === operator);
}

/** The text of the innermost place of a stack. */
export function textAt(trace: Trace, stack: number, source: string): string {
  return textOf(trace.places[trace.stacks[stack][0]], source);
}

export function textOf(place: Place, source: string): string {
  return source.slice(place.start, place.end);
}

/** Names and shapes of the parameters under the root modules, as `name: shape`. */
export function parametersOf(trace: Trace): readonly string[] {
  return trace.modules.flatMap(module =>
    module.root === undefined
      ? []
      : module.parameters.map(([name, tensor]) => {
          const path = module.path ? `${module.path}.${name}` : name;
          return `${path}: ${trace.tensors[tensor].shape.join('x')}`;
        }),
  );
}

/** Shapes of the outputs of the last node of an operator. */
export function outputOf(trace: Trace, operator: string): readonly number[] {
  const node = nodesOf(trace, operator).at(-1);
  if (!node) throw new Error(`No ${operator} was recorded: ${operatorsOf(trace).join(', ')}`);
  return trace.tensors[node.outputs[0]].shape;
}
