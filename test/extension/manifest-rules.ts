/** The parts of the manifest that the rules decide: their severities, their options and the texts of both. */
import { RULES } from '../../src/diagnosis/rules/index';

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Record<string, Record<string, unknown>> } };
}

const METAS = RULES.map(({ meta }) => meta);
const PREFIX = 'setting.rules.';

/** The manifest with an entry for each rule, and one for each of its options. */
export function manifestWithRules(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const settings = manifest.contributes.configuration.properties;
  settings['gradientHealth.rules'].properties = Object.fromEntries(
    METAS.map(({ id }) => [
      id,
      {
        type: 'string',
        enum: ['off', 'hint', 'information', 'warning', 'error'],
        description: `%${PREFIX}${id}%`,
      },
    ]),
  );
  settings['gradientHealth.ruleOptions'].properties = Object.fromEntries(
    METAS.filter(({ options }) => options.length > 0).map(({ id, options }) => [
      id,
      {
        type: 'object',
        additionalProperties: false,
        markdownDescription: `%${PREFIX}${id}%`,
        properties: Object.fromEntries(
          options.map(option => [
            option.name,
            {
              type: 'number',
              default: option.default,
              minimum: 0,
              markdownDescription: `${option.description} ${option.source}`,
            },
          ]),
        ),
      },
    ]),
  );
  return written(manifest);
}

/** The texts of the manifest, with the summary of each rule after those of other settings. */
export function stringsWithRules(text: string): string {
  const entries = Object.entries(JSON.parse(text) as Record<string, string>);
  const isOfRule = ([name]: readonly [string, string]): boolean => name.startsWith(PREFIX);
  const summaries = METAS.map(({ id, summary }): [string, string] => [`${PREFIX}${id}`, summary]);
  const first = entries.findIndex(isOfRule);
  const others = entries.filter(entry => !isOfRule(entry));
  return written(Object.fromEntries([...others.slice(0, first), ...summaries, ...others.slice(first)]));
}

function written(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
