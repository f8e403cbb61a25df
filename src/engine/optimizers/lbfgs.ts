import { sizeOf } from '../tensor';
import { OPTIMIZER_SCOPE, rate, type Optimizer } from './optimizer';

export interface LbfgsOptions {
  readonly type: 'lbfgs';
  readonly weightDecay: number;
  /** Pairs of steps and changes of the gradient that are kept. */
  readonly historySize: number;
  /** Largest element of a gradient at which no step is made any more. */
  readonly toleranceGradient: number;
  /** Smallest fall of the loss that a step must promise, by its slope at full length. */
  readonly toleranceChange: number;
}

/** Numbers of the kernel's own besides two a pair. */
const COUNTERS = 4;

/**
 * L-BFGS (Liu and Nocedal 1989), one iteration a step without line search: torch.optim.LBFGS with `max_iter` 1. Of the
 * last pairs s = change of all parameters, y = change of the gradient, those with y·s > 1e-10, the two-loop recursion
 * makes d = -H g, H starting from y·s / y·y of the last pair; p += rate d, the first time p -= rate min(1, 1 / ‖g‖₁) g.
 * g includes weightDecay p. The gradients of two steps must be of the same examples. No parameter has a rate of its
 * own, as in PyTorch.
 */
export function lbfgs({ weightDecay, historySize, toleranceGradient, toleranceChange }: LbfgsOptions): Optimizer {
  return (graph, parameters) =>
    graph.within(OPTIMIZER_SCOPE, () => {
      const count = parameters.reduce((sum, { parameter }) => sum + sizeOf(parameter.shape), 0);
      const gradient = graph.tensor([count], false);
      const previous = graph.state('lbfgs previous gradient', [count]);
      const step = graph.state('lbfgs step', [count]);
      const steps = graph.state('lbfgs steps', [historySize, count]);
      const changes = graph.state('lbfgs changes', [historySize, count]);
      const memory = graph.measure(COUNTERS + 2 * historySize);
      let start = 0;
      const parts = parameters.map(updated => {
        const at = start;
        start += sizeOf(updated.parameter.shape);
        return { ...updated, at };
      });
      for (const { parameter, gradient: own, decay, at } of parts) {
        graph.emit('decayedGradient', parameter, own, graph.view(gradient, parameter.shape, at), weightDecay * decay);
      }
      graph.emit('lbfgs', gradient, previous, step, steps, changes, memory, rate, toleranceGradient, toleranceChange);
      for (const { parameter, updateNorm, at } of parts) {
        graph.emitResult(updateNorm, 'descend', parameter, graph.view(step, parameter.shape, at), -1, 0);
      }
    });
}
