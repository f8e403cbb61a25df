import type { SourceDocument } from './source-document';
import type { TextProblem } from '../text-problem';
import type { TextEdit } from '../../text/text-edit';

/**
 * The edits that write our names for all those of other libraries, correct every misspelled one, and take away keys that
 * have no meaning here. Comments and all other text stay. What overlaps an earlier edit is left for the next time.
 */
export function ownNamesEdits(document: SourceDocument, problems: readonly TextProblem[]): readonly TextEdit[] {
  const groups = [
    ...document.foreignNames.map(({ edits }) => edits),
    ...problems.flatMap(({ range, suggestion }) => (suggestion === undefined ? [] : [[{ range, text: suggestion }]])),
    ...problems.flatMap(({ remedy }) => (remedy?.isRemoval ? [remedy.edits] : [])),
  ];
  const chosen: TextEdit[] = [];
  for (const edits of groups) {
    if (edits.every(edit => chosen.every(other => !meet(edit, other)))) {
      chosen.push(...edits);
    }
  }
  return chosen.sort((one, other) => one.range.start - other.range.start);
}

function meet(one: TextEdit, other: TextEdit): boolean {
  return one.range.start < other.range.end && other.range.start < one.range.end;
}
