import type { ModelDraft, SettingsDraft } from '../layer-draft';
import type { InputSpec, LayerSpec, ModelSpec } from '../model-spec';
import type { ModelProblem } from '../problem';
import { MAX_STEPS } from '../vocabulary/limits';
import { checkDataFiles } from './check-data-files';
import { checkExampleCount } from './check-examples';
import { checkParameters, checkUniform } from './check-parameters';
import { checkTask } from './check-task';
import { chooseData, chooseLoss, completeData } from './choose-task';
import { batchSizeOf, checkFullBatch } from './full-batch';
import { checkRates, inheritTraining } from './inherit-training';
import { checkSchedule, resolveOptimizer } from './optimizer';
import { foldProbabilities } from './output-probabilities';
import { ProblemLog } from './problem-log';
import { resolveLayers, type Resolution } from './resolve-layers';

/** How much a model may ask for, where that is less than what can be trained at all. */
export interface ResolveLimits {
  readonly maximumSteps?: number;
}

/** A resolved model; `layers` are those whose shapes could be followed, even where there is no model. */
export interface ResolvedModel {
  /** `undefined` exactly where one of the problems is an error, or where something could not be drafted. */
  readonly model: ModelSpec | undefined;
  readonly layers: readonly LayerSpec[];
  readonly problems: readonly ModelProblem[];
}

/** A model of which parts may be missing, because they could not be drafted. */
export interface PartialDraft {
  readonly input: InputSpec | undefined;
  readonly layers: ModelDraft['layers'];
  readonly settings: SettingsDraft | undefined;
}

/**
 * Follows the shapes of all layers, chooses loss, data and optimizer where the draft names none, and checks that all of
 * it can be trained together.
 */
export function resolveModel(draft: PartialDraft, limits: ResolveLimits = {}): ResolvedModel {
  const log = new ProblemLog();
  const { input, settings } = draft;
  if (settings) checkSteps(log, settings.steps, limits);
  const resolution = input ? resolveLayers(log, draft.layers, input) : { layers: [], output: undefined };
  const parts = settings && input && resolution.output ? assemble(log, settings, input, resolution) : undefined;
  const { problems } = log;
  const model = problems.some(({ severity }) => severity === 'error') ? undefined : parts;
  return { model, layers: parts?.layers ?? resolution.layers, problems };
}

/** The limit of the settings; what the vocabulary allows is checked as the text is read. */
function checkSteps(log: ProblemLog, steps: number, { maximumSteps = MAX_STEPS }: ResolveLimits): void {
  if (steps <= maximumSteps) return;
  const [asked, most] = [steps, maximumSteps].map(count => count.toLocaleString('en-US'));
  const message = `\`steps\` is ${asked}, but the setting \`gradientHealth.maximumSteps\` allows ${most}; ask for fewer, or raise it.`;
  log.report('limit', message, { setting: 'steps' });
}

function assemble(log: ProblemLog, settings: SettingsDraft, input: InputSpec, resolution: Resolution): ModelSpec {
  const inherited = inheritTraining(log, resolution.layers);
  const shapes = { input, output: resolution.output?.shape ?? [] };
  const loss = settings.loss ?? chooseLoss(shapes, settings.data);
  const data = settings.data ? completeData(settings.data, input) : chooseData(shapes, settings.loss);
  const layers = foldProbabilities(log, inherited, loss);
  checkTask(log, { input, layers, loss, data });
  checkParameters(log, layers);
  checkUniform(log, layers);
  const optimizer = resolveOptimizer(log, settings.optimizer);
  checkSchedule(log, settings.schedule, settings);
  const model: ModelSpec = {
    ...settings,
    input,
    layers,
    loss,
    data,
    optimizer,
    batchSize: batchSizeOf(settings.batchSize, optimizer),
    ...(settings.batchSize === undefined ? { derived: ['batchSize'] } : {}),
  };
  checkDataFiles(log, data);
  checkExampleCount(log, model);
  checkRates(log, model);
  checkFullBatch(log, model);
  return model;
}
