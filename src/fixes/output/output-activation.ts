/** The activation that the model's output passes last, and how to take it out. */
import type { Change } from '../../frontends/model-file/edit';
import type { ActivationName, ModelSpec } from '../../model/model-spec';

export interface OutputActivation {
  readonly activation: ActivationName;
  /** Dotted path of the layer that has it. */
  readonly path: string;
  readonly removal: Change;
}

/** `undefined` where the last layer has none, or is one of many that an entry of the file is made of. */
export function outputActivation(model: ModelSpec): OutputActivation | undefined {
  const last = model.layers[model.layers.length - 1];
  if (last.activation === 'identity' || last.source.length !== 2) return undefined;
  const path = last.type === 'activation' ? last.source : [...last.source, 'activation'];
  return { activation: last.activation, path: last.path, removal: { path, value: undefined } };
}
