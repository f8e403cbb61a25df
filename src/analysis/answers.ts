/** Answers to the questions to the analysis process. */
import { diagnose } from '../diagnosis/diagnose';
import { predict } from '../diagnosis/predict';
import { readSent } from '../frontends/sent-text';
import { proposeFixes } from '../fixes/propose';
import type { MeasuringQuestion, Question, QuestionKind, Questions } from '../protocol/analysis-messages';
import { assessSeeds } from '../verification/assess-seeds';
import { withoutProgress } from '../verification/candidate-result';
import { writeFixes } from '../verification/change-source';
import { compareCures } from '../verification/compare-cures';
import { composeFix } from '../verification/compose-fix';
import { measureTrial, type TrialResult } from '../verification/measure-trial';
import type { MeasureOptions } from '../verification/measure-candidates';
import { measurePartialHarm } from '../verification/partial-harm';
import type { CancelSignal, RunTrial } from '../verification/trial';
import { verifyFixes, type FaultyRun } from '../verification/verify-fixes';
import { settingsOf, type HeldRun, type HeldRuns } from './held-runs';

/** Parts that answering uses. */
export interface AnswerContext<Kind extends QuestionKind = QuestionKind> {
  readonly runs: Pick<HeldRuns, 'get'>;
  /** Trains on the data that the question names. */
  readonly trials: (question: MeasuringQuestion) => RunTrial;
  readonly cancel: CancelSignal;
  readonly outOfTime: CancelSignal;
  readonly tell: (progress: Questions[Kind]['progress']) => void;
}

type Answerers = {
  readonly [Kind in QuestionKind]: (
    question: Questions[Kind]['ask'],
    context: AnswerContext<Kind>,
  ) => Questions[Kind]['answer'] | Promise<Questions[Kind]['answer']>;
};

const ANSWERERS: Answerers = {
  diagnose: ({ run: number, ruleOptions }, { runs }) => {
    const run = runs.get(number);
    return diagnose(run.model, run.history, settingsOf(run, ruleOptions));
  },

  predict: ({ text, model, starts, settings }) => {
    const source = readSent(text);
    return predict(model, starts, { ...settings, isSilenced: ({ rule, at }) => source.isIgnored(rule, at) });
  },

  propose: ({ run: number, finding, now, model, remake }, { runs }) => {
    const run = runs.get(number);
    const source = now.text === run.source.text ? run.source : readSent(now);
    const context = { source, model, history: run.history, finding };
    return {
      proposed: writeFixes(source, proposeFixes(context)),
      remade: remake.map(parts => {
        const fix = composeFix(context, parts);
        return fix && writeFixes(source, [fix])[0];
      }),
    };
  },

  verify: async (question, context) => {
    const verified = await verifyFixes(
      { ...faulty(context.runs.get(question.run)), finding: question.finding },
      context.trials(question),
      {
        ...optionsOf(question, context),
        known: [ownTrial(question, context)],
        onProgress: ({ finished, planned }) => context.tell({ finished, planned }),
      },
    );
    return {
      ...verified,
      baseline: withoutProgress(verified.baseline),
      candidates: verified.candidates.map(withoutProgress),
    };
  },

  assess: async (question, context) => {
    const assessed = await assessSeeds(context.runs.get(question.run).model, context.trials(question), {
      ...optionsOf(question, context),
      mostSeeds: question.mostSeeds,
      known: question.known ?? [ownTrial(question, context)],
      onProgress: ({ finished, planned }) => context.tell({ finished, planned }),
    });
    return withoutProgress(assessed);
  },

  harm: async (question, context) =>
    measurePartialHarm(faulty(context.runs.get(question.run)), context.trials(question), {
      ...optionsOf(question, context),
      known: question.known,
    }),

  compare: async (question, context) => {
    const { run, seeds, concurrency, finding, ruleOptions } = question;
    const { runs, cancel, outOfTime, tell } = context;
    const comparison = await compareCures({ ...faulty(runs.get(run)), finding }, context.trials(question), {
      seeds,
      concurrency,
      cancel,
      outOfTime,
      ...(ruleOptions && { settings: { options: ruleOptions } }),
      onProgress: ({ latest, ...counts }) => tell({ ...counts, latest: withoutProgress(latest) }),
    });
    return {
      ...comparison,
      baseline: withoutProgress(comparison.baseline),
      cures: comparison.cures.map(withoutProgress),
    };
  },
};

/** Answers a question, at once or when what it takes was trained. @throws what the work that it takes throws */
export async function answer(question: Question, context: AnswerContext): Promise<unknown> {
  // The kind picks the answerer of its own question.
  const answerer = ANSWERERS[question.kind] as (asked: Question, given: AnswerContext) => unknown;
  return answerer(question, context);
}

/** A run as verification takes it. */
function faulty({ source, model, history }: HeldRun): Omit<FaultyRun, 'finding'> {
  return { source, model, history };
}

function optionsOf(question: MeasuringQuestion, { runs, cancel, outOfTime }: AnswerContext<never>): MeasureOptions {
  const { run, seeds, concurrency, ruleOptions } = question;
  return { seeds, concurrency, cancel, outOfTime, settings: settingsOf(runs.get(run), ruleOptions) };
}

/** The run itself is the training with its seed: it is not made again. */
function ownTrial({ run: number, ruleOptions }: MeasuringQuestion, { runs }: AnswerContext<never>): TrialResult {
  const run = runs.get(number);
  return measureTrial(run.model, { history: run.history }, settingsOf(run, ruleOptions));
}
