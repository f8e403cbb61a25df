/**
 * Edits of a list that leave its other items as they are: more items in between, and some of them put into a new one.
 */
import type { SourceNode, SourceDocument } from '../source-document';
import type { TextEdit } from '../../../text/text-edit';
import { insertIntoFlow } from './flow';
import { flowStyleOf } from './flow-style';
import { formatEntry, formatText, formatValue, type FlowStyle } from './format-value';
import { column, isFirstOnLine, lineBreak, lineEnd, lineStart, nextLine } from './lines';
import { isAlias, type SourceSequence } from './source-value';
import type { WrittenValue } from '../../../model/vocabulary/key';

/** An item to be added. */
export type ListItem = Readonly<Record<string, WrittenValue>>;

/**
 * Adds `items` after item `index` of a list, or before its first one for -1, written as the item beside them is: in one
 * line, or each key on a line of its own. Comments stay with the item that they follow.
 */
export function insertItems(
  document: SourceDocument,
  list: SourceSequence,
  index: number,
  items: readonly ListItem[],
): TextEdit[] {
  const { text } = document;
  const style = flowStyleOf(document);
  if (list.flow) {
    const parts = { range: list.range, parts: list.items.map(item => item.range) };
    const separator = itemSeparator(document, list, style);
    return insertIntoFlow(document, parts, index, items.map(item => formatValue(item, style)).join(separator), style);
  }
  const dash = dashOf(document, list, Math.max(0, index));
  const margin = column(text, dash);
  const beside = list.items[Math.max(0, index)];
  const lines = items.map(item => `- ${formatItem(document, item, beside, style, margin)}`);
  const separator = `${lineBreak(text)}${' '.repeat(margin)}`;
  return [
    index < 0
      ? insertion(dash, lines.map(line => line + separator).join(''))
      : insertion(itemEnd(document, list, index), lines.map(line => separator + line).join('')),
  ];
}

/**
 * Puts the items `from` to `to` into the list `key` of a new item that takes their place, e.g. layers into a residual.
 * Of a list in block style they only move to the right. `undefined` where the item does not begin a line, so that it
 * cannot.
 */
export function wrapItems(
  document: SourceDocument,
  list: SourceSequence,
  from: number,
  to: number,
  item: ListItem,
  key: string,
): TextEdit[] | undefined {
  const { text } = document;
  const style = flowStyleOf(document);
  if (list.flow) {
    const head = Object.entries(item)
      .map(([name, value]) => formatEntry(name, value, style))
      .join(style.comma);
    return [
      insertion(
        list.items[from].range.start,
        `{${style.padding}${head}${style.comma}${formatText(key, style.quoteKeys)}${style.colon}[`,
      ),
      insertion(list.items[to].range.end, `]${style.padding}}`),
    ];
  }
  const dash = dashOf(document, list, from);
  if (!isFirstOnLine(text, dash)) return undefined;
  const margin = ' '.repeat(column(text, dash));
  const eol = lineBreak(text);
  const head = [
    ...Object.entries(item).map(([name, value]) => formatEntry(name, value, style)),
    `${formatText(key, style.quoteKeys)}:`,
  ];
  const edits = [insertion(dash, `- ${head.join(`${eol}${margin}  `)}${eol}${margin}    `)];
  const end = itemEnd(document, list, to);
  for (let line = nextLine(text, dash); line < end; line = nextLine(text, line)) {
    if (text.slice(line, lineEnd(text, line)).trim() !== '') edits.push(insertion(line, '    '));
  }
  return edits;
}

/** Between the items of a flow list: a line break where they have lines of their own. */
function itemSeparator(document: SourceDocument, list: SourceSequence, style: FlowStyle): string {
  const { text } = document;
  const beside = list.items.at(-1);
  return beside && isFirstOnLine(text, beside.range.start)
    ? `,${lineBreak(text)}${' '.repeat(column(text, beside.range.start))}`
    : style.comma;
}

function formatItem(
  document: SourceDocument,
  item: ListItem,
  beside: SourceNode,
  style: FlowStyle,
  margin: number,
): string {
  if (beside.kind !== 'mapping' || beside.flow || isAlias(document, beside)) return formatValue(item, style);
  const separator = `${lineBreak(document.text)}${' '.repeat(margin + 2)}`;
  return Object.entries(item)
    .map(([key, value]) => formatEntry(key, value, style))
    .join(separator);
}

function insertion(offset: number, text: string): TextEdit {
  return { range: { start: offset, end: offset }, text };
}

/** All dashes of a list in block style stand in one column. */
function dashOf(document: SourceDocument, list: SourceSequence, index: number): number {
  const { text } = document;
  const margin = column(text, list.range.start);
  if (index === 0) return list.range.start;
  let line = lineStart(text, list.items[index].range.start);
  while (line > list.range.start && text[line + margin] !== '-') line = lineStart(text, line - 1);
  return line + margin;
}

/** End of the last line of an item, with the comments below that are indented deeper than its dash. */
function itemEnd(document: SourceDocument, list: SourceSequence, index: number): number {
  const { text } = document;
  const margin = column(text, list.range.start);
  let end = lineEnd(text, Math.max(list.items[index].range.end, dashOf(document, list, index) + 1));
  for (let line = nextLine(text, end); line < text.length; line = nextLine(text, line)) {
    const content = text.slice(line, lineEnd(text, line));
    if (!content.trimStart().startsWith('#') || content.search(/\S/) <= margin) break;
    end = lineEnd(text, line);
  }
  return end;
}
