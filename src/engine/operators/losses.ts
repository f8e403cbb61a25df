/** Losses: each ends a graph, as its `loss`. All are means over all elements of the examples that count. */
import type { Graph } from '../graph';
import type { ElementwiseLoss } from '../kernels/kernels';
import { sizeOf, type IdTensor, type Tensor } from '../tensor';

/** Cross-entropy of logits `[..., classes]` with class ids `[...]`, with softmax inside. */
export function crossEntropy(graph: Graph, logits: Tensor, target: IdTensor): void {
  const classes = logits.shape.at(-1)!;
  const rows = sizeOf(target.shape);
  const answersPerExample = rows / graph.batch;
  const counted = (run: { readonly examples: number }): number => run.examples * answersPerExample;
  const probabilities = graph.tensor(logits.shape);
  const [value, right] = [graph.measure(1), graph.measure(1)];
  graph.emitResult(value, 'crossEntropy', logits, target, probabilities, counted, classes);
  graph.emitResult(right, 'countRightClasses', logits, target, counted, classes);
  graph.end(logits, {
    value, right, answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(logits.shape);
      graph.emit('crossEntropyBackward', probabilities, target, dx, rows, classes, 1);
      gradients.add(logits, dx);
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
    value, right, answersPerExample,
    backward: gradients => {
      const dx = graph.tensor(output.shape);
      graph.emit('elementwiseLossBackward', kind, output, target, dx, count, delta, 1);
      gradients.add(output, dx);
    },
  });
}
