import { OTHER_FORMAT } from '../foreign/other-formats';
import type { InputSpec, LayerSpec, ModelSpec, SourcePath } from '../../../model/model-spec';
import { layersAsWritten } from '../../../model/inner-layers';
import { resolveModel, type ResolveLimits } from '../../../model/resolve/resolve-model';
import { MAX_PROBLEMS } from '../parse/parse-limits';
import { ProblemList } from '../parse/problem-list';
import type { SourceDocument } from '../source-document';
import type { TextProblem } from '../../text-problem';
import { IGNORED_KEY_PREFIX, MODEL_KEYS, SCHEMA_KEY } from '../../../model/vocabulary/model';
import { report, warn, type Compilation, type MappingNode } from './compilation';
import { draftLayers, sourceOf, type DraftedLayers } from './draft-layers';
import { draftSettings } from './draft-settings';
import { findReferences } from './layer-references';
import { rangeOfProblem } from './problem-range';
import { readInput } from './read-input';
import { readLayers } from './read-layers';
import { readMapping } from './read-mapping';

/** A compiled file; `layers` are those whose shapes could be followed, even where there is no model. */
export interface CompiledParts {
  readonly model: ModelSpec | undefined;
  readonly layers: readonly LayerSpec[];
  /** Where each of the layers is written, by its path; those of a transformer block where the block is. */
  readonly sources: ReadonlyMap<string, SourcePath>;
  readonly problems: readonly TextProblem[];
}

/** How much a model may ask for, where that is less than what can be trained at all. */
export type CompileLimits = ResolveLimits;

/** Compiles a parsed file; see `compileModel`. */
export function compileParts(document: SourceDocument, limits: CompileLimits = {}): CompiledParts {
  const { root } = document;
  // After an error of syntax the tree is a guess, and problems found in it would be noise; so would those of a file of
  // another kind.
  if (root?.kind !== 'mapping' || document.problems.some(({ code }) => code === 'syntax' || code === OTHER_FORMAT)) {
    return { model: undefined, layers: [], sources: new Map(), problems: document.problems };
  }
  const compilation: Compilation = { document, problems: new ProblemList(MAX_PROBLEMS, document.problems) };
  const values = readMapping(compilation, root, MODEL_KEYS, {
    place: 'the model',
    path: [],
    noun: 'model',
    skip: key => key === SCHEMA_KEY || key.startsWith(IGNORED_KEY_PREFIX),
  });
  const settings = values && draftSettings(document, values);
  const { input, drafted } = draftModel(compilation, root);
  const { model, layers, problems: found } = resolveModel({ input, layers: drafted.layers, settings }, limits);
  for (const problem of found) {
    const { code, severity, message } = problem;
    (severity === 'error' ? report : warn)(compilation, code, message, rangeOfProblem(document, drafted, problem));
  }
  const problems = compilation.problems.all.toSorted((one, other) => one.range.start - other.range.start);
  const sources = new Map(layersAsWritten(layers).map(({ path }) => [path, sourceOf(drafted, path)]));
  const hasError = problems.some(({ severity }) => severity === 'error');
  return { model: hasError ? undefined : model, layers, sources, problems };
}

function draftModel(
  compilation: Compilation,
  root: MappingNode,
): { readonly input: InputSpec | undefined; readonly drafted: DraftedLayers } {
  const inputNode = root.entries.find(({ key }) => key === 'input')?.value;
  const layersNode = root.entries.find(({ key }) => key === 'layers')?.value;
  const empty = inputNode?.kind === 'scalar' && inputNode.value === null;
  const input = inputNode && !empty ? readInput(compilation, inputNode) : undefined;
  const read = layersNode && readLayers(compilation, layersNode, ['layers']);
  return { input, drafted: draftLayers(read?.layers ?? [], read && findReferences(compilation, read)) };
}
