/** Where a finding of an earlier text stands in the present one, if what it speaks of is still the same. */
import { layerOf } from '../../frontends/model-file/source-path';
import type { SourcePath } from '../../model/model-spec';
import { nearestRange, nodeAt, rangeAt } from '../../frontends/model-file/source-range';
import type { SourceNode, SourceDocument } from '../../frontends/model-file/source-document';
import type { TextRange } from '../../text/text-edit';

/** Keys beside the layers that decide how gradients fare: a finding does not outlive a change of one of them. */
const TRAINING_KEYS = [
  'input',
  'loss',
  'data',
  'optimizer',
  'schedule',
  'clip',
  'regularization',
  'batch_size',
] as const;

/**
 * The path in `now` of the place that `path` names in `before`. A place inside a layer follows its layer, wherever that
 * has moved, as long as the layer says the same; any other stays where it is. `undefined` when the layer, or a key that
 * decides the training, says something else or is gone: then nobody knows whether the finding still holds. Comments and
 * layout say nothing.
 */
export function placeFinding(before: SourceDocument, now: SourceDocument, path: SourcePath): SourcePath | undefined {
  if (before.text === now.text) return path;
  if (TRAINING_KEYS.some(key => meaning(nodeAt(before, [key])) !== meaning(nodeAt(now, [key])))) return undefined;
  const owner = layerOf(path);
  if (!owner) return meaning(nodeAt(before, path)) === meaning(nodeAt(now, path)) ? path : undefined;
  const moved = findLayer(before, now, owner);
  return moved && [...moved, ...path.slice(owner.length)];
}

/** Whether two texts describe the same model and training, whatever their comments and layout. */
export function meansTheSame(one: SourceDocument, other: SourceDocument): boolean {
  return one.text === other.text || meaning(one.root) === meaning(other.root);
}

/** The smallest range that points at `path` and stays on one line: its key and value, of a layer its type. */
export function findingRange(document: SourceDocument, path: SourcePath): TextRange {
  const parts = [
    ...(nodeAt(document, path)?.kind === 'mapping' && layerOf(path)?.length === path.length
      ? [rangeAt(document, [...path, 'type'], 'entry')]
      : []),
    rangeAt(document, path, 'entry'),
    rangeAt(document, path, 'key'),
  ];
  const onOneLine = parts.find(range => range && !document.text.slice(range.start, range.end).includes('\n'));
  return onOneLine ?? firstLineOf(document, nearestRange(document, path, 'key'));
}

function firstLineOf(document: SourceDocument, range: TextRange): TextRange {
  const lineEnd = document.text.indexOf('\n', range.start);
  return { start: range.start, end: lineEnd < 0 ? range.end : Math.min(range.end, lineEnd) };
}

function findLayer(before: SourceDocument, now: SourceDocument, path: SourcePath): SourcePath | undefined {
  const wanted = meaning(nodeAt(before, path));
  const same = (document: SourceDocument): SourcePath[] =>
    layerPaths(document).filter(other => meaning(nodeAt(document, other)) === wanted);
  const [earlier, candidates] = [same(before), same(now)];
  // Twins keep their order; where one was added or removed, the text around tells which one this is.
  const rank = earlier.findIndex(other => equalPaths(other, path));
  if (earlier.length === candidates.length) return candidates[rank];
  const expected = movedStart(before.text, now.text, rangeAt(before, path) ?? { start: 0, end: 0 });
  const distance = (candidate: SourcePath): number => Math.abs((rangeAt(now, candidate)?.start ?? 0) - expected);
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Where the start of `range` goes when all that changed between two texts is taken as one replacement. */
function movedStart(before: string, now: string, range: TextRange): number {
  const shorter = Math.min(before.length, now.length);
  let prefix = 0;
  while (prefix < shorter && before[prefix] === now[prefix]) prefix++;
  return range.end <= prefix ? range.start : range.start + now.length - before.length;
}

/** Paths of all layers in the order of the text, those inside residuals after the residual itself. */
function layerPaths(document: SourceDocument, parent: SourcePath = []): SourcePath[] {
  return ['layers', 'shortcut'].flatMap(key => {
    const list = nodeAt(document, [...parent, key]);
    if (list?.kind !== 'sequence') return [];
    return list.items.flatMap((_, index) => [
      [...parent, key, index],
      ...layerPaths(document, [...parent, key, index]),
    ]);
  });
}

function equalPaths(one: SourcePath, other: SourcePath): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

/** What a value says, whatever its layout, its comments and the order of its keys. */
function meaning(node: SourceNode | undefined): string {
  switch (node?.kind) {
    case undefined:
      return '';
    case 'scalar':
      return JSON.stringify(node.value);
    case 'sequence':
      return `[${node.items.map(meaning).join()}]`;
    case 'mapping':
      return `{${node.entries
        .map(({ key, value }) => `${JSON.stringify(key)}:${meaning(value)}`)
        .sort()
        .join()}}`;
  }
}
