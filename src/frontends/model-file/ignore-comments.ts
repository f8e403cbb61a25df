/** Comments that silence rules: `# gradient-health: ignore rule-id[, rule-id] [-- reason]`, in JSON after `//`. */
import { liesWithin, ownerOf } from './source-path';
import type { SourcePath } from '../../model/model-spec';
import { nearestName } from '../../model/vocabulary/nearest-name';
import { commentsOf } from './parse/comments';
import { MAX_IGNORE_COMMENTS, MAX_PROBLEMS } from './parse/parse-limits';
import { ProblemList } from './parse/problem-list';
import { pathAt } from './source-range';
import type { SourceDocument } from './source-document';
import type { TextProblem } from '../text-problem';
import type { TextRange } from '../../text/text-edit';

/** One comment with what it silences. */
export interface Ignore {
  /** The known rules among those that it names. */
  readonly rules: readonly string[];
  /** The layer or entry that it stands at; the empty path is the whole file. */
  readonly path: SourcePath;
  /** From its mark to its end. */
  readonly range: TextRange;
  /** Its names, where another may be added at the end. */
  readonly names: TextRange;
}

export interface IgnoreComments {
  readonly ignores: readonly Ignore[];
  /** Warnings about comments, or names in them, that silence nothing. */
  readonly problems: readonly TextProblem[];
}

const ADDRESS = 'gradient-health:';
const UNKNOWN_RULE = 'unknown-rule';
const COMMENT = /^(?:#|\/\/|\/\*)\s*gradient-health:[ \t]*/;

/**
 * The comments of a file that silence rules, `rules` being all there are. Behind something on its line a comment counts
 * for the layer of that line, or its top-level entry; alone on its line, for that of the next line that is no comment;
 * and before the first key of the file, for all of it.
 */
export function readIgnores(document: SourceDocument, rules: readonly string[]): IgnoreComments {
  const { text, language, root } = document;
  // The text is read for comments only where one can be of this kind.
  if (root?.kind !== 'mapping' || !text.includes(ADDRESS)) return { ignores: [], problems: [] };
  const ignores: Ignore[] = [];
  const problems = new ProblemList(MAX_PROBLEMS);
  const places = new CommentPlaces(document);
  let count = 0;
  for (const range of commentsOf(text, language)) {
    const address = COMMENT.exec(text.slice(range.start, range.end));
    if (!address) continue;
    count += 1;
    if (count > MAX_IGNORE_COMMENTS) {
      const more = `A model file may hold ${MAX_IGNORE_COMMENTS} comments that silence rules; this one and those after it silence nothing.`;
      return { ignores, problems: [...problems.all, warning(range, more)] };
    }
    const verb = { start: range.start + address[0].length, end: endOfDirective(text, range) };
    const names = /^ignore\b[ \t]*/.exec(text.slice(verb.start, verb.end));
    if (!names) {
      const first = /^\S*/.exec(text.slice(verb.start, verb.end))![0];
      problems.add(unknownVerb(first, first === '' ? range : { start: verb.start, end: verb.start + first.length }));
      continue;
    }
    const list = { start: verb.start + names[0].length, end: verb.end };
    const named = readNames(text, list, rules, problems);
    const path = places.of(range);
    if (path && named.length > 0) ignores.push({ rules: named, path, range, names: list });
    if (list.start === list.end)
      problems.add(
        warning(range, 'This comment names no rule: write `gradient-health: ignore` and the rules to silence.'),
      );
    else if (!path)
      problems.add(
        warning(
          range,
          'This comment belongs to no layer or entry, so it silences nothing; put it on the line of one or directly above.',
        ),
      );
  }
  return { ignores, problems: problems.all };
}

/** Whether a comment silences `rule` for a finding at `source`. */
export function isIgnored({ ignores }: IgnoreComments, rule: string, source: SourcePath): boolean {
  return ignores.some(({ rules, path }) => rules.includes(rule) && liesWithin(source, path));
}

/** Without the mark that closes the comment and the reason after `--`. */
function endOfDirective(text: string, { start, end }: TextRange): number {
  const written = text.slice(start, end);
  const closed = written.startsWith('/*') ? written.replace(/\*\/$/, '') : written;
  return start + closed.replace(/\s--(\s.*)?$/s, '').trimEnd().length;
}

/** The known rules of a list, each once; what is unknown in it is reported. */
function readNames(text: string, list: TextRange, known: readonly string[], problems: ProblemList): readonly string[] {
  const rules = new Set<string>();
  for (const part of text.slice(list.start, list.end).matchAll(/[^,]+/g)) {
    const name = part[0].trim();
    if (known.includes(name)) {
      rules.add(name);
    } else if (name !== '') {
      const start = list.start + part.index + part[0].indexOf(name);
      const end = start + name.length;
      if (problems.wants('warning', UNKNOWN_RULE, start, end))
        problems.add(unknownRule(name, { start, end }, nearestName(name, known)));
    }
  }
  return [...rules];
}

/**
 * Where comments stand. Asked in the order of the text, it reads each line once, however many comments stand one above
 * another.
 */
class CommentPlaces {
  private readonly firstKey: number;
  /** Offsets of comments that the same line follows. */
  private below: { readonly from: number; readonly to: number; readonly offset: number | undefined } | undefined;

  constructor(private readonly document: SourceDocument) {
    const { root } = document;
    this.firstKey =
      root?.kind !== 'mapping'
        ? Number.POSITIVE_INFINITY
        : root.entries.reduce((least, { keyRange }) => Math.min(least, keyRange.start), Number.POSITIVE_INFINITY);
  }

  of(comment: TextRange): SourcePath | undefined {
    const { text } = this.document;
    if (comment.start < this.firstKey) return [];
    const line = text.lastIndexOf('\n', comment.start - 1) + 1;
    const offset = firstOnLine(text, line, comment.start) ?? this.lineBelow(comment.end);
    if (offset === undefined) return undefined;
    const path = ownerOf(pathAt(this.document, offset).path);
    return path.length > 0 ? path : undefined;
  }

  /** The first thing of the next line that is no comment; `undefined` where that line is empty or missing. */
  private lineBelow(offset: number): number | undefined {
    if (!this.below || offset < this.below.from || offset >= this.below.to)
      this.below = { from: offset, ...lineBelow(this.document, offset) };
    return this.below.offset;
  }
}

/** The first thing of a line up to `end`, after dashes of lists and brackets that close what began above. */
function firstOnLine(text: string, start: number, end: number): number | undefined {
  const line = text.slice(start, end);
  const opening = /^(?:\s|-(?=\s)|[}\],])*/.exec(line)![0].length;
  const first = opening < line.trimEnd().length ? opening : line.search(/\S/);
  return first < 0 ? undefined : start + first;
}

/** The first thing of the next line that is no comment, and where that line begins. */
function lineBelow(
  { text, language }: SourceDocument,
  offset: number,
): { readonly to: number; readonly offset: number | undefined } {
  const mark = language === 'json' ? '//' : '#';
  for (let start = text.indexOf('\n', offset) + 1; start > 0; start = text.indexOf('\n', start) + 1) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (!text.slice(start, end).trim().startsWith(mark)) return { to: start, offset: firstOnLine(text, start, end) };
  }
  return { to: text.length + 1, offset: undefined };
}

function unknownVerb(word: string, range: TextRange): TextProblem {
  const suggestion = nearestName(word, ['ignore']);
  const message = `After \`gradient-health:\` write \`ignore\` and the rules to silence${word === '' ? '' : `, not \`${word}\``}.`;
  return { ...warning(range, message), ...(suggestion !== undefined && { suggestion }) };
}

function unknownRule(name: string, range: TextRange, suggestion: string | undefined): TextProblem {
  const way =
    suggestion === undefined
      ? 'rules are separated by commas, and a reason follows `--`.'
      : `did you mean \`${suggestion}\`?`;
  const problem: TextProblem = {
    code: UNKNOWN_RULE,
    severity: 'warning',
    message: `There is no rule \`${name}\`; ${way}`,
    range,
  };
  return suggestion === undefined ? problem : { ...problem, suggestion };
}

function warning(range: TextRange, message: string): TextProblem {
  return { code: 'ignore-comment', severity: 'warning', message, range };
}
