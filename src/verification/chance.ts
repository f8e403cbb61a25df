/** How much of a verdict is chance: what several seeds of one model showed, in numbers and in words. */
import { isAlarm, type Finding, type RuleId } from '../diagnosis/finding';
import type { TrialResult } from './measure-trial';

/** Plain data. */
export interface Chance {
  /** Seeds that were tried: `firstSeed` and the ones after it. */
  readonly seeds: number;
  readonly firstSeed: number;
  /** Seeds in which the model trains; in the others it fails. */
  readonly trainsIn: number;
  /** Seeds in which the diagnosis names a rule, most first. */
  readonly found: readonly { readonly rule: RuleId; readonly seeds: number }[];
  /** "fails with 5 of 16 seeds", "trains with all 16 seeds". */
  readonly summary: string;
  /**
   * Where the run of `firstSeed` is sound, what several of the others fail by, as a finding of severity information
   * without cures: those are made from the records of a run that fails. Absent where no rule is named in
   * `MINIMUM_ALIKE` failing seeds: one of many says little.
   */
  readonly elsewhere?: Finding;
  /** Cost of a fault in a run that trains with every seed, measured by its cure: see `measurePartialHarm`. */
  readonly cost?: Finding;
}

/** Seeds that have to fail by one rule before a run that trained is said to have been lucky. */
const MINIMUM_ALIKE = 2;

/** @param trials of one model, in the order of their seeds, without a gap; at least one */
export function chanceOf(trials: readonly TrialResult[]): Chance {
  const [first] = trials;
  const trainsIn = trials.filter(trial => trial.trains).length;
  const elsewhere = isSound(first) ? failsElsewhere(trials, trainsIn) : undefined;
  return {
    seeds: trials.length,
    firstSeed: first.seed,
    trainsIn,
    found: countRules(trials),
    summary: summaryOf(trainsIn, trials.length),
    ...(elsewhere && { elsewhere }),
  };
}

/**
 * The findings of the run with the first seed, each with the seeds that show it, what other seeds fail by where it is
 * sound, and what a fault costs it all the same.
 */
export function withChance(findings: readonly Finding[], chance: Chance | undefined): readonly Finding[] {
  if (!chance || chance.seeds < 2) return findings;
  const told = findings.map(finding => {
    const text = foundText(finding.rule, chance);
    return text === undefined ? finding : { ...finding, message: `${finding.message} ${text}` };
  });
  const more = [chance.cost, chance.elsewhere].filter(finding => finding !== undefined);
  return [...told, ...more.filter(({ rule }) => !findings.some(finding => finding.rule === rule))];
}

/** "Found with 5 of 16 seeds tried; the model trains with 9."; `undefined` where no seed shows the rule. */
function foundText(rule: RuleId, { found, seeds, trainsIn }: Chance): string | undefined {
  const count = found.find(each => each.rule === rule)?.seeds;
  if (count === undefined) return undefined;
  if (count === seeds) return `Found with all ${seeds} seeds tried.`;
  return `Found with ${count} of ${seeds} seeds tried${count === seeds - trainsIn ? '' : `; the model trains with ${trainsIn}`}.`;
}

function isSound(trial: TrialResult): boolean {
  return trial.trains && !trial.findings.some(isAlarm);
}

function failsElsewhere(trials: readonly TrialResult[], trainsIn: number): Finding | undefined {
  const dead = trials
    .filter(trial => !trial.trains)
    .flatMap(({ seed, findings }) => {
      const root = findings.find(isAlarm);
      return root ? [{ seed, root }] : [];
    });
  const times = (rule: RuleId): number => dead.filter(({ root }) => root.rule === rule).length;
  const [likeliest] = dead.toSorted(
    (one, other) => times(other.root.rule) - times(one.root.rule) || one.seed - other.seed,
  );
  if (likeliest === undefined || times(likeliest.root.rule) < MINIMUM_ALIKE) return undefined;
  const { seed, root } = likeliest;
  return {
    ...root,
    severity: 'information',
    fixes: [],
    message:
      `The model trains with seed ${trials[0].seed}, but fails with ${trials.length - trainsIn} of ${trials.length} seeds tried. ` +
      `With seed ${seed}: ${root.message}`,
    measured: { ...root.measured, seedsFound: times(root.rule), seedsTried: trials.length },
  };
}

function countRules(trials: readonly TrialResult[]): Chance['found'] {
  const rulesOf = (trial: TrialResult): readonly RuleId[] => trial.findings.map(({ rule }) => rule);
  return [...new Set(trials.flatMap(rulesOf))]
    .map(rule => ({ rule, seeds: trials.filter(trial => rulesOf(trial).includes(rule)).length }))
    .sort((one, other) => other.seeds - one.seeds);
}

function summaryOf(trainsIn: number, seeds: number): string {
  const fails = seeds - trainsIn;
  if (fails === 0) return seeds === 1 ? 'trains with the 1 seed tried' : `trains with all ${seeds} seeds`;
  return fails === seeds && seeds > 1
    ? `fails with all ${seeds} seeds`
    : `fails with ${fails} of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
}
