import type { RuleId } from '../../diagnosis/finding';

/** Folder of the rules' pages in the repository that the manifest names. */
const RULE_PAGES = 'https://github.com/gradient-health/gradient-health/blob/HEAD/docs/rules';

/** Address of the page of a rule: what it measures, its thresholds and its sources. */
export function ruleUrl(rule: RuleId): string {
  return `${RULE_PAGES}/${rule}.md`;
}
