/** Which layer feeds which, read from a run's layout. */
import type { RunLayout } from '../training/step-record';

/** Stands for the model's own input where an index of a layer is expected. */
export const MODEL_INPUT = -1;

/**
 * Index of the layer whose output is the input of layer `index`, or `MODEL_INPUT`. Layers of one branch follow each other; the
 * first of a residual's branch (its layers, or its shortcut) reads what the residual reads.
 */
export function inputOf(layout: RunLayout, index: number): number {
  let current = index;
  for (;;) {
    const before = siblingBefore(layout, current);
    if (before !== undefined) return before;
    const parent = layout.layers[current].parent;
    if (parent < 0) return MODEL_INPUT;
    current = parent;
  }
}

/**
 * Whether layer `index` is the only reader of its input. The first layer of a residual's branch is not: the gradient recorded
 * for what it reads is that of all branches together.
 */
export function readsInputAlone(layout: RunLayout, index: number): boolean {
  return siblingBefore(layout, index) !== undefined || layout.layers[index].parent < 0;
}

/** Whether the layer is on the path from the input to the output that every signal takes, not inside a residual. */
export function isTopLevel(layout: RunLayout, index: number): boolean {
  return layout.layers[index].parent < 0;
}

function siblingBefore(layout: RunLayout, index: number): number | undefined {
  const { parent } = layout.layers[index];
  const shortcut = onShortcut(layout, index);
  for (let before = index - 1; before >= 0; before--) {
    if (layout.layers[before].parent === parent && onShortcut(layout, before) === shortcut) return before;
  }
  return undefined;
}

function onShortcut(layout: RunLayout, index: number): boolean {
  const { parent, path } = layout.layers[index];
  return parent >= 0 && path.startsWith(`${layout.layers[parent].path}.shortcut.`);
}
