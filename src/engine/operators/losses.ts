/** Losses: each ends a graph, as its `loss`. All are means over all elements of the examples that count. */
import type { Graph } from '../graph';
import type { ElementwiseLoss } from '../kernels/loss-kernels';
import { sizeOf, type IdTensor, type Tensor } from '../tensor';

/** Name under which the class weights of `weightedCrossEntropy` are fed, once. */
export const CLASS_WEIGHTS = 'class_weights';

/** As the class whose answers do not count: all count. */
export const NONE_IGNORED = -1;

/**
 * Cross-entropy of logits `[..., classes]` with class ids `[...]`, with softmax inside: the mean over the answers that
 * are not of the class `ignored` (PyTorch's `ignore_index`), as is the accuracy.
 */
export function crossEntropy(graph: Graph, logits: Tensor, target: IdTensor, ignored = NONE_IGNORED): void {
  const classes = logits.shape.at(-1)!;
  const rows = sizeOf(target.shape);
  const answersPerExample = rows / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const probabilities = graph.tensor(logits.shape);
  const [value, right] = [graph.measure(1), graph.measure(1)];
  graph.emitResult(value, 'crossEntropy', logits, target, probabilities, counted, classes, ignored);
  graph.emitResult(right, 'countRightClasses', logits, target, counted, classes, ignored);
  graph.end(logits, {
    value,
    right,
    answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(logits.shape);
      graph.emit('crossEntropyBackward', probabilities, target, dx, rows, classes, 1, ignored);
      gradients.add(logits, dx);
    },
  });
}

/**
 * `crossEntropy` with label smoothing and a weight a class, which are fed as `CLASS_WEIGHTS`: the mean over the
 * answers, each counting by the weight of its class.
 */
export function weightedCrossEntropy(
  graph: Graph,
  logits: Tensor,
  target: IdTensor,
  smoothing: number,
  ignored = NONE_IGNORED,
): void {
  const classes = logits.shape.at(-1)!;
  const rows = sizeOf(target.shape);
  const answersPerExample = rows / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const probabilities = graph.tensor(logits.shape);
  const weights = graph.target(CLASS_WEIGHTS, [classes]);
  const [value, right] = [graph.measure(1), graph.measure(1)];
  graph.emitResult(
    value,
    'weightedCrossEntropy',
    logits,
    target,
    weights,
    probabilities,
    counted,
    classes,
    smoothing,
    ignored,
  );
  graph.emitResult(right, 'countRightClasses', logits, target, counted, classes, ignored);
  graph.end(logits, {
    value,
    right,
    answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(logits.shape);
      graph.emit('weightedCrossEntropyBackward', probabilities, target, weights, dx, rows, classes, smoothing, ignored);
      gradients.add(logits, dx);
    },
  });
}

/** Binary cross-entropy on logits, the answers 1 counting `posWeight` times. */
export function weightedBinaryCrossEntropy(graph: Graph, output: Tensor, target: Tensor, posWeight: number): void {
  const count = sizeOf(output.shape);
  const answersPerExample = count / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const [value, right] = [graph.measure(1), graph.measure(1)];
  graph.emitResult(value, 'weightedBinaryCrossEntropy', output, target, counted, posWeight);
  graph.emitResult(right, 'countRightSigns', output, target, counted);
  graph.end(output, {
    value,
    right,
    answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(output.shape);
      graph.emit('weightedBinaryCrossEntropyBackward', output, target, dx, count, posWeight);
      gradients.add(output, dx);
    },
  });
}

/** `mse`, `mae`, `huber` (with its delta) or `binary-cross-entropy` (on logits) of two tensors of one shape. */
export function elementwiseLoss(graph: Graph, kind: ElementwiseLoss, output: Tensor, target: Tensor, delta = 1): void {
  const count = sizeOf(output.shape);
  const answersPerExample = count / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const value = graph.measure(1);
  graph.emitResult(value, 'elementwiseLoss', kind, output, target, counted, delta);
  const right = kind === 'binary-cross-entropy' ? graph.measure(1) : undefined;
  if (right) graph.emitResult(right, 'countRightSigns', output, target, counted);
  graph.end(output, {
    value,
    right,
    answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(output.shape);
      graph.emit('elementwiseLossBackward', kind, output, target, dx, count, delta, 1);
      gradients.add(output, dx);
    },
  });
}
