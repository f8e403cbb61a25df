/** Requests of the extension host to the analysis, which works in another process. */
import type { DiagnosisSettings, RuleOptions } from '../../diagnosis/diagnose';
import type { Finding } from '../../diagnosis/finding';
import type { FixPart } from '../../fixes/fix';
import type { RunHistory } from '../../record/run-history';
import type { Counts, ProposedFixes } from '../../protocol/analysis-messages';
import type { ModelSpec } from '../../model/model-spec';
import type { Source } from '../../frontends/frontend';
import type { StepRecord } from '../../record/step-record';
import type { SeedAssessment } from '../../verification/assess-seeds';
import type { Progress } from '../../verification/board';
import type { Comparison } from '../../verification/compare-cures';
import type { TrialResult } from '../../verification/measure-trial';
import type { CancelSignal } from '../../verification/trial';
import type { VerifiedFixes } from '../../verification/verify-fixes';
import type { TrainingData } from '../../worker/worker-trials';

/** A run as far as the analysis needs it. It is told apart by its history. */
export interface AnalyzedRun {
  readonly source: Source;
  readonly model: ModelSpec;
  readonly history: RunHistory;
}

/** The present text, of which a placed finding speaks. */
export interface AnalyzedText {
  readonly source: Source;
  readonly model: ModelSpec;
}

/** A measuring with the data that it trains on, its bounds, and the ways to end it. */
export interface AnalyzedMeasuring {
  readonly data: TrainingData;
  readonly limits: { readonly seeds: number; readonly concurrency: number; readonly ruleOptions?: RuleOptions };
  readonly cancel: CancelSignal;
  readonly outOfTime: CancelSignal;
}

/**
 * Every question is answered, or rejects with one sentence for the user. Answers are those that diagnosis, fixes and
 * verification give here: where they are worked out changes nothing about them.
 */
export interface Analysis {
  /** Says that a run has begun whose records follow by `append`. */
  follow(run: AnalyzedRun): void;
  append(history: RunHistory, records: readonly StepRecord[]): void;
  diagnose(run: AnalyzedRun, ruleOptions: RuleOptions): Promise<readonly Finding[]>;
  /** @param starts first steps of a few seeds; none for what the text alone decides */
  predict(
    text: AnalyzedText,
    starts: readonly RunHistory[],
    settings: Pick<DiagnosisSettings, 'severities' | 'options'>,
  ): Promise<readonly Finding[]>;
  /** @param remake parts of measured cures that are to be made of the present text */
  propose(
    run: AnalyzedRun,
    now: AnalyzedText,
    finding: Finding,
    remake: readonly (readonly FixPart[])[],
  ): Promise<ProposedFixes>;
  verify(
    run: AnalyzedRun,
    finding: Finding,
    measuring: AnalyzedMeasuring,
    onProgress: (counts: Counts) => void,
  ): Promise<VerifiedFixes>;
  /** @param known trainings of the model that were made already; the run itself where there are none */
  assess(
    run: AnalyzedRun,
    seeds: { readonly mostSeeds: number; readonly known?: readonly TrialResult[] },
    measuring: AnalyzedMeasuring,
    onProgress: (counts: Counts) => void,
  ): Promise<SeedAssessment>;
  harm(run: AnalyzedRun, known: readonly TrialResult[], measuring: AnalyzedMeasuring): Promise<Finding | undefined>;
  compare(
    run: AnalyzedRun,
    finding: Finding,
    measuring: AnalyzedMeasuring,
    onProgress: (progress: Progress) => void,
  ): Promise<Comparison>;
}
