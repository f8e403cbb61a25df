/** A model file's network as graphs of the engine. */
import { Graph } from '../engine/graph';
import {
  crossEntropy,
  elementwiseLoss,
  weightedBinaryCrossEntropy,
  weightedCrossEntropy,
} from '../engine/operators/losses';
import { squaredLogarithmicError } from '../engine/operators/squared-logarithmic-error';
import type { LossSpec, ModelSpec } from '../model/model-spec';
import { buildLayers } from './build/build-layer';
import { ignoredClass, outputShapeOf } from './data/target';

/** Names under which batches are fed. */
export const INPUT = 'input';
export const TARGET = 'target';

/**
 * The network with its loss, for batches of `batch` examples. Parameters carry PyTorch's names (`memory.weight_hh_l0`);
 * layers are observed in the order of the run's layout. The input is fed as `input` (numbers, or token ids), the
 * answers as `target` (class ids for cross-entropy, numbers else). Where the loss is weighted (`isWeighted`), its
 * `CLASS_WEIGHTS` are fed too, once.
 */
export function buildNetwork(model: ModelSpec, mode: 'training' | 'evaluation', batch: number): Graph {
  const graph = new Graph(mode, batch);
  const input =
    model.input.kind === 'tokens'
      ? graph.ids(INPUT, [batch, model.input.length], model.input.vocabulary)
      : graph.input(INPUT, [batch, ...model.input.shape]);
  const output = buildLayers(graph, model.layers, input);
  if (output.kind === 'id') throw new Error('A model without layers cannot be trained.');
  const shape = outputShapeOf(model);
  const { loss } = model;
  if (loss.type === 'cross-entropy') {
    const classes = shape[shape.length - 1];
    const ids = graph.ids(TARGET, [batch, ...shape.slice(0, -1)], classes);
    const ignored = ignoredClass(model);
    if (isWeighted(loss)) weightedCrossEntropy(graph, output, ids, loss.labelSmoothing, ignored);
    else crossEntropy(graph, output, ids, ignored);
  } else if (loss.type === 'binary-cross-entropy' && loss.posWeight !== 1) {
    weightedBinaryCrossEntropy(graph, output, graph.target(TARGET, [batch, ...shape]), loss.posWeight);
  } else if (loss.type === 'msle') {
    squaredLogarithmicError(graph, output, graph.target(TARGET, [batch, ...shape]));
  } else {
    const target = graph.target(TARGET, [batch, ...shape]);
    elementwiseLoss(graph, loss.type, output, target, loss.type === 'huber' ? loss.delta : undefined);
  }
  return graph;
}

/** Whether the loss is a cross-entropy that needs class weights; those of label smoothing alone are all 1. */
export function isWeighted(loss: LossSpec): loss is Extract<LossSpec, { type: 'cross-entropy' }> {
  return loss.type === 'cross-entropy' && (loss.labelSmoothing > 0 || loss.classWeights !== 'none');
}
