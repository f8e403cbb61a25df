/** What a transformer block is made of, as if its layers had been written out. */
import { isGated } from '../gated-activations';
import type { DraftOfType, LayerDraft } from '../layer-draft';
import { layerPartsOf, type LayerParts } from '../vocabulary/spec-parts';

type BlockDraft = DraftOfType<'transformer-block'>;

/** Units of the feed-forward part for each feature, where its author does not say (Vaswani et al. 2017). */
const FEED_FORWARD_FACTOR = 4;

/** Width of the feed-forward part of a block over so many features. */
export function feedForwardOf({ feedForward: units }: Pick<BlockDraft, 'feedForward'>, features: number): number {
  return units ?? FEED_FORWARD_FACTOR * features;
}

/**
 * The layers of a block over `features`: the residuals `attend` (`attention`, `dropout`) and `feed` (`up`, `down`,
 * `dropout`), with a layer-norm `norm` first inside each (`norm: pre`), or `attend-norm` and `feed-norm` after each
 * (`norm: post`). A part of theirs is a part of the block.
 */
export function layersOfBlock(block: BlockDraft, features: number): readonly LayerDraft[] {
  const { activation, epsilon, biasInitializer, kernelInitializer } = block;
  const initializers = given({ kernelInitializer, biasInitializer });
  const norm = (name: string): Part => part(name, 'layer-norm', given({ epsilon }));
  const dropout = block.dropout === 0 ? [] : [part('dropout', 'dropout', { rate: block.dropout })];
  const width = feedForwardOf(block, features);
  const attend = [
    part('attention', 'attention', { heads: block.heads, causal: block.causal, ...initializers }),
    ...dropout,
  ];
  const feed = [
    // A gate halves what `up` makes, and `down` reads the rest.
    part('up', 'dense', { units: isGated(activation) ? 2 * width : width, activation, ...initializers }),
    part('down', 'dense', { units: features, ...initializers }),
    ...dropout,
  ];
  const layers =
    block.norm === 'pre'
      ? [residual('attend', [norm('norm'), ...attend]), residual('feed', [norm('norm'), ...feed])]
      : [residual('attend', attend), norm('attend-norm'), residual('feed', feed), norm('feed-norm')];
  return chained(layers, block, block.inputs);
}

/** A layer without its place. */
interface Part {
  readonly name: string;
  readonly parts: LayerParts;
  readonly inner: readonly Part[];
}

type PartsOfType<Parts, Type> = Parts extends { readonly type: infer Types }
  ? Type extends Types
    ? Parts
    : never
  : never;

function part<Type extends LayerParts['type']>(
  name: string,
  type: Type,
  own: Partial<PartsOfType<LayerParts, Type>>,
): Part {
  return { name, parts: { ...layerPartsOf(type), ...own }, inner: [] };
}

function residual(name: string, inner: readonly Part[]): Part {
  return { ...part(name, 'residual', {}), inner };
}

/** The layers below `parent`, each of which reads the one before it, the first one `before`. */
function chained(
  layers: readonly Part[],
  parent: Pick<LayerDraft, 'path'>,
  before: readonly string[],
): readonly LayerDraft[] {
  const pathOf = (name: string): string => `${parent.path}.${name}`;
  return layers.map(({ name, parts, inner }, index): LayerDraft => {
    const path = pathOf(name);
    const inputs = index === 0 ? before : [pathOf(layers[index - 1].name)];
    const placed = { name, path, inputs };
    return parts.type === 'residual'
      ? { ...parts, ...placed, layers: chained(inner, placed, inputs), shortcut: [] }
      : { ...parts, ...placed };
  });
}

/** The parts that are given. */
function given<Parts extends object>(parts: Parts): { readonly [Name in keyof Parts]?: NonNullable<Parts[Name]> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Parts]?: NonNullable<Parts[Name]>;
  };
}
