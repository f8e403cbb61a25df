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
import { changeValues, type Change } from '../../frontends/model-file/edit';
import { sameValue } from '../../frontends/model-file/edit/source-value';
import type { ModelSpec } from '../../model/model-spec';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { FixContext, FixMaker } from '../fix-context';
import { fits, initializerFor, type FittingInitializer } from './initializer-fit';
import { ordinaryRate } from '../optimization/ordinary-rate';

/** What a layer gets that names no initializer. */
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
 * layer that has the same initializer without fitting: curing one of twenty cures nothing. A layer whose fitting
 * initializer is the default one loses its `kernel_initializer`. A rate that made up for vanished gradients comes down
 * (see `ordinaryRate`).
 */
export const fittingInitializer: FixMaker = ({ document, model, finding }) => {
  const layer = responsibleLayer(model, finding.layer);
  if (!layer || !missingFit(model, layer)) {
    return undefined;
  }
  const alike = allLayers(model.layers).filter(
    (other): other is KernelLayer => hasKernel(other) && sameValue(other.kernelInitializer, layer.kernelInitializer),
  );
  const wanted = alike.flatMap((each): Wanted[] => {
    const fitting = missingFit(model, each);
    return fitting ? [{ layer: each, fitting }] : [];
  });
  const where = wanted.length === 1 ? layer.path : `${layer.path} and ${wanted.length - 1} more`;
  const names = [...new Set(wanted.map(({ fitting }) => fitting))].join(' or ');
  const rate = ordinaryRate(document, model, finding);
  return {
    id: 'fitting-initializer',
    title:
      layer.type === 'embedding'
        ? `Start the vectors of ${where} small`
        : `Initialize ${where} with ${names}${rate.title}`,
    edits: changeValues(document, [...initializerChanges(document, wanted), ...rate.changes]),
  };
};

/**
 * Changes that give each layer its initializer; the key goes where the default one fits, unless others share its value.
 */
export function initializerChanges(document: SourceDocument, wanted: readonly Wanted[]): Change[] {
  return wanted.flatMap(({ layer, fitting }) => {
    const path = [...layer.source, 'kernel_initializer'];
    const node = nodeAt(document, path);
    if (!node) {
      return fitting === STANDARD ? [] : [{ path, value: fitting }];
    }
    const isShared = document.language === 'yaml' && document.text.includes('&') && layer.type !== 'embedding';
    return [{ path, value: fitting === STANDARD && !isShared ? undefined : fitting }];
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

/** Of layers whose kernel is several matrices. */
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
