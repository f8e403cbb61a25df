/**
 * Compares what the stand-ins say of the model files with what the real PyTorch says (`real.py`). Started by
 * `scripts/test-python.mjs` with the file of the latter; prints every difference.
 */
import fs from 'node:fs';
import path from 'node:path';
import { openReader, openRuntime } from '../reading';
import type { Argument, Trace } from '../../../src/python/trace';

interface Called {
  readonly parameters: readonly (readonly [string, readonly number[], boolean, string])[];
  readonly buffers: readonly (readonly [string, readonly number[], string])[];
  readonly calls: readonly (readonly [string, string, readonly (readonly number[])[]])[];
  readonly outputs: readonly (readonly [readonly number[], string])[];
  readonly withGradient: readonly string[] | null;
}

interface Trained {
  readonly optimizers: readonly {
    readonly name: string;
    readonly groups: readonly {
      readonly shapes: readonly (readonly number[])[];
      readonly options: Readonly<Record<string, unknown>>;
    }[];
  }[];
  readonly schedules: readonly { readonly name: string; readonly rates: readonly (readonly number[])[] }[];
}

type Real = Readonly<Record<string, { readonly called: Called; readonly trained: Trained | null }>>;

const MODELS = path.join(process.cwd(), 'test/python/models');
/** Hints for a machine, which say nothing of the model. */
const WITHOUT_MEANING = ['foreach', 'fused', 'capturable', 'differentiable', 'maximize'];
const RATE_TOLERANCE = 1e-12;

let differences = 0;

function differ(where: string, ours: unknown, real: unknown): void {
  if (JSON.stringify(ours) === JSON.stringify(real)) return;
  differences++;
  console.log(`${where}\n  ours ${JSON.stringify(ours)}\n  real ${JSON.stringify(real)}`);
}

function differByItem(where: string, ours: readonly unknown[], real: readonly unknown[]): void {
  const place = real.findIndex((item, i) => JSON.stringify(item) !== JSON.stringify(ours[i]));
  if (place >= 0) differ(`${where}, item ${place}`, ours[place], real[place]);
  else differ(`${where}, number of items`, ours.length, real.length);
}

function shapesIn(trace: Trace, value: Argument): (readonly number[])[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(item => shapesIn(trace, item as Argument));
  if (!('kind' in value)) return [];
  if (value.kind === 'tensor') return [trace.tensors[value.tensor].shape];
  return value.kind === 'map' ? value.entries.flatMap(([, item]) => shapesIn(trace, item)) : [];
}

/** Members of a module and all below it, in the order of PyTorch, each tensor once. */
function members(trace: Trace, root: number, kind: 'parameters' | 'buffers'): (readonly [string, number])[] {
  const seen = new Set<number>();
  const visited = new Set<number>();
  const walk = (id: number, prefix: string): (readonly [string, number])[] => {
    if (visited.has(id)) return [];
    visited.add(id);
    const module = trace.modules[id];
    const own = module[kind].filter(([, tensor]) => !seen.has(tensor) && seen.add(tensor));
    return [
      ...own.map(([name, tensor]) => [prefix + name, tensor] as const),
      ...module.children.flatMap(([name, child]) => walk(child, `${prefix}${name}.`)),
    ];
  };
  return walk(root, '');
}

function compareCalled(file: string, trace: Trace, real: Called): void {
  if (trace.error) return differ(`${file}: error`, trace.error.text, null);
  const call = trace.calls.find(each => each.parent === undefined);
  if (!call) return differ(`${file}: call`, null, 'a call');
  const root = call.module;
  const factsOf = new Map(trace.parameters.map(facts => [facts.tensor, facts]));
  differByItem(
    `${file}: parameters`,
    members(trace, root, 'parameters').map(([name, tensor]) => {
      const { shape, dtype } = trace.tensors[tensor];
      return [name, shape, factsOf.get(tensor)!.requiresGrad, `torch.${dtype}`];
    }),
    real.parameters,
  );
  differByItem(
    `${file}: buffers`,
    members(trace, root, 'buffers').map(([name, tensor]) => {
      const { shape, dtype } = trace.tensors[tensor];
      return [name, shape, `torch.${dtype}`];
    }),
    real.buffers,
  );
  const leaves = trace.calls.filter(each => trace.modules[each.module].isLeaf);
  differByItem(
    `${file}: calls of leaf modules`,
    leaves.map(each => {
      const module = trace.modules[each.module];
      return [module.path, module.class, shapesIn(trace, each.outputs)];
    }),
    real.calls,
  );
  const outputs = shapesIn(trace, call.outputs);
  differByItem(
    `${file}: outputs`,
    outputs,
    real.outputs.map(([shape]) => shape),
  );
  if (real.withGradient) {
    const leavesOf = trace.events.find(({ kind }) => kind === 'backward')?.facts.get('leaves') as readonly number[];
    const reached = new Set(leavesOf);
    const names = members(trace, root, 'parameters').flatMap(([name, tensor]) => (reached.has(tensor) ? [name] : []));
    differByItem(`${file}: parameters with a gradient`, names, real.withGradient);
  }
}

function plain(value: Argument): unknown {
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'number') return value.text;
  return value;
}

function compareTrained(file: string, trace: Trace, real: Trained): void {
  if (trace.error) differ(`${file}, run: error`, trace.error.text, null);
  const left = trace.notes.filter(({ kind }) => kind === 'left-out').map(({ text }) => text);
  differ(`${file}, run: statements that were left out`, left, []);
  differ(
    `${file}, run: optimizers`,
    trace.optimizers.map(({ name }) => name),
    real.optimizers.map(({ name }) => name),
  );
  real.optimizers.forEach((optimizer, i) => {
    optimizer.groups.forEach((group, j) => {
      const ours = trace.optimizers[i]?.groups[j];
      if (!ours) return differ(`${file}, run: group ${j} of optimizer ${i}`, null, 'a group');
      differByItem(
        `${file}, run: parameters of group ${j} of optimizer ${i}`,
        ours.parameters.map(tensor => trace.tensors[tensor].shape),
        group.shapes,
      );
      for (const [key, value] of Object.entries(group.options)) {
        if (WITHOUT_MEANING.includes(key)) continue;
        differ(`${file}, run: option ${key}`, plain(ours.options.get(key) ?? null), value);
      }
    });
  });
  const schedules = trace.optimizers.flatMap(each => each.schedules).filter(({ rates }) => rates !== undefined);
  differ(
    `${file}, run: schedules`,
    schedules.map(({ name }) => name),
    real.schedules.map(({ name }) => name),
  );
  real.schedules.forEach(({ rates }, i) => {
    rates.forEach((each, step) => {
      const ours = schedules[i]?.rates?.[step] ?? [];
      const isSame = each.every((rate, j) => Math.abs(rate - ours[j]) <= RATE_TOLERANCE * Math.max(1, rate));
      if (!isSame) differ(`${file}, run: rate at step ${step}`, ours, each);
    });
  });
}

type Results = readonly (readonly [string, unknown])[];

/** Compares results and errors of single expressions. */
async function compareExpressions(real: Results): Promise<void> {
  const source = fs.readFileSync(path.join(process.cwd(), 'test/python/fidelity/expressions.py'), 'utf8');
  const context = await openRuntime();
  const answered = context.run(`${source.slice(0, source.indexOf('if __name__'))}\nmain()`);
  if (!answered.ok) throw new Error(answered.error);
  const ours = JSON.parse(answered.text) as Results;
  real.forEach(([expression, result], i) => differ(expression, ours[i]?.[1], result));
}

async function main(): Promise<void> {
  const [real, expressions] = process.argv
    .slice(2)
    .map(file => JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) as [Real, Results];
  await compareExpressions(expressions);
  const read = await openReader();
  for (const [file, { called, trained }] of Object.entries(real)) {
    const text = fs.readFileSync(path.join(MODELS, file), 'utf8');
    compareCalled(file, read(text), called);
    if (trained) compareTrained(file, read(text.replace('# gradient-health:', '#')), trained);
  }
  const files = Object.keys(real).length;
  console.log(`${files} model files and ${expressions.length} expressions compared, ${differences} differences`);
  process.exit(differences > 0 ? 1 : 0);
}

void main();
