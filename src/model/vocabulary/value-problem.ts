import type { Key, Keys, NumberRange, ValueKind } from './key';
import { keyOfPart, partsOfKey } from './key-names';

/** Why a number is none of the range; `undefined` where it is one. */
export function numberProblem(
  value: number,
  range: NumberRange & { readonly whole?: boolean },
): 'wrong-type' | 'out-of-range' | undefined {
  if (!Number.isFinite(value) || (range.whole === true && !Number.isInteger(value))) {
    return 'wrong-type';
  }
  const outside =
    (range.minimum !== undefined && value < range.minimum) ||
    (range.above !== undefined && value <= range.above) ||
    (range.maximum !== undefined && value > range.maximum) ||
    (range.below !== undefined && value >= range.below);
  return outside ? 'out-of-range' : undefined;
}

/** The key of a table that sets a part; `undefined` where it has none. */
export function keyFor(keys: Keys, part: string, type?: string): Key | undefined {
  const name = keyOfPart(part, type);
  const isValue = part !== 'probabilities' && partsOfKey(name, type).includes(part);
  return isValue && Object.hasOwn(keys, name) ? keys[name] : undefined;
}

/** Why a value in the words of `ModelSpec` is none of the kind; `undefined` where it is one. */
export function valueProblem(kind: ValueKind, value: unknown): 'wrong-type' | 'out-of-range' | undefined {
  const all = (values: readonly unknown[], of: (each: unknown) => ReturnType<typeof numberProblem>) =>
    values.map(of).find(problem => problem !== undefined);
  const inRange = (range: NumberRange & { readonly whole?: boolean }) => (each: unknown) =>
    typeof each === 'number' ? numberProblem(each, range) : 'wrong-type';
  const fits = (isRight: boolean) => (isRight ? undefined : 'wrong-type');
  switch (kind.kind) {
    case 'number':
      return value === kind.word?.name ? undefined : inRange(kind)(value);
    // Each number of a pair is a part by itself.
    case 'pair':
      return inRange(kind)(value);
    case 'sizes':
      return value === kind.word?.name
        ? undefined
        : all(Array.isArray(value) ? value : [value], inRange({ ...kind, whole: true }));
    case 'integers':
      return Array.isArray(value) ? all(value, inRange({ ...kind, whole: true })) : 'wrong-type';
    case 'numbers':
      return kind.words.some(({ name }) => name === value)
        ? undefined
        : Array.isArray(value)
          ? all(value, inRange(kind))
          : 'wrong-type';
    case 'boolean':
      return fits(typeof value === 'boolean');
    case 'choice':
      return fits(kind.choices.some(({ name }) => name === value));
    case 'text':
    case 'column-name':
    case 'layer-name':
      return fits(typeof value === 'string' && value.trim() !== '');
    case 'column-names':
    case 'layer-names':
      return fits(Array.isArray(value) && value.every(name => typeof name === 'string'));
    case 'variant': {
      const { type, ...parts } = value as { readonly type?: unknown };
      const variant = typeof type === 'string' ? kind.family().variants.find(({ name }) => name === type) : undefined;
      if (!variant) return 'wrong-type';
      return all(Object.entries(parts), entry => {
        const [part, given] = entry as [string, unknown];
        const key = keyFor(variant.keys, part, variant.name);
        return key ? valueProblem(key.value, given) : 'wrong-type';
      });
    }
    case 'group':
      return all(Object.entries(value as object), entry => {
        const [part, given] = entry as [string, unknown];
        const key = keyFor(kind.keys, part);
        return key ? valueProblem(key.value, given) : 'wrong-type';
      });
    case 'input':
    case 'layers':
      return fits(typeof value === 'object');
  }
}
