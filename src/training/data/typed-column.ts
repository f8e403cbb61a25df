/** A column of texts → numbers or categories. */
import { TrainingError } from '../training-error';
import { numberIn, styleEvidence, type NumberStyle } from './column-numbers';
import { isMissing, PATH, type TextTable } from './table';

/** A column by what it holds. A missing value is NaN, or the id -1. */
export type TypedColumn =
  | { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array; readonly style: NumberStyle }
  /** `categories` in alphabetical order; `ids` index them. */
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly categories: readonly string[];
      readonly ids: Int32Array;
    };

/**
 * A column of which at least this share are numbers is meant to be numeric: what else it holds is a mistake to report.
 */
const NUMERIC_SHARE = 0.9;

/** Whether a column of the table can only be read with decimal commas, so that others of it may be read so too. */
export function usesDecimalCommas({ columns }: TextTable, chosen: readonly number[]): boolean {
  return chosen.some(column => {
    if (!columns[column].some(text => text.includes(','))) return false;
    const texts = columns[column].filter(text => !isMissing(text));
    const { comma, isDecimal } = styleEvidence(texts);
    return isDecimal && comma === texts.length;
  });
}

/**
 * Reads the chosen rows of a column.
 * @param decimalCommas whether another column of the table proves decimal commas
 * @throws TrainingError where nearly all of its values are numbers, or a comma may be read in two ways
 */
export function typedColumn(table: TextTable, column: number, rows: Int32Array, decimalCommas: boolean): TypedColumn {
  const name = table.names[column];
  const texts = Array.from(rows, row => table.columns[column][row]);
  const present = texts.filter(text => !isMissing(text));
  const evidence = styleEvidence(present);
  const style: NumberStyle = evidence.comma > evidence.point ? 'comma' : 'point';
  const numbers = evidence[style];
  if (numbers < NUMERIC_SHARE * present.length || present.length === 0) return categorical(name, texts);
  if (numbers < present.length) {
    const odd = texts.findIndex(text => !isMissing(text) && !Number.isFinite(numberIn(text, style)));
    throw new TrainingError(
      `"${table.file}", ${table.rowNoun} ${table.rowNumbers[rows[odd]]}, column "${name}": "${shorten(texts[odd])}" is not a finite ` +
        `number, but ${numbers} of ${present.length} values are.`,
      PATH,
    );
  }
  const { ambiguous } = evidence;
  if (style === 'comma' && !evidence.isDecimal && !decimalCommas && ambiguous !== undefined) {
    throw new TrainingError(
      `"${table.file}", column "${name}": "${ambiguous}" may be ${ambiguous.replace(',', '.')} or ${ambiguous.replace(',', '')}; write the ` +
        `numbers without commas.`,
      PATH,
    );
  }
  return {
    kind: 'numeric',
    name,
    style,
    values: Float64Array.from(texts, text => (isMissing(text) ? NaN : numberIn(text, style))),
  };
}

function categorical(name: string, texts: readonly string[]): TypedColumn {
  const categories = [...new Set(texts)].filter(text => !isMissing(text)).sort((a, b) => (a < b ? -1 : 1));
  const idOf = new Map(categories.map((category, id) => [category, id]));
  return { kind: 'categorical', name, categories, ids: Int32Array.from(texts, text => idOf.get(text) ?? -1) };
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
