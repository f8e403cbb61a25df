import { compileParts, type CompileLimits } from './compile/compile-parts';
import type { ModelSpec } from '../../model/model-spec';
import type { SourceDocument } from './source-document';
import type { TextProblem } from '../text-problem';

/**
 * Compiles a parsed model file: every key checked against the vocabulary, defaults filled in, the shape of every layer
 * followed, a loss and a task chosen where the file names none. `problems` holds those of the document too, in the
 * order of the text; `model` is `undefined` exactly when one of them is an error, so that nothing is ever half-trained.
 * `limits` are those of the user's settings.
 */
export function compileModel(
  document: SourceDocument,
  limits: CompileLimits = {},
): {
  readonly model: ModelSpec | undefined;
  readonly problems: readonly TextProblem[];
} {
  const { model, problems } = compileParts(document, limits);
  return { model, problems };
}
