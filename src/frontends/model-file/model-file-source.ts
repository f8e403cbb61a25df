import type { Change } from '../../model/change';
import { layersAsWritten } from '../../model/inner-layers';
import type { LayerSpec, ModelSpec, SourcePath } from '../../model/model-spec';
import { isLayerPlace, type BlamedPlace, type Place, type Setting } from '../../model/place';
import { keyOfPart } from '../../model/vocabulary/key-names';
import type { TextEdit, TextRange } from '../../text/text-edit';
import type { NotWritable, ReadingContext, Source } from '../frontend';
import type { TextProblem } from '../text-problem';
import { compileParts } from './compile/compile-parts';
import { isIgnored, readIgnores, type IgnoreComments } from './ignore-comments';
import { ignoreHere, ignoreInFile } from './ignore-edits';
import type { SourceDocument } from './source-document';
import { layerOf } from './source-path';
import { nearestRange, nodeAt, pathAt, rangeAt } from './source-range';
import { writeChanges } from './write/write-changes';

/** A model file as it was read: where each place of its model is written. */
export class ModelFileSource implements Source {
  readonly frontEnd = 'model-file';
  readonly text: string;
  readonly model: ModelSpec | undefined;
  readonly problems: readonly TextProblem[];
  /** As far as their shapes could be followed, also where there is no model. */
  readonly layers: readonly LayerSpec[];
  private readonly ignores: IgnoreComments;
  private readonly sources: ReadonlyMap<string, SourcePath>;

  constructor(
    readonly document: SourceDocument,
    readonly context: ReadingContext,
  ) {
    const { maximumSteps, rules = [] } = context;
    const limits = maximumSteps === undefined ? {} : { maximumSteps };
    const { model, layers, sources, problems } = compileParts(document, limits);
    this.text = document.text;
    this.model = model;
    this.layers = layers;
    this.ignores = rules.length > 0 ? readIgnores(document, rules) : { ignores: [], problems: [] };
    this.problems = [...problems, ...this.ignores.problems].sort((one, other) => one.range.start - other.range.start);
    this.sources = sources;
  }

  rangeOf(place: Place): TextRange {
    const path = this.writtenPath(place);
    const isLayer = nodeAt(this.document, path)?.kind === 'mapping' && layerOf(path)?.length === path.length;
    const parts = [
      ...(isLayer ? [rangeAt(this.document, [...path, 'type'], 'entry')] : []),
      rangeAt(this.document, path, 'entry'),
      rangeAt(this.document, path, 'key'),
    ];
    const onOneLine = parts.find(range => range && !this.text.slice(range.start, range.end).includes('\n'));
    return onOneLine ?? this.firstLineOf(nearestRange(this.document, path, 'key'));
  }

  extentOf(place: Place): TextRange {
    const path = this.writtenPath(place);
    return rangeAt(this.document, layerOf(path) ?? path, 'entry') ?? this.rangeOf(place);
  }

  isWritten(place: Place): boolean {
    return nodeAt(this.document, this.pathOf(place)) !== undefined;
  }

  placeAt(offset: number): Place | undefined {
    const { path } = pathAt(this.document, offset);
    const source = layerOf(path);
    if (source) {
      const layer = [...this.sources].find(([, other]) => String(other) === String(source));
      return layer && { layer: layer[0] };
    }
    const [key] = path;
    const setting = SETTINGS.find(each => keyOfPart(each) === key);
    return setting && { setting };
  }

  isIgnored(rule: string, place: Place): boolean {
    return isIgnored(this.ignores, rule, this.writtenPath(place));
  }

  ignore(rule: string, place?: Place): TextEdit | undefined {
    const { rules = [] } = this.context;
    if (!place) return ignoreInFile(this.document, rule, rules);
    return this.model && ignoreHere(this.document, this.writtenPath(place), rule, rules);
  }

  write(changes: readonly Change[]): readonly TextEdit[] | NotWritable {
    return writeChanges(this, changes);
  }

  /** Where the file has the layer of this path; several layers that one entry stands for share its place. */
  sourceOf(layer: string): SourcePath | undefined {
    return this.sources.get(layer);
  }

  /** Where the file has or would have the key of a layer that has an entry of its own. */
  keyPath({ path }: LayerSpec, ...key: readonly string[]): SourcePath {
    return [...this.sources.get(path)!, ...key];
  }

  /** Where the place is written, or would be. */
  pathOf(place: Place): SourcePath {
    if (isLayerPlace(place)) {
      const source = this.sources.get(place.layer) ?? ['layers'];
      return place.part === undefined ? source : [...source, keyOfPart(place.part, this.typeOf(place.layer))];
    }
    const setting = keyOfPart(place.setting);
    return place.part === undefined ? [setting] : [setting, keyOfPart(place.part)];
  }

  /** Where what training blames is written, or would be. */
  pathOfBlamed(place: BlamedPlace): SourcePath {
    return 'layer' in place ? this.pathOf(place) : place;
  }

  /** As `pathOf`, but what is around the place where it is left to its default, and the first layer at the last. */
  writtenPath(place: Place): SourcePath {
    const path = this.pathOf(place);
    const least = isLayerPlace(place) ? (this.sources.get(place.layer) ?? []).length : 1;
    for (let length = path.length; length >= least; length--) {
      const written = path.slice(0, length);
      if (nodeAt(this.document, written)) return written;
    }
    return isLayerPlace(place) ? path.slice(0, least) : ['layers', 0];
  }

  /** The type of the layer of this path. */
  typeOf(layer: string): string | undefined {
    return layersAsWritten(this.layers).find(({ path }) => path === layer)?.type;
  }

  private firstLineOf(range: TextRange): TextRange {
    const lineEnd = this.text.indexOf('\n', range.start);
    return { start: range.start, end: lineEnd < 0 ? range.end : Math.min(range.end, lineEnd) };
  }
}

/** Every setting by its name, so that none is forgotten. */
const SETTINGS = Object.keys({
  name: 0,
  input: 0,
  loss: 0,
  data: 0,
  optimizer: 0,
  schedule: 0,
  clip: 0,
  regularization: 0,
  batchSize: 0,
  gradientAccumulation: 0,
  steps: 0,
  validation: 0,
  seed: 0,
} satisfies Record<Setting, 0>) as readonly Setting[];
