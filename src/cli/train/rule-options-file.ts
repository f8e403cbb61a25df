/** A JSON file with options of rules, as the setting `gradientHealth.ruleOptions` has them. */
import { readFileSync } from 'node:fs';
import type { RuleOptions } from '../../diagnosis/diagnose';
import { RULES } from '../../diagnosis/rules/index';
import { nearestName } from '../../model/vocabulary/nearest-name';

/** A fault in the file, in one sentence. */
export class RuleOptionsError extends Error {}

/** @throws RuleOptionsError for anything that no rule declares; Error of the file system where it cannot be read */
export function readRuleOptions(file: string): RuleOptions {
  const refuse = (message: string): never => {
    throw new RuleOptionsError(`${file}: ${message}`);
  };
  const root = parse(readFileSync(file, 'utf8'), refuse);
  return Object.fromEntries(
    Object.entries(root).map(([rule, written]) => {
      const meta =
        RULES.find(({ meta: { id } }) => id === rule)?.meta ??
        refuse(
          `There is no rule "${rule}".${suggestion(
            rule,
            RULES.map(({ meta: { id } }) => id),
          )}`,
        );
      const options = isMapping(written) ? written : refuse(`The options of ${rule} are an object.`);
      for (const [name, value] of Object.entries(options)) {
        const names = meta.options.map(option => option.name);
        if (!names.includes(name)) refuse(`The rule ${rule} has no option "${name}".${suggestion(name, names)}`);
        if (typeof value !== 'number' || value < 0)
          refuse(`${rule}.${name} is a number from 0 on, not ${JSON.stringify(value)}.`);
      }
      return [rule, options];
    }),
  );
}

function parse(text: string, refuse: (message: string) => never): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse(error.message);
  }
  return isMapping(value) ? value : refuse('Options of rules are an object: { "rule": { "option": number } }.');
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
