import type { Graph } from '../graph';
import type { RunState } from '../instruction';
import { sizeOf } from '../tensor';
import { adam } from './adam';
import { stateOf, type Optimizer, type Updated } from './optimizer';

export interface MuonOptions {
  readonly type: 'muon';
  /** That of the matrices, to which a run's rate is compared for that of the others. */
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Newton-Schulz steps. */
  readonly nsSteps: number;
  /** Smallest norm by which the momentum is divided. */
  readonly epsilon: number;
  readonly adjustLearningRate: 'original' | 'match_rms_adamw';
  /** Of AdamW, which takes all that is not in `matrices`. */
  readonly adamwLearningRate: number;
  readonly adamwBeta1: number;
  readonly adamwBeta2: number;
  readonly adamwEpsilon: number;
  /**
   * Names of the parameters of two or more axes whose updates are orthogonalised, each as a matrix [first axis, the
   * rest].
   */
  readonly matrices: ReadonlySet<string>;
}

/**
 * Coefficients of the quintic Newton-Schulz step (Jordan 2024): the steepest at 0 that keeps singular values near 1.
 */
const COEFFICIENTS = [3.4445, -4.775, 2.0315] as const;

/**
 * Muon (Jordan 2024), torch.optim.Muon's form: b = momentum b + (1 - momentum) g; u = (1 - momentum) g + momentum b
 * with Nesterov's, else b; X = u / max(‖u‖, epsilon), then `nsSteps` times X = a X + (b A + c A²) X with A = X Xᵀ,
 * which brings every singular value near 1; p *= 1 - rate weightDecay; p -= rate s X. With rows and columns of p, s is
 * sqrt(max(1, rows / columns)) (`original`), or 0.2 sqrt(max(rows, columns)), by which an update's root mean square is
 * AdamW's (`match_rms_adamw`; Liu et al. 2025). Parameters that are no such matrix are AdamW's, at a rate that follows
 * the same schedule. PyTorch rounds X to bfloat16; here it keeps the session's precision.
 */
export function muon(options: MuonOptions): Optimizer {
  const { learningRate, weightDecay, adamwLearningRate, adamwBeta1, adamwBeta2, adamwEpsilon, matrices } = options;
  const share = adamwLearningRate / learningRate;
  const others = adam(
    { type: 'adamw', weightDecay, beta1: adamwBeta1, beta2: adamwBeta2, epsilon: adamwEpsilon },
    share,
  );
  return (graph, parameters) => {
    others(
      graph,
      parameters.filter(({ name }) => !matrices.has(name)),
    );
    for (const updated of parameters.filter(({ name }) => matrices.has(name))) {
      graph.within(updated.parameter.storage.scope, () => updateMatrix(graph, updated, options));
    }
  };
}

function updateMatrix(graph: Graph, updated: Updated, options: MuonOptions): void {
  const { parameter, gradient, updateNorm, rate } = updated;
  const { weightDecay, momentum, nesterov, nsSteps, epsilon, adjustLearningRate } = options;
  const rows = parameter.shape[0];
  const columns = sizeOf(parameter.shape) / rows;
  const buffer = stateOf(graph, updated, 'momentum buffer');
  const [a, b, c] = COEFFICIENTS;
  const size = Math.min(rows, columns);
  const gram = graph.tensor([size, size], false);
  const polynomial = graph.tensor([size, size], false);
  let x = graph.tensor([rows, columns], false);
  let next = graph.tensor([rows, columns], false);

  graph.emit('muonDirection', gradient, buffer, x, momentum, nesterov, epsilon);
  for (let step = 0; step < nsSteps; step++) {
    // Of X Xᵀ and Xᵀ X the smaller: what multiplies X from the one side multiplies it from the other alike.
    if (rows <= columns) graph.emit('matmulTransposedB', x, x, gram, rows, rows, columns, false);
    else graph.emit('matmulTransposedA', x, x, gram, columns, columns, rows, false);
    graph.emit('matmul', gram, gram, polynomial, size, size, size, false);
    graph.emit('quadraticPolynomial', gram, polynomial, size, a, b, c);
    if (rows <= columns) graph.emit('matmul', polynomial, x, next, rows, columns, rows, false);
    else graph.emit('matmul', x, polynomial, next, rows, columns, columns, false);
    [x, next] = [next, x];
  }
  const adjusted =
    adjustLearningRate === 'original'
      ? Math.sqrt(Math.max(1, rows / columns))
      : 0.2 * Math.sqrt(Math.max(rows, columns));
  graph.emitResult(
    updateNorm,
    'descend',
    parameter,
    x,
    (run: RunState) => rate(run) * adjusted,
    (run: RunState) => rate(run) * weightDecay * updated.decay,
  );
}
