import type { SourceNode } from '../source-document';
import type { TextProblem } from '../../text-problem';
import type { TextRange } from '../../../text/text-edit';
import { MAX_DEPTH, MAX_TEXT_LENGTH, MAX_VALUES } from './parse-limits';

/** Result of reading a text: the tree as far as it could be read, and what is wrong with it. */
export interface Reading {
  readonly root: SourceNode | undefined;
  readonly problems: readonly TextProblem[];
}

/** An error about `start` to `end` of `text`; offsets beyond the text are drawn back to its last visible character. */
export function syntaxProblem(text: string, code: string, message: string, start: number, end: number): TextProblem {
  return { code, severity: 'error', message, range: visibleRange(text, start, end) };
}

/**
 * The range as far as it lies in the text. Where only blanks would be marked, the word after them on the line is marked
 * too; at the end of the text, its last visible character instead.
 */
function visibleRange(text: string, start: number, end: number): TextRange {
  const from = Math.max(0, Math.min(start, text.length));
  const to = Math.max(from, Math.min(end, text.length));
  if (text.slice(from, to).trim() !== '') {
    return { start: from, end: to };
  }
  const word = /^[ \t]*[^\s]+/.exec(text.slice(from, from + 1000));
  if (word) {
    return { start: from, end: from + word[0].length };
  }
  const last = text.slice(0, to).trimEnd().length;
  return last > 0 ? { start: last - 1, end: last } : { start: from, end: to };
}

/** The first line that holds anything: where a problem of the whole file is shown. */
export function firstLine(text: string): TextRange {
  const start = Math.max(0, text.search(/[^\s\uFEFF]/));
  const length = text.slice(start).search(/[\r\n]|$/);
  return { start, end: start + length };
}

/** The file is not read at all, for the one reason that `message` gives. */
export function refuse(text: string, code: string, message: string): Reading {
  return { root: undefined, problems: [{ code, severity: 'error', message, range: firstLine(text) }] };
}

/** The refusal of a text that is too long to be read. */
export function refuseLength(text: string): Reading {
  const size = (text.length / 1e6).toFixed(1);
  const limit = MAX_TEXT_LENGTH / 1e6;
  return refuse(
    text,
    'file-too-large',
    `The file is ${size} MB long, and a model file may be at most ${limit} MB; keep data ` + `in a CSV file.`,
  );
}

/** The refusal of a text whose values, with aliases counted as often as they are used, are too many. */
export function refuseValues(text: string): Reading {
  const limit = MAX_VALUES.toLocaleString('en-US');
  return refuse(
    text,
    'too-many-values',
    `The file holds more than ${limit} values, counting aliases at every use; a model file ` +
      `may not grow that large.`,
  );
}

/** The refusal of a text that nests too deeply. */
export function refuseDepth(text: string): Reading {
  return refuse(
    text,
    'too-deep',
    `The file nests more than ${MAX_DEPTH} mappings and lists; a model file may not go ` + `that deep.`,
  );
}
