/** Gradient clipping, between the backward pass and the update. */
export type ClipOptions =
  | { readonly type: 'norm' | 'per-parameter-norm' | 'value'; readonly max: number };
