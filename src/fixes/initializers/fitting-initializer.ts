import { reset, set, type Change } from '../../model/change';
import { kernelFans, weightScale } from '../../diagnosis/evidence/initial-gain';
import {
  activationAfter,
  allLayers,
  hasKernel,
  isRecurrent,
  kernelBefore,
  layerAt,
  ownerOf,
  type KernelLayer,
} from '../../diagnosis/layers';
import type { ModelSpec } from '../../model/model-spec';
import type { FixContext, FixMaker } from '../fix-context';
import { fits, initializerFor, sameInitializer, type FittingInitializer } from './initializer-fit';
import { ordinaryRate } from '../optimization/ordinary-rate';

/** Initializer of a layer that names none. */
const STANDARD: FittingInitializer = 'glorot-uniform';
/** Token vectors are read by layers that expect values of deviation 1 at most; small ones are customary. */
const LARGEST_EMBEDDING = 1;

/** A layer with the initializer that it should have. */
interface Wanted {
  readonly layer: KernelLayer;
  readonly fitting: FittingInitializer;
}

/**
 * Starts the responsible layer's weights as its activation wants them (see `initializerFor`), and with it every other
 * layer that has the same initializer without fitting: curing one of twenty cures nothing. A rate that made up for vanished gradients comes down
 * (see `ordinaryRate`).
 */
export const fittingInitializer: FixMaker = ({ model, finding }) => {
  const layer = responsibleLayer(model, finding.layer);
  if (!layer || !missingFit(model, layer)) {
    return undefined;
  }
  const alike = allLayers(model.layers).filter(
    (other): other is KernelLayer =>
      hasKernel(other) && sameInitializer(other.kernelInitializer, layer.kernelInitializer),
  );
  const wanted = alike.flatMap((each): Wanted[] => {
    const fitting = missingFit(model, each);
    return fitting ? [{ layer: each, fitting }] : [];
  });
  const where = wanted.length === 1 ? layer.path : `${layer.path} and ${wanted.length - 1} more`;
  const names = [...new Set(wanted.map(({ fitting }) => fitting))].join(' or ');
  const rate = ordinaryRate(model, finding);
  return {
    id: 'fitting-initializer',
    title:
      layer.type === 'embedding'
        ? `Start the embedding vectors of ${where} small`
        : `Initialize ${where} with ${names}${rate.title}`,
    changes: [...initializerChanges(wanted), ...rate.changes],
  };
};

/** Changes that give each layer its initializer; vectors get their own default back. */
export function initializerChanges(wanted: readonly Wanted[]): Change[] {
  return wanted.map(({ layer: { path, type }, fitting }) => {
    const at = { layer: path, part: 'kernelInitializer' } as const;
    return type === 'embedding' ? reset(at) : set(at, { type: fitting });
  });
}

/** The initializer that the layer should have, or `undefined` where the one it has will do. */
export function missingFit(
  model: ModelSpec,
  layer: KernelLayer,
  activation = activationOf(model, layer),
): FittingInitializer | undefined {
  // The weights of tied layers are their owner's matter.
  if (layer.tiedTo !== undefined) {
    return undefined;
  }
  if (layer.type === 'embedding') {
    return weightScale(layer.kernelInitializer, layer.vocabulary, layer.units) > LARGEST_EMBEDDING
      ? STANDARD
      : undefined;
  }
  const fitting = initializerFor(activation);
  const { fanIn, fanOut } = kernelFans(layer) ?? squareFans(layer);
  return fits(layer.kernelInitializer, fitting, fanIn, fanOut) ? undefined : fitting;
}

/** Fans of layers whose kernel is several matrices. */
function squareFans(layer: KernelLayer): { readonly fanIn: number; readonly fanOut: number } {
  const width = layer.outputShape.at(-1) ?? 1;
  switch (layer.type) {
    case 'rnn':
    case 'lstm':
    case 'gru':
      return { fanIn: layer.inputShape.at(-1) ?? 1, fanOut: layer.units };
    case 'seq2seq':
      return { fanIn: layer.units, fanOut: layer.units };
    default:
      return { fanIn: width, fanOut: width };
  }
}

function activationOf(model: ModelSpec, layer: KernelLayer): KernelLayer['activation'] {
  // What attention makes of its weights is linear, whatever its output meets.
  if (layer.type === 'attention') return 'identity';
  return isRecurrent(layer)
    ? layer.type === 'rnn'
      ? layer.nonlinearity
      : 'tanh'
    : activationAfter(model, layer).activation;
}

/** The layer with weights that the finding is about: its own, or the last one before it. */
function responsibleLayer(model: ModelSpec, path: FixContext['finding']['layer']): KernelLayer | undefined {
  const layer = path === undefined ? undefined : layerAt(model, path);
  if (!layer) {
    return undefined;
  }
  const kernel = hasKernel(layer) ? layer : kernelBefore(model, layer);
  const owner = kernel && ownerOf(model, kernel);
  return hasKernel(owner) ? owner : undefined;
}
