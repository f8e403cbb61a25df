import type { SourceEntry, SourceNode, ModelFileLanguage } from '../source-document';
import type { TextEdit, TextRange } from '../../../text/text-edit';

/** A value on its own. */
export type Scalar = string | number | boolean;

/** The range of a name without the quotes around it. */
export function nameRange(text: string, range: TextRange): TextRange {
  const first = text[range.start];
  const quoted = range.end - range.start > 2 && (first === '"' || first === "'") && text[range.end - 1] === first;
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}

/** A value as the language writes it; our names need no quotes in YAML. */
export function valueText(value: Scalar, language: ModelFileLanguage): string {
  return language === 'json' ? JSON.stringify(value) : String(value);
}

/** Writes several entries where `mapping` has `entry`, in the style that the mapping has. */
export function entriesInPlaceOf(
  text: string,
  language: ModelFileLanguage,
  mapping: Extract<SourceNode, { kind: 'mapping' }>,
  entry: SourceEntry,
  pairs: readonly (readonly [string, Scalar])[],
): TextEdit {
  const quote = language === 'json' ? '"' : '';
  const [first, ...others] = pairs.map(([key, value]) => ({
    key: `${quote}${key}${quote}`,
    value: valueText(value, language),
  }));
  const rest = others.map(({ key, value }) => `${key}: ${value}`);
  const separator = mapping.flow
    ? ', '
    : `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(columnOf(text, entry.keyRange.start))}`;
  return { range: entry.value.range, text: [first.value, ...rest].join(separator) };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
