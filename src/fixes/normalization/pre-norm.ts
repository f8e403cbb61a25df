import { set, type Change } from '../../model/change';
import type { LayerSpec } from '../../model/model-spec';
import { allLayers } from '../../diagnosis/layers';
import type { FixMaker } from '../fix-context';

/**
 * Moves the normalization of post-norm transformer blocks from behind each shortcut to the start of what it goes
 * around: then the gradient reaches every block undivided, and deep stacks train without warm-up (Xiong et al. 2020).
 * Blocks written as `transformer-block` get `norm: pre`. The last normalization of a stack of layers written out stays
 * where it is, so that the output is normalized; after the last `transformer-block` one is added.
 */
export const preNorm: FixMaker = ({ model: { layers } }) => {
  const blocks = layers.filter(layer => layer.type === 'transformer-block' && layer.norm === 'post');
  const pairs = postNorms(layers);
  const count = blocks.length + pairs.length;
  if (count === 0) return undefined;
  return {
    id: 'pre-norm',
    title: `Normalize before attention and feed-forward in ${count} ${count === 1 ? 'block' : 'blocks'}`,
    changes: [
      ...blocks.map(({ path }) => set({ layer: path, part: 'norm' }, 'pre')),
      ...normAfter(layers, blocks.at(-1)),
      ...pairs.map(({ residual }): Change => ({
        kind: 'insert-first',
        inside: residual.path,
        layers: [{ type: 'layer-norm' }],
      })),
      ...pairs.slice(0, -1).map(({ norm }): Change => ({ kind: 'remove', layer: norm.path })),
    ],
  };
};

/** Residuals with attention or weights in them, each with the layer-norm right after it. */
function postNorms(layers: readonly LayerSpec[]) {
  return layers.flatMap((residual, index) => {
    const norm = layers[index + 1];
    const isPart =
      residual.type === 'residual' &&
      residual.shortcut.length === 0 &&
      residual.layers.length > 0 &&
      residual.layers[0].type !== 'layer-norm';
    return isPart && norm?.type === 'layer-norm' ? [{ residual, norm }] : [];
  });
}

/** A normalization after the last of the blocks, unless one follows it. */
function normAfter(layers: readonly LayerSpec[], last: LayerSpec | undefined): Change[] {
  if (!last) return [];
  const all = allLayers(layers);
  const next = all[all.indexOf(last) + 1];
  return next?.type === 'layer-norm'
    ? []
    : [{ kind: 'insert-after', layer: last.path, layers: [{ type: 'layer-norm' }] }];
}
