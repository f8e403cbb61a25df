/** Sources as model files, for what works on their keys: completion, hover, names and comments. */
import type { BlamedPlace } from '../../model/place';
import type { TextRange } from '../../text/text-edit';
import type { Source } from '../frontend';
import { ModelFileSource } from './model-file-source';
import { nearestRange } from './source-range';

/** The source of a model file; `undefined` for any other. The only place that asks. */
export function asModelFile(source: Source): ModelFileSource | undefined {
  return source instanceof ModelFileSource ? source : undefined;
}

/** Where a place that training names is written, or what is around it; in a text that is no model file, the data. */
export function rangeOfPath(source: Source, path: BlamedPlace): TextRange {
  const file = asModelFile(source);
  return file ? nearestRange(file.document, file.pathOfBlamed(path)) : source.rangeOf({ setting: 'data' });
}
