/** Names and texts of files as they may be shown: as what they are, wherever they would otherwise mean something. */

/** Names are shown to this length. */
const SHOWN_LENGTH = 100;
/**
 * Control characters of ASCII and of Latin-1, line and paragraph separators, and marks that turn the direction of text.
 */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // eslint-disable-line no-control-regex
/** The same but for line ends and tabs. */
const CONTROL_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // eslint-disable-line no-control-regex
/** Replacement of a character that is not shown. */
const REPLACEMENT = '\ufffd';

/** A text on one line, without characters that no one sees. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(CONTROL, REPLACEMENT);
}

/** Lines of text for a terminal, which takes no orders from them. */
export function terminalText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(CONTROL_IN_LINES, REPLACEMENT);
}

/** A name in Markdown, as code: nothing in it is a link, a picture or the end of the code. */
export function inlineCode(name: string): string {
  const shown = oneLine(name.length > SHOWN_LENGTH ? `${name.slice(0, SHOWN_LENGTH)}…` : name);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run.length), 0) + 1);
  const padding = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A text in a cell of a Markdown table, every mark of Markdown in it as itself. */
export function markdownCell(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|!~]/g, mark => `\\${mark}`);
}

/** A text in a snippet of the editor: no variable, no place to fill in. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, mark => `\\${mark}`);
}

/** A message of the editor, which would make links of texts in brackets before addresses in parentheses. */
export function noticeText(message: string): string {
  return oneLine(message).replaceAll('](', '] (');
}

/** A field of a table for spreadsheets, which takes a text that begins like a formula for one. */
export function spreadsheetText(field: string): string {
  return /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
}
