/** A training run of a model file, one step at a time. */
import type { CallWatcher } from '../engine/call-watcher';
import { Random } from '../engine/random';
import type { ModelSpec } from '../model/model-spec';
import { isReconstruction } from '../model/reconstruction';
import { INPUT, TARGET } from './build-network';
import { Batches } from './data/batches';
import { withClassWeights } from './data/class-weights';
import type { DataFiles } from './data/given-files';
import { rowPicker } from './data/gather';
import { readExamples } from './data/read-examples';
import { inputStatistics, targetStatistics, trivialLoss } from './data/statistics';
import { ignoredClass, outputShapeOf, targetOf } from './data/target';
import type { Remark } from './remark';
import type { ReadingProgress } from './reading-progress';
import { isProbed } from './probed-steps';
import type { RunLayout, RunOutcome, StepRecord } from '../record/step-record';
import { openTrainer } from './trainer';
import { TrainingError } from './training-error';
import { validator } from './validate';

export interface JobOptions {
  /** The files that `model.data` names; none for a generated task. */
  readonly files?: DataFiles;
  readonly memoryLimitBytes: number;
  /** By default WebAssembly, where there is such a thing. */
  readonly kernels?: 'simd' | 'reference';
  /** `float64` has reference kernels only. */
  readonly precision?: 'float32' | 'float64';
  /** Is called while data files are read. */
  readonly onReading?: (progress: ReadingProgress) => void;
  /** Is called with what was noticed about the data, before the first step. */
  readonly onRemarks?: (remarks: readonly Remark[]) => void;
  /** Looks on at every kernel call. */
  readonly watcher?: CallWatcher;
}

export interface TrainingJob {
  readonly layout: RunLayout;
  /** Trains on the next batch, or batches; `undefined` once the run has ended. */
  step(): StepRecord | undefined;
  /** How the run ended; `undefined` while it goes on. */
  readonly outcome: RunOutcome | undefined;
  /** Ends the run before its next step. */
  cancel(): void;
}

/** Held-back examples are measured so many times a run at most, and at the last step. */
const VALIDATIONS = 50;
/**
 * A step costs as much as evaluating so many batches: with many held-back examples, measuring must not outweigh
 * training.
 */
const EVALUATIONS_PER_STEP = 3;

/**
 * Makes or reads the data, builds the network and is then ready to train. The seed of the model decides every random
 * choice. Where there are fewer examples than a batch, each step takes all of them. A run stops by itself after the
 * first step whose loss, gradient or update is not finite.
 * @throws TrainingError in one sentence where model and data do not fit or the memory does not suffice.
 */
export function createJob(given: ModelSpec, options: JobOptions): TrainingJob {
  const random = new Random(given.seed);
  const { data, training, validation, remarks } = readExamples(
    given,
    { ...options, limitBytes: options.memoryLimitBytes },
    random,
  );
  options.onRemarks?.(remarks);
  const model = {
    ...given,
    loss: withClassWeights(given.loss, outputShapeOf(given).at(-1)!, data, training, ignoredClass(given)),
  };

  const precision = options.precision ?? 'float32';
  const kernels = options.kernels ?? (precision === 'float32' ? 'simd' : 'reference');
  const batch = Math.min(model.batchSize, training.length);
  const perStep = batch * model.gradientAccumulation;
  if (model.gradientAccumulation > 1) checkExamples(model, training.length);
  const evaluationBatch = Math.min(model.batchSize, validation.length);
  const trainer = openTrainer(model, {
    batch,
    evaluationBatch,
    memoryLimitBytes: options.memoryLimitBytes,
    kernels,
    precision,
    probe: true,
    ...(options.watcher && { watcher: options.watcher }),
  });
  const batches = new Batches(training, perStep, random.fork('batches'));
  const pickInputs = rowPicker(data.inputs, data.inputSize, perStep);
  const pickTargets = rowPicker(data.targets, data.targetSize, perStep);
  const validate = validator(trainer.session, data, validation, evaluationBatch);
  const statistics = inputStatistics(data, training);
  const targets = targetStatistics(data, training, targetOf(model));
  const layout: RunLayout = {
    layers: trainer.layers,
    parameters: trainer.parameters,
    task: data.description,
    trainingExamples: training.length,
    validationExamples: validation.length,
    ...(statistics && { inputStatistics: statistics }),
    ...(targets && { targetStatistics: targets }),
    trivialLoss: trivialLoss(data, training, targetOf(model), model.loss, ignoredClass(model)),
    steps: model.steps,
    measuredBy: { kind: 'engine', arenaBytes: trainer.session.plan.bytes, kernels },
  };

  const validationBatches = Math.ceil(validation.length / Math.max(1, evaluationBatch));
  const validationEvery = Math.max(
    1,
    Math.floor(model.steps / VALIDATIONS),
    Math.ceil(validationBatches / EVALUATIONS_PER_STEP),
  );
  const isValidated = (step: number): boolean =>
    validation.length > 0 && (step % validationEvery === 0 || step === model.steps - 1);
  let next = 0;
  let outcome: RunOutcome | undefined;
  return {
    layout,
    get outcome() {
      return outcome;
    },
    step: () => {
      if (outcome) return undefined;
      const step = next++;
      // Before the step, as everything in its record is.
      const validated = isValidated(step) ? validate() : undefined;
      const examples = batches.next();
      trainer.session.feed(INPUT, pickInputs(examples));
      trainer.session.feed(TARGET, pickTargets(examples));
      const measured = trainer.step(step, validated, isProbed(step, model.steps));
      const record = isReconstruction(model.data) ? withoutAccuracy(measured) : measured;
      if (record.nonFinite) outcome = { kind: 'not-finite', step };
      else if (next === model.steps) outcome = { kind: 'completed' };
      return record;
    },
    cancel: () => {
      outcome ??= { kind: 'cancelled', step: next };
    },
  };
}

/** An input that is predicted is no answer that is right or wrong. */
function withoutAccuracy(record: StepRecord): StepRecord {
  const { validation } = record;
  return { ...record, accuracy: undefined, ...(validation && { validation: { loss: validation.loss } }) };
}

/** A step must not see an example twice, which would count it twice. */
function checkExamples({ batchSize, gradientAccumulation: batches }: ModelSpec, examples: number): void {
  if (batchSize * batches <= examples) return;
  throw new TrainingError(
    `"gradient_accumulation" of ${batches} batches of ${batchSize} needs ${batchSize * batches} examples a step, but there are ${examples} ` +
      'to train on; lower it, or "batch_size".',
    ['gradient_accumulation'],
  );
}
