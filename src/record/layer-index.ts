/** The place of a layer in a run's records. */
import type { RunLayout } from './step-record';

/**
 * Index of a layer among the layers of a run, by its dotted path; -1 for one that the run does not have. Whoever
 * recorded the run may list layers in an order of their own.
 */
export function layerIndex(layout: RunLayout, path: string): number {
  return layout.layers.findIndex(layer => layer.path === path);
}
