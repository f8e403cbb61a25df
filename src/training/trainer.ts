/**
 * A network that can be trained step by step on batches that it is given: what a job and a golden case have in common.
 */
import { CLASS_WEIGHTS } from '../engine/operators/losses';
import type { OptimizerOptions } from '../engine/optimizers/index';
import { OPTIMIZER_SCOPE } from '../engine/optimizers/optimizer';
import type { Plan } from '../engine/plan';
import type { CallWatcher } from '../engine/call-watcher';
import { Random } from '../engine/random';
import { planSession } from '../engine/session';
import type { Session } from '../engine/session-contract';
import type { ClipSpec, ModelSpec } from '../model/model-spec';
import { buildNetwork, isWeighted } from './build-network';
import { initializeParameters } from './build/initialize-parameters';
import { hiddenMatrices } from './build/hidden-matrices';
import { layoutOf } from './build/run-layout';
import { walkLayers } from './build/walk-layers';
import { recordStep } from './record-step';
import { openSchedule } from './schedule';
import type { LayerLayout, ParameterLayout, StepRecord, ValidationRecord } from '../record/step-record';
import { TrainingError } from './training-error';

export interface TrainerOptions {
  /** Examples of a batch. */
  readonly batch: number;
  /** Examples an evaluation at most; 0 where nothing is evaluated. */
  readonly evaluationBatch: number;
  readonly memoryLimitBytes: number;
  readonly kernels: 'simd' | 'reference';
  readonly precision: 'float32' | 'float64';
  /** Whether steps may be probed. */
  readonly probe?: boolean;
  readonly watcher?: CallWatcher;
}

export interface Trainer {
  readonly session: Session;
  readonly layers: readonly LayerLayout[];
  readonly parameters: readonly ParameterLayout[];
  /** Trains on what was fed to the session and returns what was measured before the update. */
  step(step: number, validation?: ValidationRecord, probe?: boolean): StepRecord;
}

/**
 * Builds the network of a model, with the first values that its seed decides.
 * @throws TrainingError where it needs more memory than is allowed or to be had.
 */
export function openTrainer(model: ModelSpec, options: TrainerOptions): Trainer {
  const session = open(model, options);
  initializeParameters(model.layers, new Random(model.seed).fork('parameters'), name => session.parameter(name));
  walkLayers(model.layers, layer => {
    if (layer.type === 'batch-norm') session.state(`${layer.path}.running_var`).fill(1);
  });
  feedClassWeights(model, session, options);
  const { layers, parameters } = layoutOf(model.layers);
  const schedule = openSchedule(model.schedule, model.optimizer.learningRate, model.steps);
  return {
    session,
    layers,
    parameters,
    step: (step, validation, probe) => {
      const learningRate = schedule.rateAt(step);
      const record = recordStep(layers, session.step(learningRate, undefined, probe), {
        step,
        learningRate,
        validation,
      });
      schedule.observe(step, record);
      return record;
    },
  };
}

function open(model: ModelSpec, options: TrainerOptions): Session {
  const planned = planSession({
    training: buildNetwork(model, 'training', options.batch),
    ...(options.evaluationBatch > 0 && { evaluation: buildNetwork(model, 'evaluation', options.evaluationBatch) }),
    optimizer: toOptimizer(model),
    ...toClip(model.clip),
    penalties: model.regularization,
    accumulation: model.gradientAccumulation,
    kernels: options.kernels,
    precision: options.precision,
    ...(options.watcher && { watcher: options.watcher }),
    seed: model.seed,
    ...(options.probe && { probe: true }),
  });
  const bytes = planned.plan.bytes + planned.bytesBesides;
  if (bytes > options.memoryLimitBytes) throw overLimit(model, planned.plan, bytes, options.memoryLimitBytes);
  try {
    return planned.open();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TrainingError(
      `The system did not give the ${megabytes(bytes)} of memory that training this model needs; make its layers ` +
        'or "batch_size" smaller.',
    );
  }
}

function feedClassWeights({ loss, layers }: ModelSpec, session: Session, { evaluationBatch }: TrainerOptions): void {
  if (!isWeighted(loss)) return;
  if (loss.classWeights === 'balanced')
    throw new Error('Balanced class weights follow from the examples; see withClassWeights.');
  const classes = layers[layers.length - 1].outputShape.at(-1)!;
  const weights = loss.classWeights === 'none' ? new Array<number>(classes).fill(1) : loss.classWeights;
  session.feed(CLASS_WEIGHTS, weights);
  if (evaluationBatch > 0) session.feedEvaluation(CLASS_WEIGHTS, weights);
}

/** The engine has AMSGrad as an optimizer of its own, and must be told which matrices are hidden ones. */
function toOptimizer({ optimizer, layers }: ModelSpec): OptimizerOptions {
  if (optimizer.type === 'muon') return { ...optimizer, matrices: hiddenMatrices(layers) };
  return optimizer.type === 'adam' && optimizer.amsgrad ? { ...optimizer, type: 'amsgrad' } : optimizer;
}

function toClip(clip: ClipSpec): { readonly clip?: Exclude<ClipSpec, { type: 'none' }> } {
  return clip.type === 'none' ? {} : { clip };
}

/** Names the layer that takes most, and the setting that is in the way. */
function overLimit(model: ModelSpec, plan: Plan, neededBytes: number, limitBytes: number): TrainingError {
  let largest: { readonly path: string; readonly bytes: number } | undefined;
  walkLayers(model.layers, ({ path }) => {
    const bytes = plan.bytesByScope.get(path) ?? 0;
    if (!largest || bytes > largest.bytes) largest = { path, bytes };
  });
  const needed = `Training this model needs ${megabytes(neededBytes)} of memory`;
  const allowed = `"gradientHealth.memoryLimit" allows ${megabytes(limitBytes)}`;
  if ((plan.bytesByScope.get(OPTIMIZER_SCOPE) ?? 0) > (largest?.bytes ?? 0)) {
    return new TrainingError(
      `${needed}, most of it for what the optimizer keeps of past steps, but ${allowed}; make its "history_size" smaller, or raise ` +
        'the setting.',
      ['optimizer'],
    );
  }
  return new TrainingError(
    `${needed}, most of it for the layer "${largest?.path ?? ''}", but ${allowed}; make it or "batch_size" smaller, or raise the setting.`,
    largest && { layer: largest.path },
  );
}

function megabytes(bytes: number): string {
  return `${Math.max(1, Math.ceil(bytes / 2 ** 20))} MB`;
}
