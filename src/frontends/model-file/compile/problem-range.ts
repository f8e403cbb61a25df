import { isLayerPlace, type LayerPlace, type Setting, type SettingPlace } from '../../../model/place';
import type { ModelProblem } from '../../../model/problem';
import { keyOfPart } from '../../../model/vocabulary/key-names';
import type { TextRange } from '../../../text/text-edit';
import type { SourceDocument } from '../source-document';
import { nearestRange, rangeAt } from '../source-range';
import { readLayerAt, sourceOf, type DraftedLayers } from './draft-layers';
import { rangeOfLayer } from './read-layers';

/** Where a problem of a model is shown in its file. */
export function rangeOfProblem(document: SourceDocument, drafted: DraftedLayers, problem: ModelProblem): TextRange {
  const { at } = problem;
  return isLayerPlace(at) ? layerRange(document, drafted, at, problem.code) : settingRange(document, drafted, at);
}

/** The value of the part, or its key where it must not stand there; the layer's type where the file does not have it. */
function layerRange(
  document: SourceDocument,
  drafted: DraftedLayers,
  { layer, part }: LayerPlace,
  code: string,
): TextRange {
  const read = readLayerAt(drafted, layer);
  if (!read) return nearestRange(document, ['layers']);
  if (part === undefined) return rangeOfLayer(read);
  const path = [...read.source, keyOfPart(part, read.values.type)];
  if (code === 'tied-key') return rangeAt(document, path, 'key') ?? rangeOfLayer(read);
  // Of an initializer, the bound that is out of order.
  return rangeAt(document, [...path, 'maximum']) ?? rangeAt(document, path) ?? rangeOfLayer(read);
}

/** Settings that must fit the output, which is the last layer's. */
const FITTING: ReadonlySet<Setting> = new Set<Setting>(['loss', 'data', 'input']);

/**
 * The part of the setting, or its type; where the file has neither, the last layer's type if its output does not fit, else
 * what is around it.
 */
function settingRange(document: SourceDocument, drafted: DraftedLayers, { setting, part }: SettingPlace): TextRange {
  const whole = [keyOfPart(setting)];
  const path = part === undefined ? whole : [...whole, keyOfPart(part)];
  const last = FITTING.has(setting) ? drafted.layers.at(-1) : undefined;
  const fallback = last ? [[...sourceOf(drafted, last.path), 'type']] : [];
  const ranges = [path, [...whole, 'type'], whole, ...fallback].map(each => rangeAt(document, each));
  const [own, type, ...others] = ranges;
  // The whole of a mapping is named by its type.
  const ordered = part === undefined ? [type, own, ...others] : ranges;
  return ordered.find(range => range !== undefined) ?? nearestRange(document, path);
}
