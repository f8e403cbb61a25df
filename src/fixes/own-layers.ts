/** The layers that an edit of the file can change one by one. */
import { allLayers, hasKernel } from '../diagnosis/layers';
import type { ConvolutionSpec, DenseSpec, LayerSpec, ModelSpec } from '../model/model-spec';

/** Layers that multiply by a kernel with fans: those that initializers, norms and weight normalisation are about. */
export type ForwardKernel = DenseSpec | ConvolutionSpec;

export function isForwardKernel(layer: LayerSpec): layer is ForwardKernel {
  return layer.type === 'dense' || layer.type === 'conv1d' || layer.type === 'conv2d';
}

/** Layers with an entry of their own in the file: not those that one entry, such as a transformer block, is made of. */
export function ownLayers(model: ModelSpec): readonly LayerSpec[] {
  const all = allLayers(model.layers);
  const count = new Map<string, number>();
  for (const { source } of all) count.set(String(source), (count.get(String(source)) ?? 0) + 1);
  return all.filter(({ source }) => count.get(String(source)) === 1);
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
