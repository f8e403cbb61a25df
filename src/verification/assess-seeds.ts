/** How much of a verdict is chance: the same model with several seeds. */
import type { DiagnosisSettings } from '../diagnosis/diagnose';
import type { LearningState } from '../diagnosis/evidence/learning';
import type { RuleId } from '../diagnosis/finding';
import type { ModelSpec } from '../spec/model-spec';
import { measureCandidates, type Ending, type MeasureOptions } from './measure-candidates';
import type { TrialResult } from './measure-trial';
import type { RunTrial } from './trial';

/** Plain data. */
export interface SeedAssessment {
  /** Seeds that were tried. */
  readonly seeds: number;
  readonly trainsIn: number;
  readonly states: Readonly<Record<LearningState, number>>;
  /** Seeds in which the diagnosis names a rule, most first; warnings and errors only. */
  readonly found: readonly { readonly rule: RuleId; readonly seeds: number }[];
  /** "dies in 5 of 16 seeds", "trains in all 16 seeds". */
  readonly summary: string;
  readonly trials: readonly TrialResult[];
  readonly ended: Ending;
}

/** Trains the model with `options.seeds` seeds. @throws what `run` rejects with */
export async function assessSeeds(
  model: ModelSpec, run: RunTrial, options: Omit<MeasureOptions, 'keep' | 'more'> & { readonly settings?: DiagnosisSettings },
): Promise<SeedAssessment> {
  const { baseline: { trials }, ended } = await measureCandidates(model, [], run, options);
  const count = (state: LearningState): number => trials.filter((trial) => trial.state === state).length;
  const rules = [...new Set(trials.flatMap((trial) => trial.found))];
  const trainsIn = trials.filter((trial) => trial.trains).length;
  return {
    seeds: trials.length,
    trainsIn,
    states: { destroyed: count('destroyed'), diverged: count('diverged'), stuck: count('stuck'), learning: count('learning') },
    found: rules.map((rule) => ({ rule, seeds: trials.filter((trial) => trial.found.includes(rule)).length }))
      .sort((one, other) => other.seeds - one.seeds),
    summary: summaryOf(trainsIn, trials.length),
    trials,
    ended,
  };
}

function summaryOf(trainsIn: number, seeds: number): string {
  const fails = seeds - trainsIn;
  if (seeds === 0) return 'not tried with any seed';
  if (fails === 0) return seeds === 1 ? 'trains with the one seed tried' : `trains in all ${seeds} seeds`;
  return fails === seeds && seeds > 1 ? `dies in all ${seeds} seeds` : `dies in ${fails} of ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
}
