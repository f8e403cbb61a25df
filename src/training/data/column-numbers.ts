/** Texts of a column as numbers, with a decimal point or a decimal comma. */

/** How the numbers of a column are written: `comma` has decimal commas, and points between thousands. */
export type NumberStyle = 'point' | 'comma';

/** `30,5`, `1.234,5`, `,5`, `1,5e3`. */
const WITH_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?,\d+(?:e[+-]?\d+)?$/i;
/** `30` and `1.234.567`, as they occur beside the former. */
const WITHOUT_COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:e[+-]?\d+)?$/i;
/** `1,234` is a thousand and something in English. */
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/** The number that a text writes in that style; NaN where it writes none. */
export function numberIn(text: string, style: NumberStyle): number {
  if (style === 'point') return Number(text);
  if (!WITH_COMMA.test(text) && !WITHOUT_COMMA.test(text)) return NaN;
  return Number(text.replaceAll('.', '').replace(',', '.'));
}

/** Counts over the texts of a column that decide their style. */
export interface StyleEvidence {
  /** Texts that are finite numbers in each style. */
  readonly point: number;
  readonly comma: number;
  /** Whether one of them can only be a decimal comma. */
  readonly isDecimal: boolean;
  /** A text that may as well have a comma between thousands, where there is no such proof. */
  readonly ambiguous: string | undefined;
}

/** Counts the texts of a column that are numbers in each style. */
export function styleEvidence(texts: readonly string[]): StyleEvidence {
  let point = 0;
  for (const text of texts) if (Number.isFinite(Number(text))) point++;
  // Without a comma there is nothing to decide; most columns have none, and a large table is read the sooner.
  if (!texts.some(text => text.includes(','))) return { point, comma: 0, isDecimal: false, ambiguous: undefined };
  let comma = 0;
  let isDecimal = false;
  let ambiguous: string | undefined;
  for (const text of texts) {
    if (!Number.isFinite(numberIn(text, 'comma'))) continue;
    comma++;
    if (!text.includes(',')) continue;
    if (EITHER.test(text)) ambiguous ??= text;
    else isDecimal = true;
  }
  return { point, comma, isDecimal, ambiguous };
}
