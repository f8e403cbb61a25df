import type { LayerSpec } from '../../model/model-spec';
import { ownParametersOf, parameterName, parametersOf } from '../../model/layer-parameters';
import type { ParameterSpec } from '../../model/layers/parameter-spec';
import { walkLayers } from './walk-layers';

/**
 * Names of the weights of two or more axes that are neither embeddings nor the output layer's, which is the last layer
 * with weights (of `seq2seq`, its `out`): what Muon orthogonalises.
 */
export function hiddenMatrices(layers: readonly LayerSpec[]): ReadonlySet<string> {
  const hidden = new Set<string>();
  let output: LayerSpec | undefined;
  walkLayers(layers, layer => {
    for (const spec of ownParametersOf(layer).filter(isMatrix)) hidden.add(parameterName(layer, spec));
    if (parametersOf(layer).some(isMatrix)) output = layer;
  });
  for (const spec of output ? parametersOf(output) : []) {
    if (output!.type !== 'seq2seq' || spec.name.startsWith('out.')) hidden.delete(parameterName(output!, spec));
  }
  return hidden;
}

function isMatrix({ role, shape }: ParameterSpec): boolean {
  return (role === 'kernel' || role === 'recurrent') && shape.length >= 2;
}
