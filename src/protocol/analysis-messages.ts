/** Every message between the extension host and the analysis process. */
import type { DiagnosisSettings, RuleOptions } from '../diagnosis/diagnose';
import type { Finding } from '../diagnosis/finding';
import type { FixPart } from '../fixes/fix';
import type { RunHistory } from '../record/run-history';
import type { ModelSpec } from '../model/model-spec';
import type { SentText } from '../frontends/sent-text';
import type { DataFiles } from '../training/data/given-files';
import type { RunLayout, RunOutcome, StepRecord } from '../record/step-record';
import type { SeedAssessment } from '../verification/assess-seeds';
import type { Progress } from '../verification/board';
import type { WrittenFix } from '../verification/change-source';
import type { Comparison } from '../verification/compare-cures';
import type { TrialResult } from '../verification/measure-trial';
import type { VerifiedFixes } from '../verification/verify-fixes';

/** Input of a measuring of cures or seeds. Runs and data are named by numbers that the host gave them. */
export interface MeasuringQuestion {
  readonly run: number;
  readonly data: number;
  readonly memoryLimitBytes: number;
  readonly seeds: number;
  readonly concurrency: number;
  readonly ruleOptions?: RuleOptions;
}

/** How many trainings of a measuring are over. */
export type Counts = Pick<Progress, 'finished' | 'planned'>;

/** The cures of a finding before they were measured, and measured ones made again, all as edits of the present text. */
export interface ProposedFixes {
  readonly proposed: readonly WrittenFix[];
  /** In the order of the question; `undefined` where one does not apply to the text. */
  readonly remade: readonly (WrittenFix | undefined)[];
}

/** By kind: what is asked, what is answered, and what is told on the way. */
export interface Questions {
  readonly diagnose: {
    readonly ask: { readonly run: number; readonly ruleOptions: RuleOptions };
    readonly answer: readonly Finding[];
    readonly progress: never;
  };
  readonly predict: {
    readonly ask: {
      readonly text: SentText;
      readonly model: ModelSpec;
      /** First steps of a few seeds; none for what the text alone decides. */
      readonly starts: readonly RunHistory[];
      readonly settings: Pick<DiagnosisSettings, 'severities' | 'options'>;
    };
    readonly answer: readonly Finding[];
    readonly progress: never;
  };
  readonly propose: {
    readonly ask: {
      readonly run: number;
      readonly finding: Finding;
      readonly remake: readonly (readonly FixPart[])[];
      /** The present text, of which `finding` speaks. */
      readonly now: SentText;
      readonly model: ModelSpec;
    };
    readonly answer: ProposedFixes;
    readonly progress: never;
  };
  readonly verify: {
    readonly ask: MeasuringQuestion & { readonly finding: Finding };
    readonly answer: VerifiedFixes;
    readonly progress: Counts;
  };
  readonly assess: {
    readonly ask: MeasuringQuestion & {
      readonly mostSeeds: number;
      /** Trainings of the model that were made already; the run itself where there are none. */
      readonly known?: readonly TrialResult[];
    };
    readonly answer: SeedAssessment;
    readonly progress: Counts;
  };
  readonly harm: {
    readonly ask: MeasuringQuestion & { readonly known: readonly TrialResult[] };
    readonly answer: Finding | undefined;
    readonly progress: never;
  };
  readonly compare: {
    readonly ask: MeasuringQuestion & { readonly finding: Finding };
    readonly answer: Comparison;
    readonly progress: Progress;
  };
}

export type QuestionKind = keyof Questions;
/** A question of any kind, with its kind. */
export type Question = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind } & Questions[Kind]['ask'];
}[QuestionKind];

/** Why a measuring is to end. */
export type StopReason = 'cancelled' | 'out-of-time';

export type ToAnalysis =
  /** A run that questions will name; its records follow. */
  | {
      readonly type: 'run';
      readonly run: number;
      readonly text: SentText;
      readonly model: ModelSpec;
      readonly layout: RunLayout;
    }
  | { readonly type: 'records'; readonly run: number; readonly records: readonly StepRecord[] }
  | { readonly type: 'outcome'; readonly run: number; readonly outcome: RunOutcome }
  /** Data files that questions will name. */
  | { readonly type: 'data'; readonly data: number; readonly files: DataFiles }
  /** No question names them any more. */
  | { readonly type: 'forget'; readonly runs: readonly number[]; readonly data: readonly number[] }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'stop'; readonly id: number; readonly reason: StopReason }
  /** No more questions: the process ends itself. */
  | { readonly type: 'close' };

export type FromAnalysis =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  /** One sentence on why there is no answer. */
  | { readonly type: 'refused'; readonly id: number; readonly message: string };
