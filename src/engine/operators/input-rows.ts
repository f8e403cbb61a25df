/**
 * What a linear layer multiplies with its weight: the rows of its input or, where an `embedding` gathers these from a
 * table of fewer rows, the table. Its product P = table weightᵀ `[vocabulary, units]` is taken once, and rows of P are
 * gathered in place of those of the table. Backward, dP[v] is the sum of dy over the rows of token v; with it in place
 * of dy and the table in place of the input, all gradients are those of any linear layer, dTable = dP weight among
 * them. No product has as many rows as there are tokens in the batch.
 *
 * The gathered rows themselves, and the gradient by them, are then left to measurements: `embedding` still writes the
 * rows for the statistics, and the layer tells the gradient by `Gradients.addMeasured`. Steps that do not measure skip
 * both (`measurement-only.ts`).
 */
import type { Gradients } from '../graph';
import type { Graph } from '../graph';
import { sizeOf, type IdTensor, type Tensor, type TensorShape } from '../tensor';

/** Rows `[...ids, features]` of a table `[vocabulary, features]`. */
export interface TableRows {
  readonly kind: 'table';
  readonly table: Tensor;
  readonly ids: IdTensor;
}

/** Rows `[..., features]`, as they are or by the ids that they have in a table. */
export type InputRows = Tensor | TableRows;

/**
 * The rows of x `[..., features]` for `products` weights, each of which multiplies a part of them: a table where that
 * is less arithmetic. A row takes three products of features × units (forward, gradients by weight and by input);
 * through a table, each of its rows does, and every row of x an addition of units to dP.
 */
export function inputRows(graph: Graph, x: Tensor, products = 1): InputRows {
  const made = graph.nodes.findLast(({ output }) => output === x);
  if (made?.operator !== 'embedding') return x;
  const [ids, table] = made.inputs as readonly [IdTensor, Tensor];
  const [vocabulary, features] = table.shape as readonly [number, number];
  const rows = sizeOf(ids.shape);
  const ofRow = 3 * 2 * features;
  return products * vocabulary * ofRow + rows < rows * ofRow ? { kind: 'table', table, ids } : x;
}

/** The same of a sequence x `[n, time, features]`, made time-major and, where reverse, turned around. */
export function timeMajorRows(graph: Graph, x: Tensor, reverse: boolean, products = 1): InputRows {
  const [batch, time, features] = x.shape as readonly [number, number, number];
  const rows = inputRows(graph, x, products);
  if (rows.kind === 'table') {
    const ids = graph.places([time, batch], rows.ids.below);
    graph.emit('idsToTimeMajor', rows.ids, ids, batch, time, reverse);
    return { ...rows, ids };
  }
  const input = graph.tensor([time, batch, features]);
  graph.emit('toTimeMajor', x, input, batch, time, features, features, 0, reverse);
  return input;
}

/** Some of the rows: `count` from row `start` on. */
export function someRows(graph: Graph, rows: InputRows, start: number, count: number): InputRows {
  if (rows.kind === 'table') return { ...rows, ids: graph.view(rows.ids, [count], start) };
  const features = rows.shape.at(-1)!;
  return graph.view(rows, [count, features], start * features);
}

/** Every row times weightᵀ. weight `[units, features]`, shape `[..., units]` that of the result. */
export function projectRows(graph: Graph, rows: InputRows, weight: Tensor, shape: TensorShape): Tensor {
  const [units, features] = weight.shape as readonly [number, number];
  const y = graph.tensor(shape);
  if (rows.kind === 'number') {
    graph.emit('matmulTransposedB', rows, weight, y, sizeOf(shape) / units, units, features, false);
    return y;
  }
  const { table, ids } = rows;
  const vocabulary = table.shape[0];
  const projected = graph.tensor([vocabulary, units]);
  graph.emit('matmulTransposedB', table, weight, projected, vocabulary, units, features, false);
  graph.emit('embed', ids, projected, y, units);
  return y;
}

/**
 * The gradients by the weight, by the biases that were added to every product, and by the table, given that by the
 * products dy `[..., units]`.
 */
export function addProjectionGradients(
  graph: Graph,
  gradients: Gradients,
  rows: InputRows,
  weight: Tensor,
  biases: readonly Tensor[],
  dy: Tensor,
): void {
  const [units, features] = weight.shape as readonly [number, number];
  const [input, dProduct] = rows.kind === 'number' ? [rows, dy] : [rows.table, sumsByToken(graph, rows, dy)];
  const count = sizeOf(dProduct.shape) / units;
  const dWeight = graph.tensor(weight.shape);
  graph.emit('matmulTransposedA', dProduct, input, dWeight, units, features, count, false);
  gradients.add(weight, dWeight);
  if (biases.length > 0) {
    const dBias = graph.tensor([units]);
    graph.emit('columnSums', dProduct, dBias, count, units, false);
    biases.forEach(bias => gradients.add(bias, dBias));
  }
  if (rows.kind === 'table') {
    const dTable = graph.tensor(input.shape);
    graph.emit('matmul', dProduct, weight, dTable, count, features, units, false);
    gradients.add(input, dTable);
  }
}

/** dP[v] = Σ dy[i] over the rows i of token v. */
function sumsByToken(graph: Graph, { table, ids }: TableRows, dy: Tensor): Tensor {
  const units = dy.shape.at(-1)!;
  const sums = graph.tensor([table.shape[0], units]);
  graph.emit('fill', sums, 0);
  graph.emit('embedBackward', ids, dy, sums, units);
  return sums;
}

/**
 * The gradient by x, whose `rows` the layer has multiplied: where those are of a table, it has got its gradient
 * already.
 */
export function addInputGradient(gradients: Gradients, x: Tensor, rows: InputRows, dx: Tensor): void {
  if (rows.kind === 'table') gradients.addMeasured(x, dx);
  else gradients.add(x, dx);
}
