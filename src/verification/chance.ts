/** How much of a verdict is chance: what several seeds of one model showed, in numbers and in words. */
import type { Finding, RuleId } from '../diagnosis/finding';
import type { TrialResult } from './measure-trial';

/** Plain data. */
export interface Chance {
  /** Seeds that were tried: `firstSeed` and the ones after it. */
  readonly seeds: number;
  readonly firstSeed: number;
  /** Seeds in which the model trains; in the others it dies. */
  readonly trainsIn: number;
  /** Seeds in which the diagnosis names a rule, most first. */
  readonly found: readonly { readonly rule: RuleId; readonly seeds: number }[];
  /** "dies in 5 of 16 seeds", "trains in all 16 seeds". */
  readonly summary: string;
  /**
   * Where the run of `firstSeed` is sound, what several of the others die of, as a finding of severity information without cures: those
   * are made from the records of a run that dies. Absent where no rule is named in at least `TOLD` seeds that die: one of many says little.
   */
  readonly elsewhere?: Finding;
}

/** Seeds that have to die of a rule before a run that trained is said to have been lucky. */
const TOLD = 2;

/** @param trials of one model, in the order of their seeds, without a gap; at least one */
export function chanceOf(trials: readonly TrialResult[]): Chance {
  const [first] = trials;
  const trainsIn = trials.filter((trial) => trial.trains).length;
  const elsewhere = isSound(first) ? diesElsewhere(trials, trainsIn) : undefined;
  return {
    seeds: trials.length,
    firstSeed: first.seed,
    trainsIn,
    found: countRules(trials),
    summary: summaryOf(trainsIn, trials.length),
    ...(elsewhere && { elsewhere }),
  };
}

/** The findings of the run with the first seed, each with the seeds that show it, and what other seeds die of where it is sound. */
export function withChance(findings: readonly Finding[], chance: Chance | undefined): readonly Finding[] {
  if (!chance || chance.seeds < 2) return findings;
  const told = findings.map((finding) => {
    const text = foundText(finding.rule, chance);
    return text === undefined ? finding : { ...finding, message: `${finding.message} ${text}` };
  });
  const { elsewhere } = chance;
  return elsewhere && !findings.some(({ rule }) => rule === elsewhere.rule) ? [...told, elsewhere] : told;
}

/** "Found in 5 of 16 seeds tried; the model trains in 9."; `undefined` where no seed shows the rule. */
function foundText(rule: RuleId, { found, seeds, trainsIn }: Chance): string | undefined {
  const count = found.find((each) => each.rule === rule)?.seeds;
  if (count === undefined) return undefined;
  if (count === seeds) return `Found in all ${seeds} seeds tried.`;
  return `Found in ${count} of ${seeds} seeds tried${count === seeds - trainsIn ? '' : `; the model trains in ${trainsIn}`}.`;
}

function isSound(trial: TrialResult): boolean {
  return trial.trains && !trial.findings.some(isAlarm);
}

function isAlarm({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

function diesElsewhere(trials: readonly TrialResult[], trainsIn: number): Finding | undefined {
  const dead = trials.filter((trial) => !trial.trains).flatMap(({ seed, findings }) => {
    const root = findings.find(isAlarm);
    return root ? [{ seed, root }] : [];
  });
  const times = (rule: RuleId): number => dead.filter(({ root }) => root.rule === rule).length;
  const [likeliest] = dead.toSorted((one, other) => times(other.root.rule) - times(one.root.rule) || one.seed - other.seed);
  if (likeliest === undefined || times(likeliest.root.rule) < TOLD) return undefined;
  const { seed, root } = likeliest;
  return {
    ...root, severity: 'information', fixes: [],
    message: `The model trains with seed ${trials[0].seed}, but dies in ${trials.length - trainsIn} of ${trials.length} seeds tried. `
      + `With seed ${seed}: ${root.message}`,
    measured: { ...root.measured, seedsFound: times(root.rule), seedsTried: trials.length },
  };
}

function countRules(trials: readonly TrialResult[]): Chance['found'] {
  const rulesOf = (trial: TrialResult): readonly RuleId[] => trial.findings.map(({ rule }) => rule);
  return [...new Set(trials.flatMap(rulesOf))]
    .map((rule) => ({ rule, seeds: trials.filter((trial) => rulesOf(trial).includes(rule)).length }))
    .sort((one, other) => other.seeds - one.seeds);
}

function summaryOf(trainsIn: number, seeds: number): string {
  const fails = seeds - trainsIn;
  if (fails === 0) return seeds === 1 ? 'trains with the one seed tried' : `trains in all ${seeds} seeds`;
  return fails === seeds && seeds > 1 ? `dies in all ${seeds} seeds` : `dies in ${fails} of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
}
