/** Findings that comments in the model file silence. */
import { isIgnored, readIgnores, type IgnoreComments } from '../frontends/model-file/ignore-comments';
import type { SourcePath } from '../model/model-spec';
import type { SourceDocument } from '../frontends/model-file/source-document';
import type { TextProblem } from '../frontends/text-problem';
import type { RuleId } from './finding';
import { RULES } from './rules/index';

const known = new WeakMap<SourceDocument, IgnoreComments>();

/** The ids of all rules: what such a comment may name. */
export const RULE_IDS: readonly RuleId[] = RULES.map(({ meta }) => meta.id);

/** The comments of a model file that silence rules, and what is wrong with them. */
export function ignoresOf(document: SourceDocument): IgnoreComments {
  const comments = known.get(document) ?? readIgnores(document, RULE_IDS);
  known.set(document, comments);
  return comments;
}

/** Whether a comment of `document` silences `rule` at `source`, a place of that document. */
export function isSilenced(
  document: SourceDocument,
  { rule, source }: { readonly rule: RuleId; readonly source: SourcePath },
): boolean {
  return isIgnored(ignoresOf(document), rule, source);
}

/** The problems of a model file with those of its comments, in the order of the text. */
export function withIgnoreProblems(document: SourceDocument, problems: readonly TextProblem[]): readonly TextProblem[] {
  const own = ignoresOf(document).problems;
  return own.length === 0 ? problems : [...problems, ...own].sort((one, other) => one.range.start - other.range.start);
}
