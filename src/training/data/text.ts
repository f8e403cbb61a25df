import type { ModelSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { decodeText, type NamedBytes } from './given-files';
import type { Dataset } from './dataset';
import { checkSize } from './size-limit';
import { targetOf } from './target';
import { buildVocabulary, eachToken, rareText, type TokenKind } from './tokens';

/** Id of every token that is too rare for one of its own. */
const RARE = 0;

/**
 * A language model's examples: the text is cut into pieces of the input's length, one after another; the target is the
 * next token at each step, or, of a model with one output, the token after the piece. Id 0 stands for tokens too rare
 * for the input's vocabulary, the others follow from 1 by their frequency. The end of the text that fills no piece is
 * left out.
 * @throws TrainingError where the text gives fewer than two examples or takes too much memory.
 */
export function text(
  model: ModelSpec,
  settings: { readonly tokens: TokenKind },
  file: NamedBytes,
  limitBytes: number,
): Dataset {
  const { input } = model;
  const target = targetOf(model);
  if (input.kind !== 'tokens' || target.kind !== 'classes' || ![1, input.length].includes(target.positions)) {
    throw new TrainingError(
      '"text" needs token ids as input and a score for each token as output, with cross-entropy.',
      ['data'],
    );
  }
  const content = decodeText(file).replaceAll('\r\n', '\n');
  const each = (take: (token: string) => void): void => eachToken(content, settings.tokens, take);
  const vocabulary = buildVocabulary(each, input.vocabulary, RARE + 1, RARE);
  const { count } = vocabulary;
  const { length } = input;
  const examples = Math.floor((count - 1) / length);
  if (examples < 2) {
    throw new TrainingError(
      `"${file.name}" has ${count} ${settings.tokens}, too few for two examples of ${length}; use a longer text or lower "length".`,
      file.source,
    );
  }
  checkSize(model, examples, limitBytes, 'use a shorter text', file.source);
  const ids = new Int32Array(examples * length + 1);
  let position = 0;
  // What is written behind the end of the array, the tokens that fill no piece, is lost.
  each(token => (ids[position++] = vocabulary.idOf(token)));
  const everyStep = target.positions > 1;
  return {
    examples,
    inputs: ids.subarray(0, examples * length),
    inputSize: length,
    targets:
      everyStep || length === 1
        ? ids.subarray(1)
        : Int32Array.from({ length: examples }, (_, i) => ids[(i + 1) * length]),
    targetSize: target.positions,
    description:
      `next of ${vocabulary.different} different ${settings.tokens} of ${file.name}, ${examples} pieces of ${length}` +
      rareText(vocabulary),
  };
}
