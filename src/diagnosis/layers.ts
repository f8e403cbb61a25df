/** Finding a layer of the model file again, and what of it stands in the file. */
import { branchesOf } from '../spec/inner-layers';
import type {
  ActivationName, InitializerSpec, LayerSpec, LayerType, ModelSpec, RecurrentSpec, Seq2SeqSpec,
  SourcePath,
} from '../spec/model-spec';
import { defaultLearningRate } from '../spec/vocabulary/optimizers';

const NORMALIZATIONS: ReadonlySet<LayerType> = new Set(['batch-norm', 'layer-norm', 'rms-norm', 'group-norm']);

/** The layer with this dotted path, inside residuals too; `undefined` when there is none. */
export function layerAt(model: ModelSpec, path: string): LayerSpec | undefined {
  return allLayers(model.layers).find((layer) => layer.path === path);
}

/** Every layer in the order of a run's layout: a residual or transformer block after the layers inside it. */
export function allLayers(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.flatMap((layer) => [...branchesOf(layer).flatMap(allLayers), layer]);
}

/** Layers whose parameters multiply their input; a position embedding adds its own. */
export type KernelLayer = LayerSpec & { readonly kernelInitializer: InitializerSpec };

export function hasKernel(layer: LayerSpec | undefined): layer is KernelLayer {
  return layer !== undefined && 'kernelInitializer' in layer && layer.type !== 'position-embedding';
}

const RECURRENT: ReadonlySet<LayerType> = new Set(['rnn', 'lstm', 'gru', 'seq2seq']);

/** Layers with a state that is handed on from step to step. */
export type RecurrentLayer = RecurrentSpec | Seq2SeqSpec;

export function isRecurrent(layer: LayerSpec | undefined): layer is RecurrentLayer {
  return layer !== undefined && RECURRENT.has(layer.type);
}

/**
 * The activation that the layer's output meets: its own, or that of an activation layer right after it, with nothing but
 * normalisation, dropout or flattening between. `normalized` tells whether its scale is normalised away before.
 */
export function activationAfter(model: ModelSpec, layer: LayerSpec): { activation: ActivationName; normalized: boolean } {
  if (layer.activation !== 'identity' || layer.type === 'activation') {
    return { activation: layer.activation, normalized: false };
  }
  let normalized = false;
  for (const next of siblingsAfter(model.layers, layer)) {
    if (NORMALIZATIONS.has(next.type)) normalized = true;
    else if (next.type !== 'activation' && next.type !== 'dropout' && next.type !== 'flatten') break;
    if (next.activation !== 'identity') return { activation: next.activation, normalized };
  }
  return { activation: 'identity', normalized };
}

function siblingsAfter(layers: readonly LayerSpec[], layer: LayerSpec): readonly LayerSpec[] {
  const index = layers.indexOf(layer);
  if (index >= 0) return layers.slice(index + 1);
  for (const candidate of layers) {
    const inside = branchesOf(candidate).find((branch) => allLayers(branch).includes(layer));
    if (inside !== undefined) return siblingsAfter(inside, layer);
  }
  return [];
}

/** The layer with a kernel that an activation or normalisation layer follows; `undefined` where there is none before it. */
export function kernelBefore(model: ModelSpec, layer: LayerSpec): KernelLayer | undefined {
  const before = allLayers(model.layers);
  return before.slice(0, before.indexOf(layer)).findLast(hasKernel);
}

/** Where the layer's kernel initializer is written; the layer itself where it is left to the default. */
export function kernelInitializerPlace(layer: KernelLayer): SourcePath {
  const standard = layer.type === 'embedding' ? 'uniform' : 'glorot-uniform';
  return layer.kernelInitializer.type === standard ? layer.source : [...layer.source, 'kernel_initializer'];
}

/** Where the recurrent initializer is written; the layer itself where it is left to the default. */
export function recurrentInitializerPlace(layer: RecurrentLayer): SourcePath {
  const { recurrentInitializer: initializer } = layer;
  const standard = initializer.type === 'orthogonal' && initializer.gain === 1;
  return standard ? layer.source : [...layer.source, 'recurrent_initializer'];
}

/** Where the layer's activation is written; the layer itself where it has none. */
export function activationPlace(layer: LayerSpec): SourcePath {
  return layer.activation === 'identity' || isRecurrent(layer) ? layer.source : [...layer.source, 'activation'];
}

/** Where the learning rate is written, or the optimizer; the first layer where both are left to the default. */
export function learningRatePlace(model: ModelSpec): SourcePath {
  if (model.optimizer.learningRate !== defaultLearningRate(model.optimizer.type)) return ['optimizer', 'learning_rate'];
  return model.optimizer.type === 'adam' ? model.layers[0].source : ['optimizer'];
}

/** Where the data is named; the first layer where it was chosen for the model. */
export function dataPlace(model: ModelSpec): SourcePath {
  return model.data.inferred ? model.layers[0].source : ['data'];
}
