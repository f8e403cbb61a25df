import { nameRange } from '../foreign/written-names';
import type { ProblemList } from '../parse/problem-list';
import type { SourceNode, SourceDocument } from '../source-document';
import type { Remedy } from '../../text-problem';
import type { TextRange } from '../../../text/text-edit';

/** One pass over a document; problems gather in `problems`. */
export interface Compilation {
  readonly document: SourceDocument;
  readonly problems: ProblemList;
}

export type MappingNode = Extract<SourceNode, { kind: 'mapping' }>;

/** Reports an error. */
export function report(compilation: Compilation, code: string, message: string, range: TextRange): void {
  compilation.problems.add({ code, severity: 'error', message, range: visible(compilation.document.text, range) });
}

/** Reports something that does not keep the model from being trained. */
export function warn(compilation: Compilation, code: string, message: string, range: TextRange): void {
  compilation.problems.add({ code, severity: 'warning', message, range });
}

/**
 * Whether an error about a word would still be listed. Asked before the word that was meant is looked for, which takes
 * longest.
 */
export function wantsWord({ document, problems }: Compilation, code: string, range: TextRange): boolean {
  const { start, end } = nameRange(document.text, range);
  return problems.wants('error', code, start, end);
}

/**
 * Reports an unknown or misspelled word with the word that was likely meant. The range leaves out quotes around it, so
 * that an editor can put the suggestion in its place.
 */
export function reportWord(
  compilation: Compilation,
  code: string,
  message: string,
  range: TextRange,
  suggestion: string | undefined,
  remedy?: Remedy,
): void {
  const inner = nameRange(compilation.document.text, range);
  compilation.problems.add({
    code,
    severity: 'error',
    message,
    range: inner,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/** Where a problem of a whole layer (or other mapping with a `type`) is shown: at its type, or at the alias it is. */
export function headRange(node: MappingNode): TextRange {
  const entry = node.entries.find(({ key }) => key === 'type') ?? node.entries[0];
  const range = entry?.key === 'type' ? entry.value.range : entry?.keyRange;
  return range && range.start >= node.range.start && range.end <= node.range.end ? range : node.range;
}

/**
 * An empty range (a list item with nothing in it) would be invisible: the character before it, its dash, stands for it.
 */
function visible(text: string, range: TextRange): TextRange {
  if (range.end > range.start) {
    return range;
  }
  const end = text.slice(0, range.start).trimEnd().length;
  return end === 0 ? range : { start: end - 1, end };
}
