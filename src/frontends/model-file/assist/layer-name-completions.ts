import { nameLayers } from '../compile/layer-names';
import { MODEL_INPUT_NAME } from '../compile/layer-references';
import { formatText } from '../edit/format-value';
import type { SourcePath } from '../../../model/model-spec';
import { ProblemList } from '../parse/problem-list';
import { inlineCode, oneLine, snippetText } from '../../../text/plain-text';
import { nodeIn } from '../source-range';
import type { SourceNode } from '../source-document';
import type { Proposal } from './completion';
import type { Cursor } from './cursor';

/** A layer that may be named at some place of the file. */
interface Named {
  readonly name: string;
  readonly type: string;
}

/** Types whose weights a layer of some type may use besides its own. */
const ALSO_TIED: Readonly<Record<string, readonly string[]>> = { dense: ['embedding'] };
const JOINS: readonly string[] = ['add', 'multiply', 'concatenate'];

/** The layers that `inputs` (and `input`) or `tied_to` may name at the cursor, the nearest first. */
export function layerNameProposals(cursor: Cursor, kind: 'layer-names' | 'layer-name'): readonly Proposal[] {
  const { root, path } = cursor;
  const at = placeOfLayer(path);
  const type = typeOf(nodeIn(root, path.slice(0, at + 1)));
  const earlier = earlierLayers(root, path.slice(0, at + 1));
  const fitting =
    kind === 'layer-names'
      ? [...earlier, { name: MODEL_INPUT_NAME, type: 'the input of the model' }]
      : earlier.filter(layer => layer.type === type || ALSO_TIED[type]?.includes(layer.type));
  const asList = cursor.position === 'value' && kind === 'layer-names' && JOINS.includes(type);
  return fitting.map(({ name, type: typeOfNamed }) => {
    const text = formatText(name, false);
    const shown = `${inlineCode(name)} (${inlineCode(typeOfNamed)})`;
    return {
      label: oneLine(name),
      detail: oneLine(typeOfNamed),
      documentation: kind === 'layer-names' ? `Reads ${shown}.` : `Uses the weights of ${shown}.`,
      insertText: asList ? `[${snippetText(text)}, \${1:${MODEL_INPUT_NAME}}]` : text,
      kind: asList ? 'snippet' : 'value',
    };
  });
}

/** Where in a path the index of the innermost layer stands. */
function placeOfLayer(path: SourcePath): number {
  return path.findLastIndex((step, index) => typeof step === 'number' && isList(path[index - 1]));
}

function isList(step: string | number | undefined): boolean {
  return step === 'layers' || step === 'shortcut';
}

/** Layers that are complete before the one at `path`, as it can name them. */
function earlierLayers(root: SourceNode, path: SourcePath): readonly Named[] {
  const index = path.at(-1);
  const list = nodeIn(root, path.slice(0, -1));
  if (typeof index !== 'number' || list?.kind !== 'sequence') {
    return [];
  }
  const beside = namesOf(list.items)
    .slice(0, index)
    .toReversed()
    .flatMap(({ named, item }) => [named, ...insideOf(named, item)]);
  const parent = path.slice(0, -2);
  const container = nodeIn(root, parent);
  // What stands on the shortcut comes after the layers of its residual.
  const residual = path.at(-2) === 'shortcut' ? insideOf(undefined, container) : [];
  return [...beside, ...residual, ...(typeof parent.at(-1) === 'number' ? earlierLayers(root, parent) : [])];
}

/** Layers inside a residual, by their names from outside it (from inside where it is not named). */
function insideOf(outer: Named | undefined, item: SourceNode | undefined): readonly Named[] {
  const inner = item?.kind === 'mapping' ? item.entries.find(({ key }) => key === 'layers')?.value : undefined;
  if (inner?.kind !== 'sequence') {
    return [];
  }
  const prefix = outer === undefined ? '' : `${outer.name}.`;
  return namesOf(inner.items)
    .toReversed()
    .flatMap(({ named, item: each }) => {
      const own = { ...named, name: `${prefix}${named.name}` };
      return [own, ...insideOf(own, each)];
    });
}

function namesOf(items: readonly SourceNode[]): readonly { readonly named: Named; readonly item: SourceNode }[] {
  // Problems of names are told by the compiler; here only the names matter.
  const document = { text: '', language: 'yaml', root: undefined, problems: [], foreignNames: [] } as const;
  return nameLayers({ document, problems: new ProblemList(0) }, items, false).flatMap((name, index) => {
    const item = items[index];
    return name === undefined ? [] : [{ named: { name, type: typeOf(item) }, item }];
  });
}

function typeOf(node: SourceNode | undefined): string {
  const type = node?.kind === 'mapping' ? node.entries.find(({ key }) => key === 'type')?.value : undefined;
  return type?.kind === 'scalar' ? String(type.value) : '';
}
