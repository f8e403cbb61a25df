/**
 * What is noticed while data is read, in words for the author of a model file, and edits of the file that answer it.
 */
import type { BlamedPlace } from '../model/place';

/** A change of the model file: the value of a key, or `undefined` to remove it. */
export interface RemedyChange {
  readonly path: BlamedPlace;
  readonly value: string | number | boolean | readonly (string | number)[] | undefined;
}

/** An edit of the model file that an editor offers as a quick fix. */
export interface Remedy {
  /** In the imperative: "Leave out `id`". */
  readonly title: string;
  readonly changes: readonly RemedyChange[];
}

/** Something that the author should know, though the model can be trained. */
export interface Remark {
  readonly code: 'identifier-column' | 'constant-column' | 'unused-classes';
  readonly message: string;
  readonly source: BlamedPlace;
  readonly remedies: readonly Remedy[];
}
