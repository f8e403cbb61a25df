import { OTHER_FORMAT } from '../foreign/other-formats';
import { branchesOf } from '../../../model/inner-layers';
import type { InputSpec, LayerSpec, ModelSpec, OptimizerSpec } from '../../../model/model-spec';
import { MAX_PROBLEMS } from '../parse/limits';
import { ProblemList } from '../parse/problem-list';
import { nearestRange, rangeAt } from '../source-range';
import type { SourceDocument } from '../source-document';
import type { TextProblem } from '../../text-problem';
import type { ValuesOf } from '../../../model/vocabulary/key';
import { MAX_PARAMETERS, MAX_STEPS } from '../../../model/vocabulary/limits';
import { IGNORED_KEY_PREFIX, MODEL_KEYS, SCHEMA_KEY } from '../../../model/vocabulary/model';
import { UNNAMED_RATE } from '../../../model/vocabulary/optimizers';
import { checkDataFiles } from './check-data-files';
import { checkExampleCount } from './check-examples';
import { checkTask } from './check-task';
import { chooseData, chooseLoss, completeData, toLoss } from './choose-task';
import { report, type Compilation, type MappingNode } from './compilation';
import { compileOptimizer } from './compile-optimizer';
import { compileSchedule } from './compile-schedule';
import { batchSizeOf, checkFullBatch } from './full-batch';
import { checkRates, inheritTraining } from './inherit-training';
import { findReferences } from './layer-references';
import { foldProbabilities } from './output-probabilities';
import { parameterCount } from './parameter-count';
import { readInput } from './read-input';
import { readLayers } from './read-layers';
import { readMapping } from './read-mapping';
import { resolveModel, type Resolution } from './resolve-layers';

/** A compiled file; `layers` are those whose shapes could be followed, even where there is no model. */
export interface CompiledParts {
  readonly model: ModelSpec | undefined;
  readonly layers: readonly LayerSpec[];
  readonly problems: readonly TextProblem[];
}

/** How much a model may ask for, where that is less than what can be trained at all. */
export interface CompileLimits {
  readonly maximumSteps?: number;
}

/** Compiles a parsed file; see `compileModel`. */
export function compileParts(document: SourceDocument, limits: CompileLimits = {}): CompiledParts {
  const { root } = document;
  // After an error of syntax the tree is a guess, and problems found in it would be noise; so would those of a file of
  // another kind.
  if (root?.kind !== 'mapping' || document.problems.some(({ code }) => code === 'syntax' || code === OTHER_FORMAT)) {
    return { model: undefined, layers: [], problems: document.problems };
  }
  const compilation: Compilation = { document, problems: new ProblemList(MAX_PROBLEMS, document.problems) };
  const values = readMapping(compilation, root, MODEL_KEYS, {
    place: 'the model',
    path: [],
    noun: 'model',
    skip: key => key === SCHEMA_KEY || key.startsWith(IGNORED_KEY_PREFIX),
  });
  if (values) checkSteps(compilation, values.steps, limits);
  const { input, resolution } = compileLayers(compilation, root);
  const parts = values && input && resolution.output ? assemble(compilation, values, input, resolution) : undefined;
  const problems = compilation.problems.all.toSorted((one, other) => one.range.start - other.range.start);
  const model = problems.some(({ severity }) => severity === 'error') ? undefined : parts;
  return { model, layers: parts?.layers ?? resolution.layers, problems };
}

/** The limit of the settings; what the vocabulary allows is checked as the key is read. */
function checkSteps(compilation: Compilation, steps: number, { maximumSteps = MAX_STEPS }: CompileLimits): void {
  if (steps <= maximumSteps) return;
  const [asked, most] = [steps, maximumSteps].map(count => count.toLocaleString('en-US'));
  const message = `\`steps\` is ${asked}, but the setting \`gradientHealth.maximumSteps\` allows ${most}; ask for fewer, or raise it.`;
  report(compilation, 'limit', message, nearestRange(compilation.document, ['steps']));
}

function compileLayers(
  compilation: Compilation,
  root: MappingNode,
): { input: InputSpec | undefined; resolution: Resolution } {
  const inputNode = root.entries.find(({ key }) => key === 'input')?.value;
  const layersNode = root.entries.find(({ key }) => key === 'layers')?.value;
  const empty = inputNode?.kind === 'scalar' && inputNode.value === null;
  const input = inputNode && !empty ? readInput(compilation, inputNode) : undefined;
  const read = layersNode && readLayers(compilation, layersNode, ['layers']);
  const references = read && findReferences(compilation, read);
  if (!input || !references || read.layers.length === 0) {
    return { input, resolution: { layers: [], output: undefined } };
  }
  const flow =
    input.kind === 'tokens'
      ? { shape: [input.length], tokens: input.vocabulary, from: 'the input' }
      : { shape: input.shape, tokens: undefined, from: 'the input' };
  return { input, resolution: resolveModel(compilation, read.layers, flow, references) };
}

function assemble(
  compilation: Compilation,
  values: ValuesOf<typeof MODEL_KEYS>,
  input: InputSpec,
  resolution: Resolution,
): ModelSpec {
  const inherited = inheritTraining(compilation, resolution.layers);
  const shapes = { input, output: resolution.output?.shape ?? [] };
  const loss = values.loss ? toLoss(values.loss) : chooseLoss(shapes, values.data);
  const data = values.data ? completeData(values.data, input) : chooseData(shapes, values.loss);
  const layers = foldProbabilities(compilation, inherited, loss, values.loss);
  checkTask(compilation, { input, layers, loss, data });
  checkParameters(compilation, layers);
  checkUniform(compilation, layers);
  const named = compileOptimizer(compilation, values.optimizer);
  const optimizer: OptimizerSpec =
    rangeAt(compilation.document, ['optimizer']) === undefined ? { ...named, learningRate: UNNAMED_RATE } : named;
  const model: ModelSpec = {
    name: values.name ?? 'Model',
    input,
    layers,
    loss,
    data,
    optimizer,
    schedule: compileSchedule(compilation, values.schedule, values.validation),
    clip: values.clip,
    regularization: values.regularization,
    batchSize: batchSizeOf(values.batch_size, optimizer),
    gradientAccumulation: values.gradient_accumulation,
    steps: values.steps,
    validation: values.validation,
    seed: values.seed,
  };
  checkDataFiles(compilation, data);
  checkExampleCount(compilation, model);
  checkRates(compilation, model);
  checkFullBatch(compilation, model, values.batch_size !== undefined);
  return model;
}

function checkParameters(compilation: Compilation, layers: readonly LayerSpec[]): void {
  const counts = layers.map(parameterCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= MAX_PARAMETERS) {
    return;
  }
  const largest = layers[counts.indexOf(Math.max(...counts))];
  const range =
    largest &&
    (rangeAt(compilation.document, [...largest.source, 'units']) ??
      rangeAt(compilation.document, [...largest.source, 'type']));
  const [has, most] = [total, MAX_PARAMETERS].map(count => `${(count / 1e6).toFixed(0)} million`);
  const message = `The model has ${has} parameters, most of them in \`${largest?.path}\`; at most ${most} can be trained here.`;
  report(compilation, 'limit', message, range ?? { start: 0, end: 0 });
}

/** `uniform` needs its bounds in order, which no single key can tell. */
function checkUniform(compilation: Compilation, layers: readonly LayerSpec[]): void {
  for (const layer of layers) {
    const initializers = [
      ['kernel_initializer', 'kernelInitializer' in layer ? layer.kernelInitializer : undefined],
      ['recurrent_initializer', 'recurrentInitializer' in layer ? layer.recurrentInitializer : undefined],
      ['bias_initializer', 'biasInitializer' in layer ? layer.biasInitializer : undefined],
    ] as const;
    for (const [key, initializer] of initializers) {
      if (initializer?.type === 'uniform' && initializer.minimum >= initializer.maximum) {
        const range =
          rangeAt(compilation.document, [...layer.source, key, 'maximum']) ??
          rangeAt(compilation.document, [...layer.source, key]);
        const message = `\`maximum\` must be above \`minimum\`, but ${initializer.maximum} is not above ${initializer.minimum}.`;
        report(compilation, 'out-of-range', message, range ?? { start: 0, end: 0 });
      }
    }
    checkUniform(compilation, branchesOf(layer).flat());
  }
}
