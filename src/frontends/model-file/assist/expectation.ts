import type { SourcePath } from '../../../model/model-spec';
import { nodeIn } from '../source-range';
import type { SourceNode } from '../source-document';
import { findKey, findVariant, type Family, type Variant } from '../../../model/vocabulary/family';
import type { Key, Keys } from '../../../model/vocabulary/key';
import { LAYER_FAMILY } from '../../../model/vocabulary/layers';
import { MODEL_KEYS, TOKEN_KEYS } from '../../../model/vocabulary/model';

/** The expectation of the vocabulary at a place of the file. */
export type Expectation =
  | { readonly kind: 'model' }
  /** The value of a key, or one of the layers or columns that it names. */
  | { readonly kind: 'value'; readonly name: string; readonly key: Key }
  /** The name after `type:`; `variant` is the one that is written, if it is known. */
  | { readonly kind: 'type'; readonly family: Family; readonly variant: Variant | undefined }
  /** An item of a list of layers. */
  | { readonly kind: 'layer' };

/** The keys that a mapping may have. */
export interface MappingExpectation {
  readonly keys: Keys;
  /** Where a `type` decides the keys: its family and, once it is known, the variant. */
  readonly family?: Family;
  readonly variant?: Variant;
}

/**
 * Returns the expectation at `path`; `undefined` where the vocabulary knows no such place. Reads the `type`s on the way
 * from `root`.
 */
export function expectationAt(root: SourceNode | undefined, path: SourcePath): Expectation | undefined {
  const step = path.at(-1);
  if (step === undefined) {
    return { kind: 'model' };
  }
  const parentPath = path.slice(0, -1);
  if (typeof step === 'number') {
    const parent = expectationAt(root, parentPath);
    const kind = parent?.kind === 'value' ? parent.key.value.kind : undefined;
    return kind === 'layers'
      ? { kind: 'layer' }
      : kind === 'layer-names' || kind === 'column-names'
        ? parent
        : undefined;
  }
  const mapping = mappingAt(root, parentPath);
  if (mapping?.family && step === 'type') {
    return { kind: 'type', family: mapping.family, variant: mapping.variant };
  }
  const found = mapping && findKey(mapping.keys, step);
  return found && { kind: 'value', ...found };
}

/** The keys expected in a mapping at `path`, or `undefined` where no mapping may stand. */
export function mappingAt(root: SourceNode | undefined, path: SourcePath): MappingExpectation | undefined {
  const place = expectationAt(root, path);
  if (place?.kind === 'model') {
    return { keys: MODEL_KEYS };
  }
  if (place?.kind === 'layer') {
    return variantMapping(LAYER_FAMILY, nodeIn(root, path));
  }
  if (place?.kind !== 'value') {
    return undefined;
  }
  const { value } = place.key;
  switch (value.kind) {
    case 'variant':
      return variantMapping(value.family(), nodeIn(root, path));
    case 'group':
      return { keys: value.keys };
    case 'input':
      return { keys: TOKEN_KEYS };
    default:
      return undefined;
  }
}

function variantMapping(family: Family, node: SourceNode | undefined): MappingExpectation {
  const type = node?.kind === 'mapping' ? node.entries.find(({ key }) => key === 'type')?.value : undefined;
  const variant =
    type?.kind === 'scalar' && typeof type.value === 'string' ? findVariant(family, type.value) : undefined;
  return variant ? { keys: variant.keys, family, variant } : { keys: sharedKeys(family), family };
}

/** Keys that every variant has: all that can be said before the type is known. */
function sharedKeys(family: Family): Keys {
  const [first, ...others] = family.variants;
  return Object.fromEntries(
    Object.entries(first?.keys ?? {}).filter(([name]) => others.every(({ keys }) => Object.hasOwn(keys, name))),
  );
}
