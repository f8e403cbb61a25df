import type { SourceNode } from '../source-document';
import { MAX_NAME_LENGTH } from '../../../model/vocabulary/limits';
import { report, type Compilation } from './compilation';

/**
 * The name of every layer of one list: its own, or one made from its type and its number among the layers of that type
 * (`dense1`), skipping names that are taken. `undefined` where a name has a problem, which is reported.
 */
export function nameLayers(
  compilation: Compilation,
  items: readonly SourceNode[],
  insideResidual: boolean,
): readonly (string | undefined)[] {
  const given = items.map(item => scalarOf(item, 'name'));
  const taken = new Set<string>();
  const sound = given.map(entry => {
    if (entry === undefined || typeof entry.value !== 'string') {
      return true;
    }
    const wrong = problemOfName(entry.value, taken, insideResidual);
    taken.add(entry.value);
    if (wrong) {
      report(compilation, wrong.code, wrong.message, entry.range);
    }
    return wrong === undefined;
  });
  const counts = new Map<string, number>();
  return items.map((item, index) => {
    const type = scalarOf(item, 'type')?.value;
    const kind = typeof type === 'string' ? type : 'layer';
    let number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const own = given[index]?.value;
    if (typeof own === 'string') {
      return sound[index] === true ? own : undefined;
    }
    while (taken.has(`${kind}${number}`)) {
      number += 1;
    }
    taken.add(`${kind}${number}`);
    return `${kind}${number}`;
  });
}

function problemOfName(
  name: string,
  taken: ReadonlySet<string>,
  insideResidual: boolean,
): { code: string; message: string } | undefined {
  if (name.includes('.')) {
    return {
      code: 'bad-name',
      message:
        `A layer name may not contain a dot, since dots join names of nested layers; write ` +
        `\`${name.replaceAll('.', '-')}\`.`,
    };
  }
  if (name.length > MAX_NAME_LENGTH) {
    return {
      code: 'bad-name',
      message: `A layer name may have at most ${MAX_NAME_LENGTH} characters, but this one has ` + `${name.length}.`,
    };
  }
  if (insideResidual && name === 'shortcut') {
    return {
      code: 'bad-name',
      message: 'Inside a residual, `shortcut` is the name of its other way; give this layer another ' + 'name.',
    };
  }
  return taken.has(name)
    ? {
        code: 'duplicate-name',
        message: `Another layer beside this one is already named \`${name}\`; give each its own name.`,
      }
    : undefined;
}

function scalarOf(item: SourceNode, key: string): Extract<SourceNode, { kind: 'scalar' }> | undefined {
  const value = item.kind === 'mapping' ? item.entries.find(entry => entry.key === key)?.value : undefined;
  return value?.kind === 'scalar' ? value : undefined;
}
