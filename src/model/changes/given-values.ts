/** Values of changes, checked against the vocabulary and filled up with its defaults. */
import type { ChangeValue } from '../change';
import type { LayerType } from '../model-spec';
import type { LayerPart, Place } from '../place';
import type { ProblemLog } from '../resolve/problem-log';
import { defaultsOf } from '../vocabulary/default-value';
import { describeExpected } from '../vocabulary/describe-kind';
import type { Key, Keys } from '../vocabulary/key';
import { keyOfPart } from '../vocabulary/key-names';
import { LAYER_FAMILY } from '../vocabulary/layers';
import { layerPartsOf, specParts, withDefaults } from '../vocabulary/spec-parts';
import { keyFor, valueProblem } from '../vocabulary/value-problem';

/** The keys of a type of layer. */
export function layerKeys(type: LayerType): Keys {
  return LAYER_FAMILY.variants.find(({ name }) => name === type)?.keys ?? {};
}

/** The value with its defaults, or `undefined` with its problem reported. */
export function filledValue(log: ProblemLog, key: Key, value: ChangeValue, at: Place): unknown {
  const kind = key.value;
  // A name alone stands for what has that type.
  const whole = kind.kind === 'variant' && typeof value === 'string' ? { type: value } : value;
  const code = valueProblem(kind, whole);
  if (code !== undefined) {
    const name = at.part ?? ('setting' in at ? at.setting : at.layer);
    log.report(code, `\`${keyOfPart(name)}\` must be ${describeExpected(kind)}, but is ${JSON.stringify(value)}.`, at);
    return undefined;
  }
  if (kind.kind === 'variant') {
    const { type } = whole as { readonly type: string };
    return { ...specParts(withDefaults(kind.family(), type)), ...(whole as object) };
  }
  return kind.kind === 'group' ? { ...defaultsOf(kind.keys), ...(whole as object) } : whole;
}

/** The value of a part of a layer with its defaults, or `undefined` with its problem reported. */
export function layerPart(
  log: ProblemLog,
  { type, path }: { readonly type: LayerType; readonly path: string },
  part: string,
  value: ChangeValue,
): { readonly [part: string]: unknown } | undefined {
  const at = { layer: path, part: part as LayerPart };
  const key = keyFor(layerKeys(type), part, type);
  if (!key) {
    log.report('unknown-key', `\`${path}\` (${type}) has no \`${part}\`.`, at);
    return undefined;
  }
  if (type === 'prelu' && part === 'slopes') {
    return { slopes: value === 1 || value === 'shared' ? 1 : undefined };
  }
  // Axes of a permutation count the batch, which stays, as 0.
  const checked = type === 'permute' && part === 'order' && Array.isArray(value) ? value.slice(1) : value;
  const filled = filledValue(log, key, checked as ChangeValue, at);
  return filled === undefined ? undefined : { [part]: checked === value ? filled : value };
}

/** The default of a part of a layer; `undefined` inside where it then follows from others. */
export function defaultLayerPart(type: LayerType, part: string): unknown {
  return (layerPartsOf(type) as unknown as Readonly<Record<string, unknown>>)[part];
}
