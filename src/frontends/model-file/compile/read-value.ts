import type { SourcePath } from '../../../model/model-spec';
import { MAX_INPUTS } from '../parse/parse-limits';
import { listRelevant, nearestName } from '../../../model/vocabulary/nearest-name';
import type { SourceNode } from '../source-document';
import type { TextRange } from '../../../text/text-edit';
import { describeExpected } from '../../../model/vocabulary/describe-kind';
import type { Choice, Key, NumberRange, ValueKind } from '../../../model/vocabulary/key';
import { numberProblem } from '../../../model/vocabulary/value-problem';
import { NAME_SYNONYMS } from '../../../model/vocabulary/synonyms';
import { report, reportWord, wantsWord, type Compilation } from './compilation';
import { describeFound } from './describe-found';
import { readMapping } from './read-mapping';
import { readVariant } from './read-variant';

/** A key of the file and what stands after it. */
export interface Given {
  readonly name: string;
  readonly key: Key;
  readonly node: SourceNode;
  readonly path: SourcePath;
  /** Where the absence of a value is shown. */
  readonly keyRange: TextRange;
}

/**
 * Reads one value. `undefined`: it has a problem, which is reported. Shapes and lists of layers come back as their
 * node.
 */
export function readValue(compilation: Compilation, given: Given): unknown {
  const { key, node, path, name } = given;
  const { value } = key;
  if (
    (value.kind === 'number' || value.kind === 'sizes') &&
    value.word &&
    node.kind === 'scalar' &&
    node.value === value.word.name
  ) {
    return value.word.name;
  }
  if (node.kind === 'scalar' && node.value === null) {
    report(
      compilation,
      'missing-value',
      `\`${name}\` has no value; it must be ${describeExpected(value)}.`,
      given.keyRange,
    );
    return undefined;
  }
  switch (value.kind) {
    case 'number':
      return readNumber(compilation, given, value);
    case 'pair':
      return readPair(compilation, given, value);
    case 'sizes':
      return node.kind === 'sequence' ? readSizes(compilation, given, value) : readNumber(compilation, given, value);
    case 'integers':
      return readNumbers(compilation, given, { ...value, whole: true });
    case 'numbers':
      return node.kind === 'sequence'
        ? readNumbers(compilation, given, value)
        : readWord(compilation, given, value.words);
    case 'layer-names':
    case 'column-names':
      return readNames(compilation, given);
    case 'boolean':
      return readBoolean(compilation, given);
    case 'layer-name':
    case 'column-name':
    case 'text':
      return readText(compilation, given);
    case 'choice':
      return readChoice(compilation, given, value);
    case 'variant':
      return readVariant(compilation, value.family(), name, node, path);
    case 'group':
      return node.kind === 'mapping'
        ? readMapping(compilation, node, value.keys, { place: `\`${name}\``, path })
        : refuse(compilation, given);
    case 'input':
      return node;
    case 'layers':
      return node.kind === 'sequence' ? node : refuse(compilation, given);
  }
}

function refuse(compilation: Compilation, { name, key, node }: Given, hint = ''): undefined {
  report(
    compilation,
    'wrong-type',
    `\`${name}\` must be ${describeExpected(key.value)}, but is ${describeFound(node)}${hint}.`,
    node.range,
  );
  return undefined;
}

function readNumber(
  compilation: Compilation,
  given: Given,
  value: Extract<ValueKind, { kind: 'number' | 'sizes' }>,
): number | undefined {
  const { node, name } = given;
  if (node.kind !== 'scalar' || typeof node.value !== 'number') {
    return refuseNumber(compilation, given);
  }
  const wrong = numberProblem(node.value, { ...value, whole: value.kind === 'sizes' || value.whole });
  if (wrong !== undefined) {
    report(compilation, wrong, `\`${name}\` must be ${describeExpected(value)}, but is ${node.value}.`, node.range);
    return undefined;
  }
  return node.value;
}

/** Text that looks like a number, or was meant as one, gets the number as a suggestion. */
function refuseNumber(compilation: Compilation, given: Given): undefined {
  const { name, key, node } = given;
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.trim().replaceAll('_', '') : '';
  const meant = text === '' ? NaN : Number(text);
  if (!Number.isFinite(meant)) {
    return refuse(compilation, given);
  }
  const message =
    `\`${name}\` must be ${describeExpected(key.value)}, but is the text ${describeFound(node)}; write ${text} ` +
    `without quotes or underscores.`;
  compilation.problems.add({ code: 'wrong-type', severity: 'error', message, range: node.range, suggestion: text });
  return undefined;
}

function readPair(compilation: Compilation, given: Given, range: NumberRange): readonly [number, number] | undefined {
  const { node, name, key } = given;
  const items = node.kind === 'sequence' ? node.items : [];
  const numbers = items.map(item => (item.kind === 'scalar' ? item.value : null));
  const [first, second] = numbers;
  if (numbers.length !== 2 || typeof first !== 'number' || typeof second !== 'number') {
    return refuse(compilation, given);
  }
  const wrong = items.find((_, index) => numberProblem(numbers[index] as number, range) !== undefined);
  if (wrong) {
    report(
      compilation,
      'out-of-range',
      `\`${name}\` must be ${describeExpected(key.value)}, but one is ` + `${describeFound(wrong)}.`,
      wrong.range,
    );
    return undefined;
  }
  return [first, second];
}

function readSizes(compilation: Compilation, given: Given, range: NumberRange): readonly [number, number] | undefined {
  const pair = readPair(compilation, given, range);
  return pair?.every(Number.isInteger) === false ? refuse(compilation, given) : pair;
}

function readNumbers(
  compilation: Compilation,
  given: Given,
  range: NumberRange & { readonly whole?: boolean },
): readonly number[] | undefined {
  const { node, name, key } = given;
  if (node.kind !== 'sequence' || node.items.length === 0) {
    return refuse(compilation, given);
  }
  const numbers = node.items.map(item => (item.kind === 'scalar' && typeof item.value === 'number' ? item.value : NaN));
  const wrong = numbers.map(number => numberProblem(number, range));
  const at = wrong.findIndex(problem => problem !== undefined);
  if (at >= 0) {
    const found = node.items[at];
    report(
      compilation,
      wrong[at]!,
      `\`${name}\` must be ${describeExpected(key.value)}, but one is ${describeFound(found)}.`,
      found.range,
    );
    return undefined;
  }
  return numbers;
}

/** A word that stands in place of numbers. */
function readWord(compilation: Compilation, given: Given, words: readonly Choice[]): string | undefined {
  const { node } = given;
  const names = words.map(word => word.name);
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    if (!names.includes(node.value) && !wantsWord(compilation, 'unknown-name', node.range)) {
      return undefined;
    }
    const near = names.includes(node.value) ? node.value : nearestName(node.value, names);
    if (near === node.value) {
      return near;
    }
    if (near !== undefined) {
      const message = `\`${given.name}\` must be ${describeExpected(given.key.value)}; did you mean \`${near}\`?`;
      reportWord(compilation, 'unknown-name', message, node.range, near);
      return undefined;
    }
  }
  return refuse(compilation, given);
}

function readNames(compilation: Compilation, given: Given): readonly string[] | undefined {
  const { node } = given;
  const items = node.kind === 'sequence' ? node.items : [node];
  if (items.length > MAX_INPUTS) {
    const message = `\`${given.name}\` names ${items.length.toLocaleString('en-US')} layers; a layer reads at most ${MAX_INPUTS}.`;
    report(compilation, 'limit', message, given.keyRange ?? node.range);
    return undefined;
  }
  const names = items.flatMap(item => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
  if (names.length === items.length && names.length > 0 && !names.includes('')) {
    return names;
  }
  const scalars =
    given.key.value.kind === 'column-names' &&
    items.length > 0 &&
    items.every(item => item.kind === 'scalar' && item.value !== null && item.value !== '');
  return refuse(compilation, given, scalars ? '; put each name in quotes' : '');
}

const SPOKEN: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'on', 'true', 'y', '1'].map(word => [word, true] as const),
  ...['no', 'off', 'false', 'n', '0'].map(word => [word, false] as const),
]);

function readBoolean(compilation: Compilation, given: Given): boolean | undefined {
  const { node, name } = given;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') {
    return node.value;
  }
  const meant = node.kind === 'scalar' ? SPOKEN.get(String(node.value).toLowerCase()) : undefined;
  if (meant === undefined) {
    return refuse(compilation, given);
  }
  const message = `\`${name}\` must be \`true\` or \`false\`, but is ${describeFound(node)}; write \`${meant}\`.`;
  compilation.problems.add({
    code: 'wrong-type',
    severity: 'error',
    message,
    range: node.range,
    suggestion: String(meant),
  });
  return undefined;
}

function readText(compilation: Compilation, given: Given): string | undefined {
  const { node } = given;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    return refuse(compilation, given, node.kind === 'scalar' ? '; put it in quotes' : '');
  }
  return node.value.trim() === '' ? refuse(compilation, given) : node.value;
}

function readChoice(
  compilation: Compilation,
  given: Given,
  value: Extract<ValueKind, { kind: 'choice' }>,
): string | undefined {
  const { node, name } = given;
  const names = value.choices.map(choice => choice.name);
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    return refuse(compilation, given);
  }
  if (names.includes(node.value)) {
    return node.value;
  }
  if (!wantsWord(compilation, 'unknown-name', node.range)) {
    return undefined;
  }
  const near = nearestName(node.value, names, NAME_SYNONYMS);
  const hint = near === undefined ? `known are ${listRelevant(node.value, names)}.` : `did you mean \`${near}\`?`;
  const noun = value.noun === name ? value.noun : `${value.noun} for \`${name}\``;
  reportWord(compilation, 'unknown-name', `Unknown ${noun} ${describeFound(node)}; ${hint}`, node.range, near);
  return undefined;
}
