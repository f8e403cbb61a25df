import { composeEdits } from '../../../text/compose-edits';
import { insertItems, type ListItem } from '../edit/list-items';
import { changeValues, removeValue } from '../edit';
import { isMapping, valueOf } from '../edit/source-value';
import type { SourcePath } from '../../../model/model-spec';
import { parseModelFile } from '../parse';
import { nodeAt, nodeIn } from '../source-range';
import type { SourceEntry, SourceDocument } from '../source-document';
import type { Remedy } from '../../text-problem';
import type { Advice } from '../../../model/vocabulary/advice';
import { MODEL_KEYS } from '../../../model/vocabulary/model';
import { DEFAULT_BATCH_SIZE, MAX_LAYERS } from '../../../model/vocabulary/limits';

/** Types of layers of which another one needs the whole sequence. */
const RECURRENT: readonly unknown[] = ['rnn', 'lstm', 'gru'];

/** The change of the text that follows an advice on the entry at `path`; `undefined` where it would be a guess. */
export function remedyOf(
  document: SourceDocument,
  advice: Advice,
  entry: SourceEntry,
  path: SourcePath,
): Remedy | undefined {
  const value = entry.value.kind === 'scalar' ? entry.value.value : undefined;
  switch (advice.remedy) {
    case 'remove':
      return { title: `Remove \`${entry.key}\``, isRemoval: true, edits: removeValue(document, path) };
    case 'copy-layer':
      return typeof value === 'number' ? copyLayer(document, path, value) : undefined;
    case 'count-steps':
      return typeof value === 'number' ? countSteps(document, path, value) : undefined;
    default:
      return undefined;
  }
}

/** Copies stand before the layer, which keeps its name and what reads it; recurrent ones pass the whole sequence on. */
function copyLayer(document: SourceDocument, path: SourcePath, count: number): Remedy | undefined {
  const place = path.slice(0, -1);
  const index = place.at(-1);
  const layer = nodeAt(document, place);
  const value = layer && valueOf(layer);
  const names = ['inputs', 'tied_to'];
  if (
    typeof index !== 'number' ||
    !Number.isInteger(count) ||
    count < 1 ||
    count > MAX_LAYERS ||
    value === undefined ||
    !isMapping(value) ||
    names.some(name => Object.hasOwn(value, name))
  ) {
    return undefined;
  }
  const kept = Object.entries(value).filter(([key]) => key !== path.at(-1) && key !== 'name' && key !== 'output');
  const copy = {
    ...Object.fromEntries(kept),
    ...(RECURRENT.includes(value['type']) ? { output: 'sequence' } : {}),
  } as ListItem;
  const copies = Array.from({ length: count - 1 }, () => copy);
  const edits = composeEdits(document.text, [
    () => removeValue(document, path),
    current => {
      const changed = parseModelFile(current, document.language);
      const list = nodeIn(changed.root, place.slice(0, -1));
      return list?.kind === 'sequence' && copies.length > 0 ? insertItems(changed, list, index - 1, copies) : [];
    },
  ]);
  return { title: count === 1 ? `Remove \`${path.at(-1)}\`` : `Write ${count} layers`, edits };
}

/** Known where the data say how many examples there are and the steps are not given too. */
function countSteps(document: SourceDocument, path: SourcePath, epochs: number): Remedy | undefined {
  const numberAt = (...place: string[]): number | undefined => {
    const node = nodeAt(document, place);
    return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
  };
  const examples = numberAt('data', 'examples');
  const { default: none } = MODEL_KEYS.validation;
  if (examples === undefined || nodeAt(document, ['steps'])) {
    return undefined;
  }
  const trained = examples * (1 - (numberAt('validation') ?? Number(none)));
  const batch = (numberAt('batch_size') ?? DEFAULT_BATCH_SIZE) * (numberAt('gradient_accumulation') ?? 1);
  const steps = Math.max(1, Math.round(epochs * Math.ceil(trained / batch)));
  const edits = changeValues(document, [
    { path, value: undefined },
    { path: ['steps'], value: steps },
  ]);
  return Number.isFinite(steps) ? { title: `Write \`steps: ${steps}\``, edits } : undefined;
}
