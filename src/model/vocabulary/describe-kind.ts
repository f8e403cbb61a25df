import type { Family } from './family';
import type { Choice, NumberRange, ValueKind } from './key';

/** What a value must be, as it ends the sentence "`units` must be ...". */
export function describeExpected(value: ValueKind): string {
  switch (value.kind) {
    case 'number':
      return `a ${value.whole ? 'whole ' : ''}number${describeRange(value)}${orWord(value.word)}`;
    case 'pair':
      return `a list of two numbers${describeRange(value)}`;
    case 'sizes':
      return `a whole number${describeRange(value)}, or a list of two, [height, width]${orWord(value.word)}`;
    case 'boolean':
      return '`true` or `false`';
    case 'text':
      return 'text';
    case 'choice':
      return `one of ${listNames(value.choices.map(({ name }) => name))}`;
    case 'variant':
      return describeFamilyValue(value.family());
    case 'group':
      return `a mapping with ${listNames(Object.keys(value.keys))}`;
    case 'input':
      return 'a shape such as `[4]` or `[100, 2]`, or `{ tokens: 64, length: 30 }`';
    case 'integers':
      return `a list of whole numbers${describeRange(value)}`;
    case 'numbers':
      return `a list of numbers${describeRange(value)}, or ${listNames(value.words.map(({ name }) => name))}`;
    case 'layer-names':
      return 'a list of names of earlier layers, such as `[dense1, input]`';
    case 'layer-name':
      return 'the name of an earlier layer';
    case 'column-name':
      return 'the name of a column of the data file';
    case 'column-names':
      return 'a list of names of columns, such as `[age, income]`';
    case 'layers':
      return 'a list of layers';
  }
}

function orWord(word: Choice | undefined): string {
  return word === undefined ? '' : `, or \`${word.name}\``;
}

/** " of at least 1", " from 0 to 1", " above 0 and below 1" ...; empty where every number will do. */
export function describeRange({ minimum, above, maximum, below }: NumberRange): string {
  if (minimum !== undefined && maximum !== undefined) {
    return ` from ${format(minimum)} to ${format(maximum)}`;
  }
  const low =
    minimum === undefined ? (above === undefined ? '' : `above ${format(above)}`) : `of at least ${format(minimum)}`;
  const high =
    maximum === undefined ? (below === undefined ? '' : `below ${format(below)}`) : `at most ${format(maximum)}`;
  const parts = [low, high].filter(part => part !== '');
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

/** Names that a message lists at most, where they are many. */
export const MOST_NAMES = 6;

/** "`a`, `b` or `c`"; long lists break off. */
export function listNames(names: readonly string[], most = 20): string {
  const shown = names.slice(0, most).map(name => `\`${name}\``);
  if (names.length > most) {
    return `${shown.join(', ')} …`;
  }
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

function describeFamilyValue(family: Family): string {
  const example = family.variants[0]?.name ?? '';
  const name = family.byName ? `the name of ${withArticle(family.noun)} such as \`${example}\`, or ` : '';
  return `${name}a mapping with \`type\``;
}

/** "a layer", "an initializer". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function format(value: number): string {
  return Math.abs(value) >= 10_000 ? value.toLocaleString('en-US') : String(value);
}
