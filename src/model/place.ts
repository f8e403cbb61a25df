/**
 * Places of a model: what a finding points at and a change speaks of, in the words of `ModelSpec`. A front end knows
 * where in its text a place is written, or that it is not.
 */
import type { LayerSpec, ModelSpec, SourcePath } from './model-spec';

type KeyOfAny<Union> = Union extends unknown ? keyof Union & string : never;

/** What is found out about a layer, and not written. */
type Resolved =
  'path' | 'derived' | 'own' | 'folded' | 'inputShape' | 'outputShape' | 'inputShapes' | 'layers' | 'shortcut';

/** A property of some kind of layer, e.g. `units`, `kernelInitializer`. */
export type LayerPart = Exclude<KeyOfAny<LayerSpec>, Resolved>;

/** A property of the model beside its layers, e.g. `optimizer`, `batchSize`. */
export type Setting = Exclude<keyof ModelSpec, 'layers' | 'derived'>;

/** A property of a setting, e.g. `learningRate` of the optimizer. */
export type SettingPart<S extends Setting = Setting> = S extends Setting ? KeyOfAny<ModelSpec[S] & object> : never;

/** A layer by its path, or a part of it. */
export interface LayerPlace {
  readonly layer: string;
  readonly part?: LayerPart;
}

/** A setting, or a part of it. */
export type SettingPlace = {
  readonly [S in Setting]: { readonly setting: S; readonly part?: SettingPart<S> };
}[Setting];

/** Somewhere in a model, whatever text it was read from. */
export type Place = LayerPlace | SettingPlace;

/** What training blames: a layer or a part of one, or a key of the settings, e.g. `['data', 'path']`. */
export type BlamedPlace = LayerPlace | SourcePath;

/** Where the learning rate is set. */
export const LEARNING_RATE_PLACE = { setting: 'optimizer', part: 'learningRate' } as const satisfies Place;

/** Whether the place is a layer or a part of one. */
export function isLayerPlace(place: Place): place is LayerPlace {
  return 'layer' in place;
}

/** Whether two places are one. */
export function samePlace(one: Place, other: Place): boolean {
  return placeText(one) === placeText(other);
}

/** The place as text, e.g. `hidden1 kernelInitializer`, `optimizer learningRate`: the same for the same place. */
export function placeText(place: Place): string {
  const whole = isLayerPlace(place) ? place.layer : `${place.setting}:`;
  return place.part === undefined ? whole : `${whole} ${place.part}`;
}
