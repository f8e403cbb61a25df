import { allLayers } from '../../diagnosis/layers';
import { changeValues } from '../../frontends/model-file/edit';
import { keepNames } from '../../frontends/model-file/edit/layer-references';
import { insertItems } from '../../frontends/model-file/edit/list-items';
import type { LayerSpec } from '../../model/model-spec';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import type { TextEdit } from '../../text/text-edit';
import type { FixMaker } from '../fix-context';
import { editInTurn, isModel } from '../structure/layer-insertion';

/**
 * Moves the normalisation of post-norm transformer blocks from behind each shortcut to the start of what it goes
 * around: then the gradient reaches every block undivided, and deep stacks train without warm-up (Xiong et al. 2020).
 * Blocks written as `transformer-block` get `norm: pre`. The last normalisation of a stack of layers written out stays
 * where it is, so that the output is normalised; after the last `transformer-block` one is added.
 */
export const preNorm: FixMaker = ({ document, model }) => {
  const blocks = model.layers.filter(
    ({ source }) => writtenType(document, source) === 'transformer-block' && isPost(document, source),
  );
  const sources = [...new Map(blocks.map(({ source }) => [String(source), source])).values()];
  const pairs = postNorms(model.layers);
  if (sources.length + pairs.length === 0) return undefined;
  const edits = editInTurn(
    document,
    [...keepNames(document, model), ...sources.map(source => ({ path: [...source, 'norm'], value: 'pre' }))],
    changed => [
      ...afterLast(changed, sources.at(-1), model.layers),
      ...pairs.flatMap(({ residual }) => {
        const list = nodeAt(changed, [...residual.source, 'layers']);
        return list?.kind === 'sequence' ? insertItems(changed, list, -1, [{ type: 'layer-norm' }]) : [];
      }),
      ...changeValues(
        changed,
        pairs
          .slice(0, -1)
          .toReversed()
          .map(({ norm }) => ({ path: norm.source, value: undefined })),
      ),
    ],
  );
  const count = sources.length + pairs.length;
  return isModel(document, edits)
    ? {
        id: 'pre-norm',
        title: `Normalize before attention and feed-forward part in ${count} ${count === 1 ? 'block' : 'blocks'}`,
        edits,
      }
    : undefined;
};

/** Residuals with attention or weights in them, each with the layer-norm right after it. */
function postNorms(layers: readonly LayerSpec[]) {
  return layers.flatMap((residual, index) => {
    const norm = layers[index + 1];
    const isPart =
      residual.type === 'residual' &&
      residual.shortcut.length === 0 &&
      residual.layers[0]?.type !== 'layer-norm' &&
      residual.source.length === 2 &&
      residual.layers[0]?.source.length === 4;
    return isPart && norm?.type === 'layer-norm' && String(norm.source) !== String(residual.source)
      ? [{ residual, norm }]
      : [];
  });
}

function afterLast(
  document: SourceDocument,
  source: LayerSpec['source'] | undefined,
  layers: readonly LayerSpec[],
): TextEdit[] {
  const list = source && nodeAt(document, source.slice(0, -1));
  if (!source || list?.kind !== 'sequence') return [];
  const all = allLayers(layers);
  const next = all[all.findLastIndex(layer => String(layer.source) === String(source)) + 1];
  return next?.type === 'layer-norm'
    ? []
    : insertItems(document, list, Number(source.at(-1)), [{ type: 'layer-norm' }]);
}

function writtenType(document: SourceDocument, source: LayerSpec['source']): unknown {
  const node = nodeAt(document, [...source, 'type']);
  return node?.kind === 'scalar' ? node.value : undefined;
}

function isPost(document: SourceDocument, source: LayerSpec['source']): boolean {
  const node = nodeAt(document, [...source, 'norm']);
  return node?.kind === 'scalar' && node.value === 'post';
}
