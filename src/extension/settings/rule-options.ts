/** The setting `gradientHealth.ruleOptions` as diagnosis takes it. */
import type { RuleOptions } from '../../diagnosis/diagnose';
import { RULES } from '../../diagnosis/rules/index';

/**
 * The options of `value` that rules declare and that are numbers from 0 on. The editor marks all others in the
 * settings, by the schema of the manifest; a rule never gets to see one.
 */
export function ruleOptionsOf(value: unknown): RuleOptions {
  return Object.fromEntries(
    RULES.flatMap(({ meta }) => {
      const written = memberOf(value, meta.id);
      const set = meta.options.flatMap(({ name }) => {
        const option = memberOf(written, name);
        return typeof option === 'number' && Number.isFinite(option) && option >= 0 ? [[name, option] as const] : [];
      });
      return set.length > 0 ? [[meta.id, Object.fromEntries(set)] as const] : [];
    }),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
