import { kernelFans } from '../../diagnosis/evidence/initial-gain';
import {
  activationAfter, allLayers, hasKernel, isRecurrent, kernelBefore, layerAt, ownerOf, type KernelLayer,
} from '../../diagnosis/layers';
import { changeValues, type Change } from '../../spec/edit';
import { sameValue } from '../../spec/edit/source-value';
import type { ModelSpec } from '../../spec/model-spec';
import { nodeAt } from '../../spec/source-range';
import type { SpecDocument } from '../../spec/spec-document';
import type { FixContext, FixMaker } from '../fix-context';
import { fits, initializerFor, type FittingInitializer } from './initializer-fit';
import { ordinaryRate } from '../optimization/ordinary-rate';

/** What a layer gets that names no initializer. */
const STANDARD: FittingInitializer = 'glorot-uniform';

/**
 * Starts the responsible layer's weights as its activation wants them (see `initializerFor`), and with it every other layer
 * that has the same initializer and asks for the same one: curing one of twenty cures nothing. A layer whose fitting
 * initializer is the default one loses its `kernel_initializer`. A rate that made up for vanished gradients comes down (see
 * `ordinaryRate`).
 */
export const fittingInitializer: FixMaker = ({ document, model, finding }) => {
  const layer = responsibleLayer(model, finding.layer);
  const fitting = layer && missingFit(model, layer);
  if (!layer || !fitting) {
    return undefined;
  }
  const layers = allLayers(model.layers).filter((other): other is KernelLayer =>
    hasKernel(other) && other.type !== 'embedding' && missingFit(model, other) === fitting
    && sameValue(other.kernelInitializer, layer.kernelInitializer));
  const where = layers.length === 1 ? layer.path : `${layer.path} and ${layers.length - 1} more`;
  const wanted = layers.map((each) => ({ layer: each, fitting }));
  const rate = ordinaryRate(document, model, finding);
  return {
    id: 'fitting-initializer',
    title: `Initialize ${where} with ${fitting}${rate.title}`,
    edits: changeValues(document, [...initializerChanges(document, wanted), ...rate.changes]),
  };
};

/** Changes that give each layer its initializer; the key goes where the default one fits, unless others share its value. */
export function initializerChanges(
  document: SpecDocument, wanted: readonly { readonly layer: KernelLayer; readonly fitting: FittingInitializer }[],
): Change[] {
  return wanted.flatMap(({ layer, fitting }) => {
    const path = [...layer.source, 'kernel_initializer'];
    const node = nodeAt(document, path);
    if (!node) {
      return fitting === STANDARD ? [] : [{ path, value: fitting }];
    }
    const isShared = document.language === 'yaml' && document.text.includes('&');
    return [{ path, value: fitting === STANDARD && !isShared ? undefined : fitting }];
  });
}

/** The initializer that the layer should have, or `undefined` where the one it has will do. */
export function missingFit(
  model: ModelSpec, layer: KernelLayer, activation = activationOf(model, layer),
): FittingInitializer | undefined {
  // What attention and seq2seq make of their weights is not scaled by the activation of their output.
  // That of tied weights is their owner's matter.
  if (layer.tiedTo !== undefined || layer.type === 'embedding' || layer.type === 'attention' || layer.type === 'seq2seq') {
    return undefined;
  }
  const fitting = initializerFor(activation);
  const fans = kernelFans(layer) ?? ('units' in layer ? { fanIn: layer.inputShape.at(-1) ?? 1, fanOut: layer.units } : undefined);
  return fans && fits(layer.kernelInitializer, fitting, fans.fanIn, fans.fanOut) ? undefined : fitting;
}

function activationOf(model: ModelSpec, layer: KernelLayer): KernelLayer['activation'] {
  return isRecurrent(layer) ? (layer.type === 'rnn' ? layer.nonlinearity : 'tanh') : activationAfter(model, layer).activation;
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
