/** What a transformer block is made of, as if its layers had been written out. */
import { isGated } from '../../../model/gated-activations';
import { findVariant } from '../../../model/vocabulary/family';
import { LAYERS } from '../../../model/vocabulary/layers';
import { defaultsOf } from './default-value';
import type { LayerValues, ReadLayer } from './read-layers';

type ValuesOfType<Type extends LayerValues['type']> = Extract<LayerValues, { readonly type: Type }>;

/** Units of the feed-forward part for each feature, where the file does not say (Vaswani et al. 2017). */
const FEED_FORWARD_FACTOR = 4;

/** Width of the feed-forward part of a block over so many features. */
export function feedForwardOf({ feed_forward: units }: ValuesOfType<'transformer-block'>, features: number): number {
  return units ?? FEED_FORWARD_FACTOR * features;
}

/**
 * The layers of a block over `features`: the residuals `attend` (`attention`, `dropout`) and `feed` (`up`, `down`,
 * `dropout`), with a layer-norm `norm` first inside each (`norm: pre`), or `attend-norm` and `feed-norm` after each
 * (`norm: post`). They stand where the block stands, so that a key of theirs is a key of the block.
 */
export function layersOfBlock(
  block: ReadLayer,
  values: ValuesOfType<'transformer-block'>,
  features: number,
): readonly ReadLayer[] {
  const { activation, bias_initializer, kernel_initializer } = values;
  const part = <Type extends LayerValues['type']>(
    name: string,
    type: Type,
    given: Partial<ValuesOfType<Type>>,
    inner: readonly ReadLayer[] = [],
  ): ReadLayer => ({
    values: valuesOf(type, given),
    name,
    path: name,
    node: block.node,
    source: block.source,
    inner,
    shortcut: [],
  });

  const initializers = { kernel_initializer, bias_initializer };
  const norm = (name: string): ReadLayer => part(name, 'layer-norm', { epsilon: values.epsilon });
  const dropout = values.dropout === 0 ? [] : [part('dropout', 'dropout', { rate: values.dropout })];
  const width = feedForwardOf(values, features);
  const attend = [
    part('attention', 'attention', { heads: values.heads, causal: values.causal, ...initializers }),
    ...dropout,
  ];
  const feed = [
    // A gate halves what `up` makes, and `down` reads the rest.
    part('up', 'dense', { units: isGated(activation) ? 2 * width : width, activation, ...initializers }),
    part('down', 'dense', { units: features, ...initializers }),
    ...dropout,
  ];
  const layers =
    values.norm === 'pre'
      ? [
          part('attend', 'residual', {}, [norm('norm'), ...attend]),
          part('feed', 'residual', {}, [norm('norm'), ...feed]),
        ]
      : [
          part('attend', 'residual', {}, attend),
          norm('attend-norm'),
          part('feed', 'residual', {}, feed),
          norm('feed-norm'),
        ];
  return placed(layers, block.path);
}

/** The layers with their paths below `parent`. */
function placed(layers: readonly ReadLayer[], parent: string): readonly ReadLayer[] {
  return layers.map(layer => {
    const path = `${parent}.${layer.name}`;
    return {
      ...layer,
      path,
      inner: placed(
        layer.inner.filter(inner => inner !== undefined),
        path,
      ),
    };
  });
}

/** The values of a layer of which only these are written. */
function valuesOf<Type extends LayerValues['type']>(type: Type, given: Partial<ValuesOfType<Type>>): LayerValues {
  // The defaults of the type's own table, so these are that type's values.
  return { type, ...defaultsOf(findVariant(LAYERS, type)!.keys), ...given } as unknown as LayerValues;
}
