/** The options of rules, as users set them. */
import type { RuleContext } from './rule';
import { ruleMeta, type OptionName, type RuleId } from './rules/index';

/** Options of rules by the rule's id and their name; those left out keep their default. */
export type RuleOptions = { readonly [Id in RuleId]?: { readonly [Name in OptionName<Id>]?: number } };

/** Looks up the options of every rule, whose names the compiler knows. */
export function optionsIn(options?: RuleOptions): RuleContext['optionOf'] {
  return (rule, name) => optionValue(options, rule, name);
}

/**
 * The value of an option: the user's, or else its default.
 *
 * @throws RangeError for an option that the rule does not declare
 */
export function optionValue(options: RuleOptions | undefined, rule: RuleId, name: string): number {
  const declared = ruleMeta(rule).options.find(option => option.name === name);
  if (declared === undefined) throw new RangeError(`Rule ${rule} has no option ${name}.`);
  const given: Readonly<Partial<Record<string, number>>> = options?.[rule] ?? {};
  return given[name] ?? declared.default;
}
