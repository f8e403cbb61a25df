/** What a model file says, under the names of `ModelSpec`. */
import type { LayerDraft } from '../layer-draft';
import type { LayerType } from '../model-spec';
import { defaultsOf } from './default-value';
import { findVariant, type Family, type VariantValue } from './family';
import { partsOfKey } from './key-names';
import { LAYERS } from './layers';

/** The values of a layer, by its type. */
export type LayerValues = VariantValue<typeof LAYERS>;

/** A layer without its place in a model. */
export type LayerParts = LayerDraft extends infer Draft
  ? Draft extends LayerDraft
    ? Omit<Draft, 'name' | 'path' | 'inputs' | 'tiedTo' | 'layers' | 'shortcut'>
    : never
  : never;

/** Keys of a layer that say where it stands, or what is inside it. */
const PLACES: ReadonlySet<string> = new Set(['name', 'inputs', 'tied_to', 'layers', 'shortcut']);

/** What a text says of probabilities, which is no part but a claim, see `LossSpec`. */
const CLAIM = 'from_logits';

/** The values with the names of parts. */
export function specParts(values: { readonly type: string }): {
  readonly type: string;
  readonly [part: string]: unknown;
} {
  const parts = Object.entries<unknown>(values).flatMap(([key, value]): [string, unknown][] => {
    if (key === CLAIM) return [];
    const names = partsOfKey(key, values.type);
    return names.length === 1
      ? [[names[0], value]]
      : names.map((name, index) => [name, (value as readonly unknown[])[index]]);
  });
  return { ...Object.fromEntries(parts), type: values.type };
}

/** The parts of a layer, from the values of its keys. */
export function layerParts(values: LayerValues): LayerParts {
  const given = Object.fromEntries(Object.entries(values).filter(([key]) => !PLACES.has(key)));
  // The table of the type has one key for each of its parts but those that `OWN_WORDS` gives.
  return {
    ...UNSAID,
    ...OWN_WORDS[values.type],
    ...specParts({ ...given, type: values.type }),
    ...inOwnWords(values),
  } as unknown as LayerParts;
}

/** The parts of a layer of which only these keys are written. */
export function layerPartsOf(type: LayerType, written: Readonly<Record<string, unknown>> = {}): LayerParts {
  return layerParts(withDefaults<typeof LAYERS>(LAYERS, type, written));
}

/** The values of a member of the family of which only these are written. */
export function withDefaults<F extends Family>(
  family: F,
  type: VariantValue<F>['type'],
  written: Readonly<Record<string, unknown>> = {},
): VariantValue<F> {
  // The defaults of the type's own table, so these are that type's values.
  return { type, ...defaultsOf(findVariant(family, type)!.keys), ...written } as VariantValue<F>;
}

/** Parts of every layer, where its type has no key for them. */
const UNSAID = { activation: 'identity', trainable: true, learningRateMultiplier: 1 };

/** Parts of the other types of a family of layers, where one has no key for them. */
const OWN_WORDS: Readonly<Partial<Record<LayerType, object>>> = {
  rnn: { gateActivation: 'sigmoid', forgetBias: 0 },
  gru: { forgetBias: 0 },
};

/** Parts whose values a file writes otherwise than `ModelSpec`. */
function inOwnWords(values: LayerValues): object {
  switch (values.type) {
    // Axes count the batch, which stays, as 0.
    case 'permute':
      return 'order' in values ? { order: [0, ...values.order] } : {};
    case 'prelu':
      return { slopes: values.slopes === 'shared' ? 1 : undefined };
    default:
      return {};
  }
}
