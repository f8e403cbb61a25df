/** The ids of all rules: what a comment of a text or an option of the command line may name. */
import type { RuleId } from './finding';
import { RULES } from './rules/index';

export const RULE_IDS: readonly RuleId[] = RULES.map(({ meta }) => meta.id);
