import type { ModelSpec, Seq2SeqSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { decodeText, type NamedBytes } from './given-files';
import type { Dataset } from './dataset';
import { PADDING } from './padding';
import { checkSize } from './size-limit';
import { buildVocabulary, rareText, tokensOf, type TokenKind } from './tokens';

const BEGIN = 1;
const END = 2;
const RARE = 3;
const FIRST = 4;

interface Pair {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/**
 * Sentences and their translations for a `seq2seq` layer, one pair a line, a tab between them; what follows a second
 * tab is left out (the files of Tatoeba have their source there). Both languages share one vocabulary: 0 padding, 1
 * begin, 2 end, 3 any rare token, the others from 4 by their frequency. A source is padded on its left, so that the
 * encoder ends on its last token; the decoder reads "begin" and the translation, and must answer the translation and
 * "end"; what is left is padding, which neither loss nor accuracy count (PyTorch's `ignore_index`). Longer sentences
 * are cut; how many is told in the description.
 * @throws TrainingError that names the line that is no pair.
 */
export function sentencePairs(
  model: ModelSpec,
  settings: { readonly tokens: TokenKind },
  file: NamedBytes,
  limitBytes: number,
): Dataset {
  const { input } = model;
  const last = model.layers.at(-1);
  if (input.kind !== 'tokens' || last?.type !== 'seq2seq' || model.loss.type !== 'cross-entropy') {
    throw new TrainingError(
      '"sentence-pairs" needs token ids as input, "seq2seq" as the last layer, and cross-entropy.',
      ['data'],
    );
  }
  if (input.vocabulary <= FIRST) {
    throw new TrainingError(
      `"sentence-pairs" needs ${FIRST + 1} or more "tokens", of which ${FIRST} have a meaning of their own.`,
      ['input'],
    );
  }
  const lines = decodeText(file).split(/\r?\n/);
  const examples = lines.reduce((sum, line) => sum + (line.trim() === '' ? 0 : 1), 0);
  if (examples < 2)
    throw new TrainingError(`"${file.name}" has ${examples} lines; 2 or more pairs are needed.`, file.source);
  checkSize(model, examples, limitBytes, 'use fewer lines', file.source);
  const pairs = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [readPair(line, index + 1, settings.tokens, file)],
  );
  return encode(pairs, input, last, settings.tokens, file.name);
}

function readPair(line: string, number: number, kind: TokenKind, { name, source }: NamedBytes): Pair {
  const [first = '', second = ''] = line.split('\t');
  const pair = { source: tokensOf(first.trim(), kind), target: tokensOf(second.trim(), kind) };
  if (pair.source.length > 0 && pair.target.length > 0) return pair;
  const reason = line.includes('\t')
    ? 'one side of the tab is empty'
    : 'there is no tab between a sentence and its translation';
  throw new TrainingError(`"${name}", line ${number}: ${reason}.`, source);
}

function encode(
  pairs: readonly Pair[],
  input: { readonly vocabulary: number; readonly length: number },
  { targetLength }: Seq2SeqSpec,
  kind: TokenKind,
  name: string,
): Dataset {
  const vocabulary = buildVocabulary(
    take => {
      for (const { source, target } of pairs) [source, target].forEach(tokens => tokens.forEach(take));
    },
    input.vocabulary,
    FIRST,
    RARE,
  );
  const sourceLength = input.length - targetLength;
  const inputs = new Int32Array(pairs.length * input.length).fill(PADDING);
  const targets = new Int32Array(pairs.length * targetLength).fill(PADDING);
  let cut = 0;
  pairs.forEach(({ source, target }, example) => {
    if (source.length > sourceLength || target.length >= targetLength) cut++;
    const kept = source.slice(0, sourceLength);
    const start = example * input.length;
    const decoder = start + sourceLength;
    kept.forEach((token, i) => (inputs[decoder - kept.length + i] = vocabulary.idOf(token)));
    inputs[decoder] = BEGIN;
    target.slice(0, targetLength).forEach((token, i) => {
      targets[example * targetLength + i] = vocabulary.idOf(token);
      if (i + 1 < targetLength) inputs[decoder + i + 1] = vocabulary.idOf(token);
    });
    if (target.length < targetLength) targets[example * targetLength + target.length] = END;
  });
  return {
    examples: pairs.length,
    inputs,
    inputSize: input.length,
    targets,
    targetSize: targetLength,
    description:
      `${pairs.length} sentence pairs of ${name}, ${vocabulary.different} different ${kind}${rareText(vocabulary)}` +
      (cut > 0 ? `, ${cut} pairs cut to ${sourceLength} and ${targetLength}` : ''),
  };
}
