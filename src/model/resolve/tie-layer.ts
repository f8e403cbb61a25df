import type { LayerDraft } from '../layer-draft';
import { parametersOf } from '../layer-parameters';
import type { LayerSpec } from '../model-spec';
import type { LayerPart } from '../place';
import { keyOfPart } from '../vocabulary/key-names';
import type { ProblemLog } from './problem-log';
import { layerText, sameShape, shapeText } from './shape-text';

/** Parts that say how weights begin, are made or are trained, which their owner decides. */
const OWNERS_PARTS = [
  'kernelInitializer',
  'recurrentInitializer',
  'forgetBias',
  'weightNorm',
  'trainable',
  'learningRateMultiplier',
] as const;

/** Those of them that are decided by the owner's value alone, without the layers around it. */
const COPIED_PARTS: readonly string[] = OWNERS_PARTS.slice(0, 4);

/**
 * A layer that uses the parameters of `owner` in place of its own, with what the owner says of their first values;
 * `undefined` where they do not fit it or its author says otherwise, which is reported.
 */
export function tieLayer(
  log: ProblemLog,
  draft: LayerDraft,
  layer: LayerSpec,
  owner: LayerSpec,
): LayerSpec | undefined {
  const at = { layer: layer.path };
  const problem = whyNotTied(layer, owner);
  if (problem !== undefined) {
    const message = `${layerText(layer)} cannot use the weights of ${layerText(owner)}: ${problem}.`;
    log.report('tied-mismatch', message, { ...at, part: 'tiedTo' });
    return undefined;
  }
  const bias = owner.type !== 'embedding' && (!('bias' in owner) || ('bias' in layer && owner.bias && layer.bias));
  const refused = draft.given?.find(part => decidesOwner(part, bias));
  if (refused !== undefined) {
    const message =
      `\`${keyOfPart(refused, layer.type)}\` cannot stand in a layer with tied weights: \`${owner.path}\` owns them and decides it; ` +
      'write it there, or remove it.';
    log.report('tied-key', message, { ...at, part: refused as LayerPart });
    return undefined;
  }
  const copied = [...COPIED_PARTS, ...(bias ? ['biasInitializer'] : [])].filter(name => name in layer && name in owner);
  const values: Readonly<Record<string, unknown>> = { ...owner };
  const derived = [...(layer.derived ?? []), ...copied];
  return {
    ...layer,
    ...Object.fromEntries(copied.map(name => [name, values[name]])),
    ...(derived.length > 0 ? { derived } : {}),
    tiedTo: { path: owner.path, bias },
  };
}

/** Whether the owner of tied weights decides the part; `bias`: whether the bias is tied too. */
export function decidesOwner(part: string, bias: boolean): boolean {
  return OWNERS_PARTS.some(name => name === part) || (bias && part === 'biasInitializer');
}

function whyNotTied(layer: LayerSpec, owner: LayerSpec): string | undefined {
  const toEmbedding = layer.type === 'dense' && owner.type === 'embedding';
  if (layer.type !== owner.type && !toEmbedding) {
    const also = layer.type === 'dense' ? ' or of an embedding' : '';
    return `it can share those of another ${layer.type} layer${also} only`;
  }
  // The first parameter is the weight that multiplies the input.
  const [wanted, given] = [layer, owner].map(each => parametersOf(each)[0]?.shape);
  if (!wanted || !given || !sameShape(wanted, given)) {
    return `it needs them as ${shapeText(wanted ?? [])}, but they are ${shapeText(given ?? [])}`;
  }
  if ('bidirectional' in layer && 'bidirectional' in owner && layer.bidirectional !== owner.bidirectional) {
    return 'one of them is bidirectional, the other is not';
  }
  return undefined;
}
