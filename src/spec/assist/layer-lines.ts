import { compileParts } from '../compile/compile-parts';
import { parameterCount } from '../compile/parameter-count';
import { shapeText } from '../compile/shape-text';
import { branchesOf } from '../inner-layers';
import type { LayerSpec, SourcePath } from '../model-spec';
import type { SpecDocument } from '../spec-document';

/** "`memory`: [100, 2] → [64] · 4,352 parameters" of the layer at `path`, if its shapes could be followed. */
export function layerLine(document: SpecDocument, path: SourcePath): string | undefined {
  const layer = findLayer(compileParts(document).layers, path);
  if (!layer) {
    return undefined;
  }
  return `\`${layer.path}\`: ${shapeText(layer.inputShape)} → ${shapeText(layer.outputShape)}${countText(parameterCount(layer))}`;
}

/** What the whole model comes to: its output and parameters, and the loss and data that were chosen for it. */
export function modelLine(document: SpecDocument): string | undefined {
  const { model } = compileParts(document);
  const last = model?.layers.at(-1);
  if (!model || !last) {
    return undefined;
  }
  const count = model.layers.reduce((sum, layer) => sum + parameterCount(layer), 0);
  const data = model.data.inferred ? `\`${model.data.type}\` (chosen to fit the shapes)` : `\`${model.data.type}\``;
  return `Output ${shapeText(last.outputShape)}${countText(count)} · loss \`${model.loss.type}\` · data ${data}`;
}

function findLayer(layers: readonly LayerSpec[], path: SourcePath): LayerSpec | undefined {
  for (const layer of layers) {
    if (layer.source.length === path.length && layer.source.every((step, index) => step === path[index])) {
      return layer;
    }
    const inner = findLayer(branchesOf(layer).flat(), path);
    if (inner) {
      return inner;
    }
  }
  return undefined;
}

function countText(count: number): string {
  return count === 0 ? '' : ` · ${count.toLocaleString('en-US')} parameter${count === 1 ? '' : 's'}`;
}
