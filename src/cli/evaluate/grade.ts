/** What the trials of a suite say about the diagnosis: counts, and every case that went wrong. */
import { harmed, learnt } from './outcome';
import type { Trial, TrialFinding } from './trial';
import type { PlantedFault, Suite } from './truth';

/** A share as it is printed: `hits` of `of`. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

export interface Grades {
  /** Runs of faulty models that were harmed, or whose fault needs no harm; the others say nothing and are not counted. */
  readonly found: Share;
  readonly root: Share;
  /** Root and layer. */
  readonly place: Share;
  /** Harmed runs whose preferred cure makes the model learn with a seed that it was not chosen by; of the first seed alone. */
  readonly cured: Share;
  readonly falseErrors: Share;
  readonly falseWarnings: Share;
  /** Runs of faulty models in which the fault did no harm: chance, or a case that is not one. */
  readonly unharmed: readonly string[];
  /** Runs of healthy models that did not learn: a case that is not one. */
  readonly unlearnt: readonly string[];
  /** One line a run that was graded wrong. */
  readonly wrong: readonly string[];
  /** One line a run whose preferred cure does not make it learn. */
  readonly uncured: readonly string[];
}

/** Trials by kind, name and seed. */
export type Trials = (kind: 'faulty' | 'healthy', name: string, seed: number) => Trial;

/** Grades every run of the suite. A finding of a warning or an error is an alarm; hints and information are not. */
export function grade(suite: Suite, seeds: readonly number[], trials: Trials): Grades {
  const wrong: string[] = [];
  const unharmed: string[] = [];
  const unlearnt: string[] = [];
  let graded = 0;
  let found = 0;
  let root = 0;
  let place = 0;
  let cured = 0;
  let curable = 0;
  const uncured: string[] = [];
  for (const [name, fault] of suite.faults) {
    for (const seed of seeds) {
      const trial = trials('faulty', name, seed);
      if (fault.harm && !harmed(trial.outcome, trials('healthy', name, seed).outcome)) {
        unharmed.push(`${name} seed ${seed}`);
        continue;
      }
      graded++;
      const [first] = fault.harm ? alarms(trial) : trial.findings;
      const hasRoot = first !== undefined && fault.roots.includes(first.rule);
      const hasPlace = hasRoot && isRightPlace(fault, first);
      if (trial.cure !== undefined || (fault.harm && fault.curable && seed === seeds[0])) {
        const isCured = trial.cure?.outcome !== undefined && learnt(trial.cure.outcome);
        curable++;
        cured += Number(isCured);
        if (!isCured) uncured.push(`${name} seed ${seed}: ${cureInShort(trial)}`);
      }
      found += Number(first !== undefined);
      root += Number(hasRoot);
      place += Number(hasPlace);
      if (!hasPlace) wrong.push(`faulty/${name} seed ${seed}: ${inShort(trial)}; expected ${fault.roots.join(' or ')}`);
    }
  }
  let controls = 0;
  let falseErrors = 0;
  let falseWarnings = 0;
  for (const name of suite.healthy) {
    for (const seed of seeds) {
      const trial = trials('healthy', name, seed);
      if (!learnt(trial.outcome)) {
        unlearnt.push(`${name} seed ${seed} (${trial.outcome.relativeLoss.toPrecision(3)})`);
        continue;
      }
      controls++;
      const alarming = alarms(trial);
      falseErrors += Number(alarming.some((finding) => finding.severity === 'error'));
      falseWarnings += Number(alarming.some((finding) => finding.severity === 'warning'));
      if (alarming.length > 0) wrong.push(`healthy/${name} seed ${seed}: ${inShort(trial)}`);
    }
  }
  return {
    found: { hits: found, of: graded }, root: { hits: root, of: graded }, place: { hits: place, of: graded },
    cured: { hits: cured, of: curable },
    falseErrors: { hits: falseErrors, of: controls }, falseWarnings: { hits: falseWarnings, of: controls },
    unharmed, unlearnt, wrong, uncured,
  };
}

function alarms(trial: Trial): readonly TrialFinding[] {
  return trial.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

function isRightPlace(fault: PlantedFault, { layer }: TrialFinding): boolean {
  return fault.layers === '*' || (layer !== undefined && fault.layers.includes(layer));
}

function cureInShort({ cure }: Trial): string {
  if (cure === undefined) return 'no alarm';
  if (cure.outcome === undefined) return cure.verdict;
  const { finite, relativeLoss } = cure.outcome;
  return `${cure.title}; with another seed ${finite ? `relative loss ${relativeLoss.toPrecision(3)}` : 'not finite'}`;
}

function inShort({ outcome, findings }: Trial): string {
  const loss = outcome.finite ? `relative loss ${outcome.relativeLoss.toPrecision(3)}` : 'not finite';
  const list = findings.map(({ rule, severity, layer }) => `${severity} ${rule}${layer === undefined ? '' : ` at ${layer}`}`);
  return `${loss}; ${list.join(', ') || 'no finding'}`;
}
