import { describeExpected, describeRange } from './describe-kind';
import type { Family, Variant } from './family';
import type { Choice, Key, WrittenValue } from './key';

/** What a key is, in Markdown: its name, what it takes, its default, and its description. */
export function keyMarkdown(name: string, key: Key): string {
  const facts = [kindText(key), presenceText(key)].filter(fact => fact !== '');
  return `**${name}** · ${facts.join(' · ')}\n\n${key.description}${alsoWritten(key.aliases)}`;
}

/** What a choice is, in Markdown. */
export function choiceMarkdown({ name, description, aliases }: Choice, noun: string): string {
  return `**${name}**${noun === '' ? '' : ` · ${noun}`}\n\n${description}${alsoWritten(aliases)}`;
}

/** The names that PyTorch and Keras have for it. */
function alsoWritten(aliases: readonly string[] = []): string {
  return aliases.length === 0 ? '' : `\n\nAlso written ${aliases.map(alias => `\`${alias}\``).join(', ')}.`;
}

/** What a variant is, in Markdown, with a line on each of its keys. */
export function variantMarkdown(family: Family, variant: Variant): string {
  const keys = Object.entries(variant.keys).map(
    ([name, key]) => `- \`${name}\`${presenceSuffix(key)}: ${key.description}`,
  );
  const list = keys.length === 0 ? '' : `\n\n${keys.join('\n')}`;
  return `**${variant.name}** · ${family.noun}\n\n${variant.description}${alsoWritten(variant.aliases)}${list}`;
}

/** One line on a key's default: "Default: `0.001`", "required", or where its value otherwise comes from. */
export function presenceText(key: Key): string {
  if (key.required) {
    return 'required';
  }
  if (key.otherwise !== undefined) {
    return `default: ${key.otherwise}`;
  }
  return key.default === undefined || key.value.kind === 'group' ? '' : `default: \`${writtenText(key.default)}\``;
}

/** A value as YAML writes it on one line. */
export function writtenText(value: WrittenValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(writtenText).join(', ')}]`;
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${writtenText(inner)}`);
  return `{ ${entries.join(', ')} }`;
}

function kindText({ value }: Key): string {
  switch (value.kind) {
    case 'number':
      return `${value.whole ? 'whole number' : 'number'}${describeRange(value)}${value.word ? `, or \`${value.word.name}\`` : ''}`;
    case 'choice':
      return value.noun;
    case 'variant':
      return value.family().noun;
    case 'input':
      return 'shape';
    default:
      return describeExpected(value).replace(/^a /, '');
  }
}

function presenceSuffix(key: Key): string {
  const text = presenceText(key);
  return text === '' ? '' : ` (${text})`;
}
