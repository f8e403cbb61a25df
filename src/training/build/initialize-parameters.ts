import { square } from '../../engine/elementary';
import { initialize } from '../../engine/initializers/initialize';
import type { Random } from '../../engine/random';
import type { LayerSpec } from '../../model/model-spec';
import { TrainingError } from '../training-error';
import { ownParametersOf } from '../../model/layer-parameters';
import type { ParameterSpec } from '../../model/layers/parameter-spec';
import { walkLayers } from './walk-layers';

/**
 * Gives every parameter of the model its first values. Each is drawn from a stream of its own name, so that a layer's
 * values do not depend on what other layers there are.
 * @param parameter the live numbers of the parameter of a name
 * @throws TrainingError where weight normalisation would divide by a norm of 0
 */
export function initializeParameters(
  layers: readonly LayerSpec[],
  random: Random,
  parameter: (name: string) => Float32Array | Float64Array,
): void {
  walkLayers(layers, layer => {
    for (const spec of ownParametersOf(layer)) {
      const name = `${layer.path}.${spec.name}`;
      if (spec.normsOf === undefined) fill(parameter(name), spec, random.fork(name));
      else fillWithNorms(parameter(name), parameter(`${layer.path}.${spec.normsOf}`), layer);
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

/**
 * The norm of each row of a weight, one a value: with these as lengths, normalised weights start as they were drawn.
 */
function fillWithNorms(
  values: Float32Array | Float64Array,
  weight: Float32Array | Float64Array,
  layer: LayerSpec,
): void {
  const columns = weight.length / values.length;
  for (let row = 0; row < values.length; row++) {
    let squares = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) squares += square(weight[i]);
    if (squares === 0) {
      throw new TrainingError(
        `The layer "${layer.path}" starts with weights that are all 0 in a unit, which "weight_norm" cannot normalise; choose ` +
          'another "kernel_initializer".',
        { layer: layer.path, part: 'kernelInitializer' },
      );
    }
    values[row] = Math.sqrt(squares);
  }
}
