/** Grades the diagnosis by the trials of a collection: counts, and every case that went wrong. */
import { isAlarm } from '../../diagnosis/finding';
import type { Collection, Kind } from './collections';
import { cureInShort, trialInShort } from './in-short';
import { shareOf, type Count, type Share } from './interval';
import { harmed, learned, learnedNothing } from './outcome';
import { isCausal, trainsHeldBack } from './strict-cure';
import type { Trial, TrialFinding } from './trial';
import type { PlantedFault } from './truth';

/**
 * Counts of the grades. Runs of faulty models count that were harmed, or whose fault needs no harm; runs of healthy
 * ones that learned.
 */
export const MEASURES = [
  'found',
  'root',
  'place',
  'cureTrains',
  'cureIsCausal',
  'cureTrainsStrictly',
  'cureIsRight',
  'falseErrors',
  'falseWarnings',
  'falseTrains',
] as const;

export type Measure = (typeof MEASURES)[number];

/** Cases by what is to be known of them, a line each. */
export interface Cases {
  /** Runs that were graded wrong. */
  readonly wrong: readonly string[];
  /** Runs whose preferred cure is not right by the strict measure. */
  readonly uncured: readonly string[];
  /** Runs that learned nothing and are said to train. */
  readonly falseTrains: readonly string[];
  /** Runs of faulty models in which the fault did no harm: chance, or a case that is not one. */
  readonly unharmed: readonly string[];
  /** Runs of healthy models that did not learn: a case that is not one. */
  readonly unlearned: readonly string[];
}

export interface Grades {
  readonly shares: Readonly<Record<Measure, Share>>;
  readonly cases: Cases;
}

/** Trials by kind, name and seed. */
export type Trials = (kind: Kind, name: string, seed: number) => Trial;

/** Grades every run of a collection. A finding of a warning or an error is an alarm; hints and information are not. */
export function grade(collection: Collection, seeds: readonly number[], trials: Trials): Grades {
  const counts = Object.fromEntries(MEASURES.map(measure => [measure, [] as Count[]])) as Record<Measure, Count[]>;
  const cases = { wrong: [], uncured: [], falseTrains: [], unharmed: [], unlearned: [] } satisfies Cases as Record<
    keyof Cases,
    string[]
  >;
  const runs: Runs = { seeds, trials, counts, cases };
  for (const [name, fault] of collection.faults) gradeFault(runs, name, fault);
  for (const name of collection.healthy) gradeHealthy(runs, name);
  return {
    shares: Object.fromEntries(MEASURES.map(measure => [measure, shareOf(counts[measure])])) as Grades['shares'],
    cases,
  };
}

interface Runs {
  readonly seeds: readonly number[];
  readonly trials: Trials;
  readonly counts: Record<Measure, Count[]>;
  readonly cases: Record<keyof Cases, string[]>;
}

function gradeFault({ seeds, trials, counts, cases }: Runs, name: string, fault: PlantedFault): void {
  for (const seed of seeds) {
    const trial = trials('faulty', name, seed);
    const title = `faulty/${name} seed ${seed}`;
    countFalseTrains({ counts, cases }, `faulty/${name}`, title, trial);
    if (fault.harm && !harmed(trial.outcome, trials('healthy', name, seed).outcome)) {
      cases.unharmed.push(`${title} (${trial.outcome.relativeLoss.toPrecision(3)})`);
      continue;
    }
    const [first] = fault.harm ? alarms(trial) : trial.findings;
    const hasRoot = first !== undefined && fault.roots.includes(first.rule);
    const hasPlace = hasRoot && isRightPlace(fault, first);
    counts.found.push({ model: name, hit: first !== undefined });
    counts.root.push({ model: name, hit: hasRoot });
    counts.place.push({ model: name, hit: hasPlace });
    if (!hasPlace) cases.wrong.push(`${title}: ${trialInShort(trial)}; expected ${fault.roots.join(' or ')}`);
    if (trial.cureSought) gradeCure({ counts, cases }, name, title, fault, trial);
  }
}

function gradeCure(
  { counts, cases }: Pick<Runs, 'counts' | 'cases'>,
  model: string,
  title: string,
  fault: PlantedFault,
  { cure }: Trial,
): void {
  const causal = cure !== undefined && isCausal(fault, cure);
  const strict = cure !== undefined && trainsHeldBack(cure);
  counts.cureTrains.push({ model, hit: cure?.runs[0] !== undefined && learned(cure.runs[0].outcome) });
  counts.cureIsCausal.push({ model, hit: causal });
  counts.cureTrainsStrictly.push({ model, hit: strict });
  counts.cureIsRight.push({ model, hit: causal && strict });
  const reasons = [...(causal ? [] : ['not causal']), ...(strict ? [] : ['does not train'])];
  if (reasons.length > 0)
    cases.uncured.push(
      `${title}: ${reasons.join(', ')}: ${cureInShort(cure)}; causal ${fault.cures.join(' or ') || 'none yet'}`,
    );
}

function gradeHealthy({ seeds, trials, counts, cases }: Runs, name: string): void {
  for (const seed of seeds) {
    const trial = trials('healthy', name, seed);
    const title = `healthy/${name} seed ${seed}`;
    countFalseTrains({ counts, cases }, `healthy/${name}`, title, trial);
    if (!learned(trial.outcome)) {
      cases.unlearned.push(`${title} (${trial.outcome.relativeLoss.toPrecision(3)})`);
      continue;
    }
    const alarming = alarms(trial);
    counts.falseErrors.push({ model: name, hit: alarming.some(finding => finding.severity === 'error') });
    counts.falseWarnings.push({ model: name, hit: alarming.some(finding => finding.severity === 'warning') });
    if (alarming.length > 0) cases.wrong.push(`${title}: ${trialInShort(trial)}`);
  }
}

/** Counts a run, and those of its cured model, where nothing was learned and "trains" would be wrong. */
function countFalseTrains(
  { counts, cases }: Pick<Runs, 'counts' | 'cases'>,
  model: string,
  title: string,
  trial: Trial,
): void {
  const cured = trial.cure?.runs.map(run => ({ ...run, title: `${title}, cured, seed ${run.seed}` })) ?? [];
  for (const run of [{ ...trial, title }, ...cured]) {
    if (!learnedNothing(run.outcome)) continue;
    const hit = run.verdict === 'trains';
    counts.falseTrains.push({ model, hit });
    if (hit) cases.falseTrains.push(`${run.title} (${run.outcome.relativeLoss.toPrecision(3)})`);
  }
}

function alarms(trial: Trial): readonly TrialFinding[] {
  return trial.findings.filter(isAlarm);
}

function isRightPlace(fault: PlantedFault, { layer }: TrialFinding): boolean {
  return fault.layers === '*' || (layer !== undefined && fault.layers.includes(layer));
}
