/** The layers that can be changed one by one. */
import { allLayers, hasKernel } from '../diagnosis/layers';
import { branchesOf } from '../model/inner-layers';
import type { ConvolutionSpec, DenseSpec, LayerSpec, ModelSpec } from '../model/model-spec';

/** Layers that multiply by a kernel with fans: those that initializers, norms and weight normalization are about. */
export type ForwardKernel = DenseSpec | ConvolutionSpec;

export function isForwardKernel(layer: LayerSpec): layer is ForwardKernel {
  return layer.type === 'dense' || layer.type === 'conv1d' || layer.type === 'conv2d';
}

/** Layers that can be changed apart from others: not transformer blocks, nor what these are made of. */
export function ownLayers(model: ModelSpec): readonly LayerSpec[] {
  const apart = (layers: readonly LayerSpec[]): readonly LayerSpec[] =>
    layers.flatMap(layer => (layer.type === 'transformer-block' ? [] : [...branchesOf(layer).flatMap(apart), layer]));
  return apart(model.layers);
}

/** The dense and convolution layers with an entry and weights of their own before the one that gives the answer. */
export function hiddenKernels(model: ModelSpec): readonly ForwardKernel[] {
  const answer = answerLayer(model);
  return ownLayers(model).filter(
    (layer): layer is ForwardKernel => isForwardKernel(layer) && layer !== answer && !layer.tiedTo,
  );
}

/** The last layer with weights: what comes after it only gives its output another form. */
export function answerLayer(model: ModelSpec): LayerSpec | undefined {
  return allLayers(model.layers).findLast(hasKernel);
}
