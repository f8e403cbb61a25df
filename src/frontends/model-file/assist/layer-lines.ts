import { compileParts, type CompiledParts } from '../compile/compile-parts';
import { parameterCount } from '../../../model/resolve/parameter-count';
import { shapeText } from '../../../model/resolve/shape-text';
import { layersAsWritten } from '../../../model/inner-layers';
import type { LayerSpec, SourcePath } from '../../../model/model-spec';
import { inlineCode } from '../../../text/plain-text';
import type { SourceDocument } from '../source-document';

/** "`memory`: [100, 2] → [64] · 4,352 parameters" of the layer at `path`, if its shapes could be followed. */
export function layerLine(document: SourceDocument, path: SourcePath): string | undefined {
  const layer = layerAt(compileParts(document), path);
  return layer && lineOf(layer);
}

/** The same of the layer that an item of `inputs` (or the whole key, if it names one), or `tied_to`, means. */
export function namedLayerLine(document: SourceDocument, path: SourcePath): string | undefined {
  const parts = compileParts(document);
  const key = path.findLastIndex(step => typeof step === 'string');
  const reader = layerAt(parts, path.slice(0, key));
  const item = path[key + 1];
  const named =
    path[key] === 'tied_to'
      ? reader?.tiedTo?.path
      : typeof item === 'number'
        ? reader?.inputs[item]
        : reader?.inputs.length === 1
          ? reader.inputs[0]
          : undefined;
  const layer = named === undefined ? undefined : layersAsWritten(parts.layers).find(each => each.path === named);
  return layer && lineOf(layer);
}

function lineOf(layer: LayerSpec): string {
  const shapes = 'inputShapes' in layer ? layer.inputShapes : [layer.inputShape];
  const tied = layer.tiedTo === undefined ? '' : ` · weights of ${inlineCode(layer.tiedTo.path)}`;
  return (
    `${inlineCode(layer.path)}: ${shapes.map(shapeText).join(', ')} → ${shapeText(layer.outputShape)}` +
    `${countText(parameterCount(layer))}${tied}${trainingText(layer)}`
  );
}

/** Describes the effect of its keys, and of those of layers around it. */
function trainingText({ trainable, learningRateMultiplier }: LayerSpec): string {
  if (!trainable) return ' · not trained';
  return learningRateMultiplier === 1 ? '' : ` · learning rate × ${Number(learningRateMultiplier.toPrecision(3))}`;
}

/** Describes the whole model: its output and parameters, and the loss and data that were chosen for it. */
export function modelLine(document: SourceDocument): string | undefined {
  const { model } = compileParts(document);
  const last = model?.layers.at(-1);
  if (!model || !last) {
    return undefined;
  }
  const count = model.layers.reduce((sum, layer) => sum + parameterCount(layer), 0);
  const data = model.data.inferred ? `\`${model.data.type}\` (chosen to fit the shapes)` : `\`${model.data.type}\``;
  return `Output ${shapeText(last.outputShape)}${countText(count)} · loss \`${model.loss.type}\` · data ${data}`;
}

/** The layer with this entry: the first, where layers inside it share the entry. */
function layerAt({ layers, sources }: CompiledParts, entry: SourcePath): LayerSpec | undefined {
  return layersAsWritten(layers).find(({ path }) => String(sources.get(path)) === String(entry));
}

function countText(count: number): string {
  return count === 0 ? '' : ` · ${count.toLocaleString('en-US')} parameter${count === 1 ? '' : 's'}`;
}
