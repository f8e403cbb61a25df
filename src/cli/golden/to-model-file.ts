import type { CaseLayer, CaseSpec } from './case-file';
import { INFERRED_SIZES } from './unsupported-operators';

/** The case as text of a JSON model file: sizes that are inferred are left out. */
export function toModelFile(spec: CaseSpec): string {
  const { l1 = 0, l2 = 0, ...loss } = spec.loss;
  return JSON.stringify({
    name: spec.name,
    input: spec.vocabulary === undefined ? spec.input.slice(1) : { tokens: spec.vocabulary, length: spec.input[1] },
    layers: spec.layers.map(toLayer),
    loss,
    optimizer: spec.optimizer,
    ...(spec.schedule && { schedule: spec.schedule }),
    ...(spec.clip && { clip: spec.clip }),
    regularization: { l1, l2 },
    batch_size: spec.input[0],
    steps: spec.steps,
  });
}

function toLayer(layer: CaseLayer): object {
  return {
    ...Object.fromEntries(Object.entries(layer).filter(([key]) => !INFERRED_SIZES.has(key))),
    ...(layer.layers && { layers: layer.layers.map(toLayer) }),
    ...(layer.shortcut && { shortcut: layer.shortcut.map(toLayer) }),
  };
}
