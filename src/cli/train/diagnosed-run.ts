/** A model file trained and diagnosed: what both forms of the report are made of. */
import { diagnose, type DiagnosisSettings, type RuleOptions } from '../../diagnosis/diagnose';
import { isAlarm, type Finding } from '../../diagnosis/finding';
import { layerVerdicts, type LayerVerdict } from '../../diagnosis/layer-verdict';
import { verdictOf, type RunVerdict } from '../../diagnosis/verdict';
import type { Profile } from '../../engine/profile';
import type { FixContext } from '../../fixes/fix-context';
import { proposeFixes } from '../../fixes/propose';
import type { RunHistory } from '../../record/run-history';
import type { ModelSpec } from '../../model/model-spec';
import type { JobOptions } from '../../training/job';
import { runToEnd } from '../../training/run-in-process';
import type { StepRecord } from '../../record/step-record';
import { writeFixes, type WrittenFix } from '../../verification/change-source';
import { chanceOf, withChance, type Chance } from '../../verification/chance';
import { measureTrial, type TrialResult } from '../../verification/measure-trial';
import { readDataFiles, type ModelFile } from './model-file';
import { StepClock } from './step-clock';

/** As the extension's default of `gradientHealth.memoryLimit`. */
export const MEMORY_LIMIT_BYTES = 1024 * 2 ** 20;

/** A finding that the user is shown, with its cures as they are before measuring: none of them is preferred. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly fixes: readonly WrittenFix[];
}

export interface DiagnosedRun {
  readonly file: ModelFile;
  readonly model: ModelSpec;
  readonly history: RunHistory;
  /** Time of the training alone, as `StepClock` takes it. */
  readonly milliseconds: number | undefined;
  /** The likeliest root first. */
  readonly findings: readonly ShownFinding[];
  /** Findings that comments in the file silence. */
  readonly silenced: readonly Finding[];
  /** On all seeds that were tried. */
  readonly verdict: RunVerdict;
  /** In the order of the layers. */
  readonly layers: readonly LayerVerdict[];
  /** Result of other seeds; absent where none was tried. */
  readonly chance?: Chance;
  /** The first of the other seeds that the model fails with. */
  readonly failingSeed?: number;
  /** An alarm that only another seed raises, though the model trains with every seed. */
  readonly otherAlarm?: { readonly seed: number; readonly finding: Finding };
}

/** Listeners to a run in progress. */
export interface RunWatch extends Pick<JobOptions, 'onReading' | 'onRemarks'> {
  readonly onRecord?: (record: StepRecord) => void;
}

/** Comments of the file and options of rules, for every run of the file. */
export function diagnosisSettings({ source }: Pick<ModelFile, 'source'>, options: RuleOptions): DiagnosisSettings {
  return { options, isSilenced: ({ rule, at }) => source.isIgnored(rule, at) };
}

/**
 * Trains a model with the very job that the extension runs, and diagnoses it. `profile` counts its kernel calls.
 * @throws TrainingError where model and data do not fit
 */
export function trainAndDiagnose(
  file: ModelFile,
  model: ModelSpec,
  { onRecord, ...watch }: RunWatch,
  ruleOptions: RuleOptions = {},
  profile?: Profile,
): DiagnosedRun {
  const files = readDataFiles(file.path, model);
  const clock = new StepClock();
  const history = runToEnd(
    model,
    { memoryLimitBytes: MEMORY_LIMIT_BYTES, files, ...watch, ...(profile && { watcher: profile }) },
    record => {
      clock.tick();
      onRecord?.(record);
    },
  );
  const { milliseconds } = clock;
  const found = diagnose(model, history, diagnosisSettings(file, ruleOptions));
  const silenced = found.filter(finding => file.source.isIgnored(finding.rule, finding.at));
  const findings = found
    .filter(finding => !silenced.includes(finding))
    .map(finding => ({
      finding,
      fixes: writtenFixes(file, { model, history, finding }),
    }));
  return judged({ file, model, history, milliseconds, findings, silenced });
}

/** The run itself as the training with its seed. */
export function ownTrial({ file, model, history, milliseconds }: DiagnosedRun, ruleOptions: RuleOptions): TrialResult {
  return measureTrial(
    model,
    { history, ...(milliseconds !== undefined && { milliseconds }) },
    diagnosisSettings(file, ruleOptions),
  );
}

/**
 * The run with the seeds that show each of its findings, and a verdict on all of them.
 * @param trials with its own seed first, then the next ones
 * @param cost what a fault costs it though it trains, where that was measured
 */
export function withSeeds(run: DiagnosedRun, trials: readonly TrialResult[], cost?: Finding): DiagnosedRun {
  const chance: Chance = { ...chanceOf(trials), ...(cost && { cost }) };
  const isShown = (finding: Finding): boolean => !run.file.source.isIgnored(finding.rule, finding.at);
  const findings = withChance(
    run.findings.map(({ finding }) => finding),
    chance,
  )
    .filter(isShown)
    .map((finding, index) => ({
      finding,
      fixes: run.findings[index]?.fixes ?? (finding === cost ? writtenFixes(run.file, { ...run, finding }) : []),
    }));
  const alarms = trials
    .slice(1)
    .flatMap(({ seed, findings: found }) =>
      found.filter(finding => isAlarm(finding) && isShown(finding)).map(finding => ({ seed, finding })),
    );
  const isQuiet = chance.trainsIn === chance.seeds && !findings.some(({ finding }) => isAlarm(finding));
  const failing = trials.slice(1).find(({ trains }) => !trains);
  return judged({
    ...run,
    findings,
    chance,
    ...(failing && { failingSeed: failing.seed }),
    ...(isQuiet && alarms.length > 0 && { otherAlarm: alarms[0] }),
  });
}

function writtenFixes({ source }: ModelFile, context: FixContext): readonly WrittenFix[] {
  return writeFixes(source, proposeFixes(context));
}

function judged(run: Omit<DiagnosedRun, 'verdict' | 'layers'>): DiagnosedRun {
  const { model, history, silenced, chance, otherAlarm } = run;
  const findings = run.findings.map(({ finding }) => finding);
  const counted = otherAlarm ? [...findings, otherAlarm.finding] : findings;
  const verdict = verdictOf({ model, history, findings: counted, silenced, ...(chance && { seeds: chance }) });
  if (!verdict) throw new Error('A completed run has no verdict.');
  return { ...run, verdict, layers: layerVerdicts(history, findings, verdict) };
}
