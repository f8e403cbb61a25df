/** Trains one model with several seeds, and with more of them where they do not agree. */
import type { ModelSpec } from '../model/model-spec';
import type { Ending } from './board';
import { chanceOf, type Chance } from './chance';
import { measureCandidates, type MeasureOptions } from './measure-candidates';
import type { TrialResult } from './measure-trial';
import type { RunTrial } from './trial';

export interface AssessOptions extends Omit<MeasureOptions, 'keep' | 'more'> {
  /** Seeds that are tried where the first `seeds` do not agree, so that "sometimes" gets a number. */
  readonly mostSeeds?: number;
}

export interface SeedAssessment {
  /** `undefined` where no training came to its end. */
  readonly chance: Chance | undefined;
  /** In the order of their seeds, without a gap. */
  readonly trials: readonly TrialResult[];
  readonly ended: Ending;
}

/** @throws what `run` rejects with */
export async function assessSeeds(model: ModelSpec, run: RunTrial, options: AssessOptions): Promise<SeedAssessment> {
  const { mostSeeds = options.seeds, ...first } = options;
  let measured = await measureCandidates(model, [], run, first);
  if (measured.ended === 'complete' && mostSeeds > options.seeds && !agree(measured.baseline.trials)) {
    measured = await measureCandidates(model, [], run, { ...first, seeds: mostSeeds, known: measured.baseline.trials });
  }
  const trials = withoutGap(measured.baseline.trials);
  return { chance: trials.length === 0 ? undefined : chanceOf(trials), trials, ended: measured.ended };
}

/** Whether every seed trains or none does, and shows what the first one shows. */
function agree(trials: readonly TrialResult[]): boolean {
  const [first] = trials;
  return trials.every(
    ({ trains, findings }) =>
      trains === first.trains && first.findings.every(({ rule }) => findings.some(finding => finding.rule === rule)),
  );
}

/** Runs that die are over sooner: where time ran out, a seed after one that was not done would count too often. */
function withoutGap(trials: readonly TrialResult[]): readonly TrialResult[] {
  const gap = trials.findIndex(({ seed }, index) => seed !== trials[0].seed + index);
  return gap < 0 ? trials : trials.slice(0, gap);
}
