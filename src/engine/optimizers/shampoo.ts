import type { Graph } from '../graph';
import type { RunState } from '../instruction';
import { emitPermute } from '../operators/permute';
import { sizeOf, type MeasureTensor, type Tensor, type TensorShape } from '../tensor';
import { stateOf, type Optimizer, type Updated } from './optimizer';

export interface ShampooOptions {
  readonly type: 'shampoo';
  readonly weightDecay: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** Steps from one computation of the roots to the next, once so many were made. */
  readonly preconditionFrequency: number;
  /** Longest axis that gets a whole matrix; a longer one gets its diagonal. */
  readonly maxPreconditionerDim: number;
}

/** One axis of a tensor seen as [outer, size, inner]. */
interface Axis {
  readonly index: number;
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
  /** Whether it has a matrix, or the diagonal alone. */
  readonly isWhole: boolean;
}

/**
 * Shampoo (Gupta et al. 2018): of a tensor of k axes, each axis i sums up L_i += G_i G_iᵀ, G_i being the gradient as a
 * matrix [axis i, the rest], and u = the gradient multiplied along every axis by (L_i + epsilon I)^(-1 / (2 k)); b =
 * momentum b + u; p -= rate b. For a matrix that is L^(-1/4) G R^(-1/4). Axes of length 1 do not count. The roots are
 * taken by eigen-decomposition in double precision, at each of the first `preconditionFrequency` steps, when every
 * gradient tells much, and then at every so many steps. A vector, and an axis longer than `maxPreconditionerDim`, has
 * the diagonal of L_i alone, which is Adagrad for the vector and what the paper's experiments do with long axes; it is
 * always that of the latest step. No grafting: the length of a step is Shampoo's own. G includes weightDecay p.
 */
export function shampoo(options: ShampooOptions): Optimizer {
  return (graph, parameters) => {
    if (parameters.length === 0) return;
    const whole = parameters.map(({ parameter }) =>
      Math.max(
        0,
        ...axesOf(parameter.shape, options)
          .filter(({ isWhole }) => isWhole)
          .map(({ size }) => size),
      ),
    );
    const largest = Math.max(...whole);
    // One for all, counted to the layer that needs it to be so large.
    const owner = parameters[whole.indexOf(largest)].parameter.storage.scope;
    const scratch = graph.within(owner, () => graph.measure(2 * largest * largest + 3 * largest));
    for (const updated of parameters) {
      graph.within(updated.parameter.storage.scope, () => updateTensor(graph, updated, options, scratch));
    }
  };
}

function updateTensor(graph: Graph, updated: Updated, options: ShampooOptions, scratch: MeasureTensor): void {
  const { parameter, gradient, updateNorm, rate } = updated;
  const { weightDecay, momentum } = options;
  const axes = axesOf(parameter.shape, options);
  const decayed = graph.tensor(parameter.shape, false);
  graph.emit('decayedGradient', parameter, gradient, decayed, weightDecay * updated.decay);
  let direction = graph.tensor(parameter.shape, false);
  graph.emit('copy', decayed, direction);
  for (const axis of axes) {
    if (!axis.isWhole) {
      const { index, outer, size, inner } = axis;
      const diagonal = axisState(graph, updated, `squares ${index}`, [size]);
      graph.emit('addAxisSquares', decayed, diagonal, outer, size, inner);
      graph.emit('scaleAxis', direction, diagonal, outer, size, inner, 2 * axes.length, options.epsilon);
    } else {
      const root = emitRoot(graph, updated, decayed, axis, axes.length, options, scratch);
      direction = multiplyAlong(graph, direction, root, axis);
    }
  }
  if (momentum > 0) {
    const velocity = stateOf(graph, updated, 'velocity');
    graph.emit('scale', velocity, momentum);
    graph.emit('add', velocity, direction, velocity);
    direction = velocity;
  }
  graph.emitResult(updateNorm, 'descend', parameter, direction, rate, 0);
}

/** The axes that are longer than 1; one of length 1 where there is none. */
function axesOf(shape: TensorShape, { maxPreconditionerDim }: ShampooOptions): readonly Axis[] {
  const long = shape.flatMap((size, index) => (size > 1 ? [index] : []));
  return (long.length > 0 ? long : [0]).map((index): Axis => {
    const size = shape[index];
    // The matrix of a vector gains one direction a step, and what leaves those is multiplied by epsilon^(-1 / 2).
    const isWhole = long.length > 1 && size <= maxPreconditionerDim;
    return { index, size, outer: sizeOf(shape.slice(0, index)), inner: sizeOf(shape.slice(index + 1)), isWhole };
  });
}

function axisState(graph: Graph, { name }: Updated, role: string, shape: TensorShape): Tensor {
  return graph.state(`${name} ${role}`, shape);
}

/** Adds this step's G_i G_iᵀ to the statistics of the axis and takes their root where it is due, which it returns. */
function emitRoot(
  graph: Graph,
  updated: Updated,
  gradient: Tensor,
  axis: Axis,
  axes: number,
  options: ShampooOptions,
  scratch: MeasureTensor,
): Tensor {
  const { index, outer, size, inner } = axis;
  const statistics = axisState(graph, updated, `statistics ${index}`, [size, size]);
  const root = axisState(graph, updated, `root ${index}`, [size, size]);
  if (outer === 1) {
    graph.emit('matmulTransposedB', gradient, gradient, statistics, size, size, inner, true);
  } else {
    const rows = inner === 1 ? gradient : axisLast(graph, gradient, axis);
    graph.emit('matmulTransposedA', rows, rows, statistics, size, size, outer * inner, true);
  }
  const { preconditionFrequency: every, epsilon } = options;
  const isDue = ({ step }: RunState): number => (step < every || step % every === 0 ? 1 : 0);
  graph.emit('inverseRoot', statistics, root, scratch, size, 2 * axes, epsilon, isDue);
  return root;
}

/** x with a symmetric matrix multiplied along one axis. */
function multiplyAlong(graph: Graph, x: Tensor, matrix: Tensor, axis: Axis): Tensor {
  const { outer, size, inner } = axis;
  const y = graph.tensor(x.shape, false);
  if (outer === 1) {
    graph.emit('matmul', matrix, x, y, size, inner, size, false);
  } else if (inner === 1) {
    graph.emit('matmul', x, matrix, y, outer, size, size, false);
  } else {
    const product = graph.tensor([outer, inner, size], false);
    graph.emit('matmul', axisLast(graph, x, axis), matrix, product, outer * inner, size, size, false);
    emitPermute(graph, product, graph.view(y, [outer, size, inner]), [0, 2, 1]);
  }
  return y;
}

/** x[outer, size, inner] as [outer, inner, size]. */
function axisLast(graph: Graph, x: Tensor, { outer, size, inner }: Axis): Tensor {
  const y = graph.tensor([outer, inner, size], false);
  emitPermute(graph, graph.view(x, [outer, size, inner]), y, [0, 2, 1]);
  return y;
}
