/** Finds layers of a model by their paths, and names the places of their parts. */
import { allLayers, sourcesOf } from '../model/inner-layers';
import type {
  ActivationName,
  InitializerSpec,
  LayerSpec,
  LayerType,
  ModelSpec,
  RecurrentSpec,
  Seq2SeqSpec,
} from '../model/model-spec';
import type { LayerPlace } from '../model/place';

const NORMALIZATIONS: ReadonlySet<LayerType> = new Set(['batch-norm', 'layer-norm', 'rms-norm', 'group-norm']);

/**
 * Whether the layer brings its input to one scale: one of batch-norm that is not trained only applies what it began
 * with.
 */
export function isNormalization(layer: LayerSpec): boolean {
  return NORMALIZATIONS.has(layer.type) && (layer.type !== 'batch-norm' || layer.trainable);
}

/** The layer with this dotted path, inside residuals too; `undefined` when there is none. */
export function layerAt(model: ModelSpec, path: string): LayerSpec | undefined {
  return allLayers(model.layers).find(layer => layer.path === path);
}

/** The layer whose parameters this one uses: itself, unless its weights are tied. */
export function ownerOf(model: ModelSpec, layer: LayerSpec): LayerSpec {
  return layer.tiedTo === undefined ? layer : (layerAt(model, layer.tiedTo.path) ?? layer);
}

export { allLayers };

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

/** Whether a relu inside the recurrence leaves its state unbounded, and lets its units die. */
export function hasReluState(layer: LayerSpec): boolean {
  return isRecurrent(layer) && layer.type !== 'seq2seq' && layer.nonlinearity === 'relu';
}

/**
 * The activation that the layer's output meets: its own, or that of an activation layer right after it, with nothing
 * but normalization, dropout or flattening between. `normalized` tells whether its scale is normalized away before.
 */
export function activationAfter(
  model: ModelSpec,
  layer: LayerSpec,
): { activation: ActivationName; normalized: boolean } {
  if (layer.activation !== 'identity' || layer.type === 'activation') {
    return { activation: layer.activation, normalized: false };
  }
  let normalized = false;
  const all = allLayers(model.layers);
  for (let next = onlyReader(all, layer); next !== undefined; next = onlyReader(all, next)) {
    if (isNormalization(next)) normalized = true;
    else if (
      !NORMALIZATIONS.has(next.type) &&
      next.type !== 'activation' &&
      next.type !== 'dropout' &&
      next.type !== 'flatten'
    )
      break;
    if (next.activation !== 'identity') return { activation: next.activation, normalized };
  }
  return { activation: 'identity', normalized };
}

/** The layer that reads this one's output, if it is one alone. */
function onlyReader(all: readonly LayerSpec[], { path }: LayerSpec): LayerSpec | undefined {
  const readers = all.filter(({ inputs }) => inputs.includes(path));
  return readers.length === 1 ? readers[0] : undefined;
}

/**
 * The layer with a kernel that an activation or normalization layer follows: the last one before it on the ways that
 * lead to it; `undefined` where there is none.
 */
export function kernelBefore(model: ModelSpec, layer: LayerSpec): KernelLayer | undefined {
  const all = allLayers(model.layers);
  const ranks = new Map(all.map(({ path }, index) => [path, index]));
  const open = [...layer.inputs];
  const seen = new Set<string>();
  let found = -1;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const rank = ranks.get(path);
    if (rank === undefined || seen.has(path)) continue;
    seen.add(path);
    const before = all[rank];
    if (hasKernel(before)) found = Math.max(found, rank);
    else open.push(...sourcesOf(before));
  }
  const kernel = all[found];
  return hasKernel(kernel) ? kernel : undefined;
}

/** The layer as a place. */
export function placeOf({ path }: { readonly path: string }): LayerPlace {
  return { layer: path };
}

/** The kernel initializer of the layer, or of the one that owns its weights. */
export function kernelInitializerPlace(layer: KernelLayer): LayerPlace {
  return { layer: layer.tiedTo?.path ?? layer.path, part: 'kernelInitializer' };
}

/** The recurrent initializer of the layer, or of the one that owns its weights. */
export function recurrentInitializerPlace(layer: RecurrentLayer): LayerPlace {
  return { layer: layer.tiedTo?.path ?? layer.path, part: 'recurrentInitializer' };
}

/** The bias initializer of the layer, or of the one that it shares its bias with. */
export function biasInitializerPlace({ path, tiedTo }: LayerSpec): LayerPlace {
  return { layer: tiedTo?.bias === true ? tiedTo.path : path, part: 'biasInitializer' };
}

/** The activation of the layer: of a recurrent one, that inside the recurrence. */
export function activationPlace(layer: LayerSpec): LayerPlace {
  return { layer: layer.path, part: 'nonlinearity' in layer ? 'nonlinearity' : 'activation' };
}
