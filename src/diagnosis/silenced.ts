/** Findings that comments in the model file silence. */
import { isIgnored, readIgnores, type IgnoreComments } from '../spec/ignore-comments';
import type { SourcePath } from '../spec/model-spec';
import type { SpecDocument, SpecProblem } from '../spec/spec-document';
import type { RuleId } from './finding';
import { RULES } from './rules/index';

const known = new WeakMap<SpecDocument, IgnoreComments>();

/** The ids of all rules: what such a comment may name. */
export const RULE_IDS: readonly RuleId[] = RULES.map(({ meta }) => meta.id);

/** The comments of a model file that silence rules, and what is wrong with them. */
export function ignoresOf(document: SpecDocument): IgnoreComments {
  const comments = known.get(document) ?? readIgnores(document, RULE_IDS);
  known.set(document, comments);
  return comments;
}

/** Whether a comment of `document` silences `rule` at `source`, a place of that document. */
export function isSilenced(
  document: SpecDocument,
  { rule, source }: { readonly rule: RuleId; readonly source: SourcePath },
): boolean {
  return isIgnored(ignoresOf(document), rule, source);
}

/** The problems of a model file with those of its comments, in the order of the text. */
export function withIgnoreProblems(document: SpecDocument, problems: readonly SpecProblem[]): readonly SpecProblem[] {
  const own = ignoresOf(document).problems;
  return own.length === 0 ? problems : [...problems, ...own].sort((one, other) => one.range.start - other.range.start);
}
