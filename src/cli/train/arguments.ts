/** The arguments of the `train` command. */
import { parseArgs } from 'node:util';
import type { RuleOptions } from '../../diagnosis/diagnose';
import type { RuleId } from '../../diagnosis/finding';
import { RULE_IDS } from '../../diagnosis/rule-ids';
import { nearestName } from '../../model/vocabulary/nearest-name';
import { MAX_SEED, MAX_STEPS } from '../../model/vocabulary/limits';
import { readRuleOptions } from './rule-options-file';
import { errorText } from '../../text/error-text';

export const HELP = `Usage: npm run train -- FILE [--cures | --fix | --compare] [options]

Trains a model file (*.model.yaml, *.model.yml, *.model.json) for a short time and reports, layer by layer, whether it
trains, whether its gradients explode or vanish, why, and which edit of the file cures it.

  --cures         measure the cures of the root finding: each is trained with the same seeds as the original
  --fix           measure them and write the preferred one into the file, where it trains with every seed
  --compare       measure every cure that applies, and pairs of the best, best first
  --finding RULE  measure the cures of this finding instead of the root's; RULE:LAYER where a rule is found twice
  --budget N      seconds that measuring may take (180)
  --json          print the report as JSON (docs/json-report.md)
  --seed N        train with another seed than the file's
  --seeds N       train with N seeds from that one on, in parallel; the verdict covers all of them (1, with cures 3)
  --steps N       train for another number of steps
  --rule-options FILE  thresholds of rules, as JSON: { "rule": { "option": number } }
  --profile       report the time per kernel (measuring costs some time itself)
  --help          print this text

Exit codes, over all seeds: 0 it trains, 1 faulty (an error or a warning), 2 the file cannot be trained, 3 a defect of this
tool, 4 not learning. After --fix has written a cure, they describe the file with the cure. More: docs/terminal.md
`;

/** Measurement after the run. */
export type Measuring = 'cures' | 'compare';

/** A finding as the command line names it. */
export interface FindingName {
  readonly rule: RuleId;
  readonly layer: string | undefined;
}

export interface TrainArguments {
  readonly file: string;
  readonly json: boolean;
  readonly seed: number | undefined;
  readonly seeds: number;
  readonly steps: number | undefined;
  readonly ruleOptions: RuleOptions;
  readonly profile: boolean;
  readonly measuring: Measuring | undefined;
  readonly fix: boolean;
  readonly finding: FindingName | undefined;
  readonly budgetMs: number;
}

/** A fault in the arguments, in one sentence. */
export class UsageError extends Error {}

/** As many as anybody waits for. */
const MAX_SEEDS = 1000;
/** As the extension's default of `gradientHealth.verification.seeds`. */
const CURE_SEEDS = 3;
/** As the extension's default of `gradientHealth.comparison.timeBudget`. */
const BUDGET_SECONDS = 180;
/** A day: what a timer of Node can wait for, and more than anybody does. */
const MAX_BUDGET_SECONDS = 86_400;

/**
 * The arguments after the command's name; `undefined` where they ask for help. @throws UsageError, and as
 * `readRuleOptions`
 */
export function readArguments(args: readonly string[]): TrainArguments | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: flag,
        profile: flag,
        seed: text,
        seeds: text,
        steps: text,
        'rule-options': text,
        help: flag,
        cures: flag,
        fix: flag,
        compare: flag,
        finding: text,
        budget: text,
      },
    });
  } catch (error) {
    throw new UsageError(errorText(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  if (positionals.length !== 1) throw new UsageError(`Name 1 model file; ${positionals.length} were named.`);
  if (values.compare && (values.cures || values.fix)) {
    throw new UsageError(
      '--compare measures the whole catalog, --cures and --fix the cures of one finding; choose one.',
    );
  }
  const measuring = values.compare ? 'compare' : values.cures || values.fix ? 'cures' : undefined;
  for (const name of ['finding', 'budget'] as const) {
    if (values[name] !== undefined && !measuring)
      throw new UsageError(`--${name} goes with --cures, --fix or --compare.`);
  }
  return {
    file: positionals[0],
    json: values.json ?? false,
    profile: values.profile ?? false,
    seed: wholeNumber('--seed', values.seed, 0, MAX_SEED),
    seeds: wholeNumber('--seeds', values.seeds, 1, MAX_SEEDS) ?? (measuring ? CURE_SEEDS : 1),
    steps: wholeNumber('--steps', values.steps, 1, MAX_STEPS),
    ruleOptions: values['rule-options'] === undefined ? {} : readRuleOptions(values['rule-options']),
    measuring,
    fix: values.fix ?? false,
    finding: values.finding === undefined ? undefined : findingName(values.finding),
    budgetMs: 1000 * (seconds('--budget', values.budget) ?? BUDGET_SECONDS),
  };
}

function findingName(text: string): FindingName {
  const [name, ...rest] = text.split(':');
  const rule = RULE_IDS.find(id => id === name);
  if (rule === undefined) {
    const nearest = nearestName(name, RULE_IDS);
    throw new UsageError(`There is no rule "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`);
  }
  return { rule, layer: rest.length === 0 ? undefined : rest.join(':') };
}

function wholeNumber(name: string, text: string | undefined, minimum: number, maximum: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < minimum || value > maximum) {
    throw new UsageError(`${name} is a whole number from ${minimum} to ${maximum}, not "${text}".`);
  }
  return value;
}

function seconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= MAX_BUDGET_SECONDS)) {
    throw new UsageError(`${name} is a number of seconds up to ${MAX_BUDGET_SECONDS}, not "${text}".`);
  }
  return value;
}
