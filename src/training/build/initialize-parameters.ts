import { initialize } from '../../engine/initializers/initialize';
import type { Random } from '../../engine/random';
import type { LayerSpec } from '../../spec/model-spec';
import { parametersOf, type ParameterSpec } from './layer-parameters';
import { walkLayers } from './walk-layers';

/**
 * Gives every parameter of the model its first values. Each is drawn from a stream of its own name, so that a layer's values do
 * not depend on what other layers there are.
 * @param parameter the live numbers of the parameter of a name
 */
export function initializeParameters(
  layers: readonly LayerSpec[],
  random: Random,
  parameter: (name: string) => Float32Array | Float64Array,
): void {
  walkLayers(layers, (layer) => {
    for (const spec of parametersOf(layer)) {
      const name = `${layer.path}.${spec.name}`;
      fill(parameter(name), spec, random.fork(name));
    }
  });
}

function fill(values: Float32Array | Float64Array, spec: ParameterSpec, random: Random): void {
  initialize(values, spec.shape, spec.initializer, random, undefined, spec.blocks);
  if (spec.offset) {
    const { start, end, value } = spec.offset;
    for (let i = start; i < end; i++) values[i] += value;
  }
}
