/**
 * Values of settings as they may be used. The editor marks a wrong one in `settings.json`, and hands it over all the
 * same. Knows no editor.
 */

/** Takes one sentence on a value that is not used as it is written. */
export type ReportSetting = (message: string) => void;

/** Whole numbers that a setting may be, as in the manifest. */
export interface NumberSetting {
  readonly minimum: number;
  readonly maximum: number;
  readonly fallback: number;
}

/** The settings that are numbers. */
export const NUMBER_SETTINGS = {
  memoryLimit: { minimum: 64, maximum: 16384, fallback: 1024 },
  maximumSteps: { minimum: 1, maximum: 100000, fallback: 100000 },
  'verification.timeBudget': { minimum: 0, maximum: 3600, fallback: 30 },
  'verification.seeds': { minimum: 1, maximum: 16, fallback: 3 },
  'comparison.timeBudget': { minimum: 1, maximum: 3600, fallback: 180 },
} as const satisfies Readonly<Record<string, NumberSetting>>;

/** Severities that a rule may be given. */
export const SEVERITIES = ['off', 'hint', 'information', 'warning', 'error'] as const;

/** A whole number within its bounds: the nearest one to what is written, or the default where that is no number. */
export function numberSetting(key: keyof typeof NUMBER_SETTINGS, value: unknown, report: ReportSetting): number {
  const { minimum, maximum, fallback } = NUMBER_SETTINGS[key];
  const used =
    typeof value === 'number' && !Number.isNaN(value)
      ? Math.min(maximum, Math.max(minimum, Math.round(value)))
      : fallback;
  if (used !== value && value !== undefined)
    report(wrong(key, value, `a whole number from ${minimum} to ${maximum}`, String(used)));
  return used;
}

/** `true` or `false`. */
export function flagSetting(key: string, value: unknown, fallback: boolean, report: ReportSetting): boolean {
  if (typeof value === 'boolean') return value;
  if (value !== undefined) report(wrong(key, value, 'true or false', String(fallback)));
  return fallback;
}

/** Texts. A text alone stands for a list of one. */
export function textsSetting(key: string, value: unknown, report: ReportSetting): readonly string[] {
  const listed: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
  const texts = listed.filter((item): item is string => typeof item === 'string');
  const isRight = Array.isArray(value) && texts.length === listed.length;
  if (!isRight && value !== undefined) report(wrong(key, value, 'a list of strings', JSON.stringify(texts)));
  return texts;
}

/** A mapping whose values are all among `choices`; others are left out. */
export function choicesSetting<Choice extends string>(
  key: string,
  value: unknown,
  choices: readonly Choice[],
  report: ReportSetting,
): Readonly<Record<string, Choice>> {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMapping) {
    if (value !== undefined) report(wrong(key, value, 'a mapping', 'an empty one'));
    return {};
  }
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.flatMap(([name, written]): [string, Choice][] => {
      const chosen = choices.find(choice => choice === written);
      if (chosen === undefined)
        report(wrong(`${key}.${name}`, written, `one of ${choices.join(', ')}`, "the rule's own"));
      return chosen === undefined ? [] : [[name, chosen]];
    }),
  );
}

function wrong(key: string, value: unknown, expected: string, used: string): string {
  const written = (JSON.stringify(value) ?? 'undefined').slice(0, 60);
  return `The setting gradientHealth.${key} is ${written}, but must be ${expected}; ${used} is used until it is changed.`;
}
