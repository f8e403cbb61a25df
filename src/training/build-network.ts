/** A model file's network as graphs of the engine. */
import { Graph } from '../engine/graph';
import { crossEntropy, elementwiseLoss } from '../engine/operators/losses';
import type { ModelSpec } from '../spec/model-spec';
import { buildLayers } from './build/build-layer';
import { outputShapeOf } from './data/target';

/** Names under which batches are fed. */
export const INPUT = 'input';
export const TARGET = 'target';

/**
 * The network with its loss, for batches of `batch` examples. Parameters carry PyTorch's names (`memory.weight_hh_l0`); layers
 * are observed in the order of the run's layout. The input is fed as `input` (numbers, or token ids), the answers as `target`
 * (class ids for cross-entropy, numbers else).
 */
export function buildNetwork(model: ModelSpec, mode: 'training' | 'evaluation', batch: number): Graph {
  const graph = new Graph(mode, batch);
  const input = model.input.kind === 'tokens'
    ? graph.ids(INPUT, [batch, model.input.length], model.input.vocabulary)
    : graph.input(INPUT, [batch, ...model.input.shape]);
  const output = buildLayers(graph, model.layers, input);
  if (output.kind === 'id') throw new Error('A model without layers cannot be trained.');
  const shape = outputShapeOf(model);
  const { loss } = model;
  if (loss.type === 'cross-entropy') {
    const classes = shape[shape.length - 1];
    crossEntropy(graph, output, graph.ids(TARGET, [batch, ...shape.slice(0, -1)], classes));
  } else {
    const target = graph.target(TARGET, [batch, ...shape]);
    elementwiseLoss(graph, loss.type, output, target, loss.type === 'huber' ? loss.delta : undefined);
  }
  return graph;
}
