import type { DraftOfType, LayerDraft, ModelDraft, SettingsDraft } from '../layer-draft';
import type { LayerSpec, ModelSpec, TransformerBlockSpec } from '../model-spec';
import { layerPartsOf } from '../vocabulary/spec-parts';
import { without } from '../without';

/** The draft that resolves to the model: what followed from other parts is open again. */
export function draftOfModel(model: ModelSpec): ModelDraft {
  return { input: model.input, layers: model.layers.map(draftOfLayer), settings: settingsOf(model) };
}

function settingsOf(model: ModelSpec): SettingsDraft {
  const { loss, data, optimizer } = model;
  return {
    ...without(model, 'input', 'layers', 'derived'),
    loss: loss.inferred ? undefined : loss,
    data: data.inferred ? undefined : without(data, 'inferred', 'derived', ...(data.derived ?? [])),
    optimizer: optimizer.inferred ? undefined : without(optimizer, 'derived', ...(optimizer.derived ?? [])),
    batchSize: model.derived?.includes('batchSize') === true ? undefined : model.batchSize,
  };
}

/** What resolving adds to a layer. */
const RESOLVED = [
  'inputShape',
  'outputShape',
  'inputShapes',
  'paddingAfter',
  'countsPadding',
  'derived',
  'own',
  'folded',
] as const;

/** What leaves a part open, where that is not its default. */
const OPEN = { padding: 'same', slopes: undefined };

function draftOfLayer(layer: LayerSpec): LayerDraft {
  const { folded: activation = layer.activation } = layer;
  const values: Readonly<Record<string, unknown>> = { ...layerPartsOf(layer.type), ...OPEN };
  const open = (layer.derived ?? []).map(part => [part, values[part]]);
  return {
    ...without(layer, ...RESOLVED),
    activation,
    ...layer.own,
    ...(Object.fromEntries(open) as object),
    ...(layer.tiedTo && { tiedTo: { path: layer.tiedTo.path } }),
    ...(layer.type === 'residual' && {
      layers: layer.layers.map(draftOfLayer),
      shortcut: layer.shortcut.map(draftOfLayer),
    }),
    ...(layer.type === 'transformer-block' && blockParts(layer)),
  } as LayerDraft;
}

/** What a block says of the layers inside it, which have it now. */
function blockParts(block: TransformerBlockSpec): Partial<DraftOfType<'transformer-block'>> & { layers?: undefined } {
  const inner = block.layers.flatMap(layer => (layer.type === 'residual' ? [layer, ...layer.layers] : [layer]));
  const up = inner.find(layer => layer.type === 'dense' && layer.name === 'up');
  const norm = inner.find(layer => layer.type === 'layer-norm');
  const { kernelInitializer, biasInitializer } = inner.find(layer => layer.type === 'attention')!;
  return {
    activation: up!.activation,
    ...(norm && 'epsilon' in norm && { epsilon: norm.epsilon }),
    kernelInitializer,
    biasInitializer,
    layers: undefined,
  };
}
