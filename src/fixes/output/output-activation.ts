/** The activation that the model's output passes last, and how to take it out. */
import { reset, type Change } from '../../model/change';
import type { ActivationName, ModelSpec } from '../../model/model-spec';

export interface OutputActivation {
  readonly activation: ActivationName;
  /** Dotted path of the layer that has it. */
  readonly path: string;
  readonly removal: Change;
}

/** `undefined` where the last layer has none. */
export function outputActivation(model: ModelSpec): OutputActivation | undefined {
  const last = model.layers[model.layers.length - 1];
  if (last.activation === 'identity') return undefined;
  const removal: Change =
    last.type === 'activation' ? { kind: 'remove', layer: last.path } : reset({ layer: last.path, part: 'activation' });
  return { activation: last.activation, path: last.path, removal };
}
