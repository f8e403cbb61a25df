/**
 * Changes of a model: what a cure does, whatever text the model was read from. `applyChanges` makes them of a
 * `ModelSpec`, a front end writes them into its text.
 */
import type { LayerType } from './model-spec';
import type { LayerPlace, Place } from './place';

/** A value in the words of `ModelSpec`; of one with a `type`, parts that are left out have their default. */
export type ChangeValue = string | number | boolean | readonly ChangeValue[] | { readonly [part: string]: ChangeValue };

/** A layer that a change adds; parts that are left out have their default, and a name is made from the type. */
export interface NewLayer {
  readonly type: LayerType;
  readonly [part: string]: ChangeValue;
}

export type Change =
  /** Gives the place this value. */
  | { readonly kind: 'set'; readonly at: Place; readonly value: ChangeValue }
  /** Gives the place its default: nothing is written there any more. */
  | { readonly kind: 'reset'; readonly at: Place }
  /** Adds layers right behind one; what read it reads the last of them. */
  | { readonly kind: 'insert-after'; readonly layer: string; readonly layers: readonly NewLayer[] }
  /** Adds layers at the start of the inner layers of a residual. */
  | { readonly kind: 'insert-first'; readonly inside: string; readonly layers: readonly NewLayer[] }
  /** Puts the layers from `from` to `to`, neighbors in one list, into a residual. */
  | { readonly kind: 'wrap'; readonly from: string; readonly to: string; readonly in: 'residual' }
  /** Makes a layer of another type of it; parts that both have stay, `parts` are set. */
  | {
      readonly kind: 'replace-type';
      readonly layer: string;
      readonly type: LayerType;
      readonly parts?: { readonly [part: string]: ChangeValue };
    }
  /** Takes the layer out; what read it reads what it read. */
  | { readonly kind: 'remove'; readonly layer: string };

/** Sets a place. */
export function set(at: Place, value: ChangeValue): Change {
  return { kind: 'set', at, value };
}

/** Gives a place its default back. */
export function reset(at: Place): Change {
  return { kind: 'reset', at };
}

/** Sets a part of several layers. */
export function setEach(
  layers: readonly { readonly path: string }[],
  part: LayerPlace['part'],
  value: ChangeValue,
): Change[] {
  return layers.map(({ path }) => set({ layer: path, part }, value));
}

/** Lists of changes made one after another: each speaks of the model that the one before left. */
export type ChangeSequence = readonly (readonly Change[])[];

/** Names a sequence by what it changes: the same for the same changes, in whatever order their parts were given. */
export function sequenceKey(sequence: ChangeSequence): string {
  return JSON.stringify(sequence, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
