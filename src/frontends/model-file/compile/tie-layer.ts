import type { LayerSpec, Shape } from '../../../model/model-spec';
import { findKey } from '../../../model/vocabulary/family';
import { LAYERS } from '../../../model/vocabulary/layers';
import { report, type Compilation } from './compilation';
import { GATES } from './parameter-count';
import { rangeOfLayer, type ReadLayer } from './read-layers';
import { entryOf } from './layer-references';
import { layerText, sameShape, shapeText } from './shape-text';

/** Keys that say how weights begin, are made or are trained, which their owner decides. */
const OWNERS_KEYS = [
  'kernel_initializer',
  'recurrent_initializer',
  'forget_bias',
  'weight_norm',
  'trainable',
  'learning_rate_multiplier',
] as const;

/**
 * A layer that uses the parameters of `owner` in place of its own, with what the owner says of their first values;
 * `undefined` where they do not fit it or the file says otherwise, which is reported.
 */
export function tieLayer(
  compilation: Compilation,
  read: ReadLayer,
  layer: LayerSpec,
  owner: LayerSpec,
): LayerSpec | undefined {
  const problem = whyNotTied(layer, owner);
  if (problem !== undefined) {
    const node = entryOf(read, 'tied_to');
    const message = `${layerText(layer)} cannot use the weights of ${layerText(owner)}: ${problem}.`;
    report(compilation, 'tied-mismatch', message, node?.range ?? rangeOfLayer(read));
    return undefined;
  }
  const bias = owner.type !== 'embedding' && (!('bias' in owner) || ('bias' in layer && owner.bias && layer.bias));
  const refused = [...OWNERS_KEYS, ...(bias ? ['bias_initializer'] : [])];
  const keys = LAYERS.variants.find(({ name }) => name === layer.type)?.keys ?? {};
  const entry = read.node.entries.find(({ key }) => refused.includes(findKey(keys, key)?.name ?? ''));
  if (entry) {
    const message =
      `\`${entry.key}\` cannot stand in a layer with tied weights: \`${owner.path}\` owns them and decides it; ` +
      'write it there, or remove it.';
    report(compilation, 'tied-key', message, entry.keyRange);
    return undefined;
  }
  return {
    ...layer,
    ...ownersValues(layer, owner, bias),
    tiedTo: { path: owner.path, bias },
  };
}

/** How the owner's weights are made and begin, under the names that the tied layer has them by. */
function ownersValues(layer: LayerSpec, owner: LayerSpec, bias: boolean): Partial<Record<string, unknown>> {
  const names = [
    'kernelInitializer',
    'recurrentInitializer',
    'forgetBias',
    'weightNorm',
    ...(bias ? ['biasInitializer'] : []),
  ];
  const values: Readonly<Record<string, unknown>> = { ...owner };
  return Object.fromEntries(names.filter(name => name in layer && name in owner).map(name => [name, values[name]]));
}

function whyNotTied(layer: LayerSpec, owner: LayerSpec): string | undefined {
  const toEmbedding = layer.type === 'dense' && owner.type === 'embedding';
  if (layer.type !== owner.type && !toEmbedding) {
    const also = layer.type === 'dense' ? ' or of an embedding' : '';
    return `it can share those of another ${layer.type} layer${also} only`;
  }
  const [wanted, given] = [weightShape(layer), weightShape(owner)];
  if (!wanted || !given || !sameShape(wanted, given)) {
    return `it needs them as ${shapeText(wanted ?? [])}, but they are ${shapeText(given ?? [])}`;
  }
  if ('bidirectional' in layer && 'bidirectional' in owner && layer.bidirectional !== owner.bidirectional) {
    return 'one of them is bidirectional, the other is not';
  }
  return undefined;
}

/** The shape of the weight that multiplies the input, PyTorch's; `undefined` for layers that cannot be tied. */
function weightShape(layer: LayerSpec): Shape | undefined {
  const inputs = layer.inputShape.at(-1) ?? 0;
  switch (layer.type) {
    case 'dense':
      return [layer.units, inputs];
    case 'embedding':
      return [layer.vocabulary, layer.units];
    case 'conv1d':
    case 'conv2d':
      return [layer.filters, (layer.inputShape[0] ?? 0) / layer.groups, ...layer.kernel];
    case 'rnn':
    case 'lstm':
    case 'gru':
      return [GATES[layer.type] * layer.units, inputs];
    default:
      return undefined;
  }
}
