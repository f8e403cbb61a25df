import { writtenNumber } from '../../../text/written-number';
import type { ModelFileLanguage } from '../source-document';
import { isMapping, type PlainValue } from './source-value';

/** How mappings and lists are written on one line. */
export interface FlowStyle {
  readonly language: ModelFileLanguage;
  /** Whether keys are quoted; always in JSON. */
  readonly quoteKeys: boolean;
  /** Blank space inside the braces of a mapping. */
  readonly padding: string;
  /** Between key and value, e.g. `': '`. */
  readonly colon: string;
  /** Between entries, e.g. `', '`. */
  readonly comma: string;
}

/** Words that YAML 1.1 or 1.2 reads as something other than text. */
const YAML_WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** Text that means itself in block and in flow style, before, after and between indicators. */
const YAML_PLAIN = /^[\p{L}_](?:[\p{L}\p{N}_./+-]| (?=[\p{L}\p{N}_./+(-])|\((?! )|\))*$/u;

/** The value on one line, as a mapping's value or a list's item. */
export function formatValue(value: PlainValue, style: FlowStyle): string {
  if (typeof value === 'string') {
    return formatText(value, style.language === 'json');
  }
  if (typeof value === 'number') {
    return formatNumber(value, style.language);
  }
  if (Array.isArray(value)) {
    return `[${value.map(item => formatValue(item, style)).join(style.comma)}]`;
  }
  if (!isMapping(value)) {
    return String(value);
  }
  const entries = Object.entries(value).map(([key, item]) => formatEntry(key, item, style));
  return entries.length === 0 ? '{}' : `{${style.padding}${entries.join(style.comma)}${style.padding}}`;
}

/** `key: value` on one line. */
export function formatEntry(key: string, value: PlainValue, style: FlowStyle): string {
  return `${formatText(key, style.quoteKeys)}${style.colon}${formatValue(value, style)}`;
}

/** Text as it is where that is unambiguous, else in double quotes, whose escapes YAML and JSON share. */
export function formatText(text: string, quoted: boolean): string {
  return !quoted && YAML_PLAIN.test(text) && !YAML_WORDS.test(text) ? text : JSON.stringify(text);
}

function formatNumber(value: number, language: ModelFileLanguage): string {
  if (Number.isFinite(value)) return writtenNumber(value);
  // JSON has no such number; `null` is what `JSON.stringify` makes of it.
  return language === 'json' ? 'null' : Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
}
