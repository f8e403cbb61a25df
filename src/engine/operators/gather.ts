/** Entries of an axis by their ids. */
import type { Graph } from '../graph';
import { sizeOf, type IdTensor, type Tensor } from '../tensor';

/** outer, middle, count, inner, and the strides of the ids by outer, count and inner. */
type GatherSizes = readonly [number, number, number, number, number, number, number];

/** Entries `ids` `[count]` of an axis, in their order (PyTorch's `index_select`). */
export function indexSelect(graph: Graph, x: Tensor, axis: number, ids: IdTensor): Tensor {
  const [count] = ids.shape as readonly [number];
  return gathered(graph, x, ids, count, [axis, [0, 1, 0]]);
}

/**
 * y[…, j, …] = x[…, ids[…, j, …], …] along an axis (PyTorch's `gather`). ids are of x's shape, but for that axis; or
 * they lack the axes behind it, and choose whole entries.
 */
export function gather(graph: Graph, x: Tensor, axis: number, ids: IdTensor): Tensor {
  return gathered(graph, x, ids, ids.shape[axis], [axis, idStrides(x, axis, ids)]);
}

/** base with `values` added at the entries `ids` of an axis (PyTorch's `scatter_add`). Shapes are those of `gather`. */
export function scatterAdd(graph: Graph, base: Tensor, axis: number, ids: IdTensor, values: Tensor): Tensor {
  const count = ids.shape[axis];
  const sizes = sizesOf(base, axis, count, idStrides(base, axis, ids));
  const y = graph.tensor(base.shape, base.needsGradient || values.needsGradient);
  graph.emit('copy', base, y);
  graph.emit('scatterAddMiddle', values, ids, y, ...sizes);
  return graph.node('scatter-add', [base, ids, values], y, (dy, gradients) => {
    gradients.add(base, dy);
    if (!values.needsGradient) return;
    const dValues = graph.tensor(values.shape);
    graph.emit('gatherMiddle', dy, ids, dValues, ...sizes);
    gradients.add(values, dValues);
  });
}

/** 1 at the place of each id, else 0. ids `[...]` → `[..., classes]`, with `classes` at least what ids are below. */
export function oneHot(graph: Graph, ids: IdTensor, classes = ids.below): Tensor {
  if (classes < ids.below) throw new Error(`${classes} classes are too few for ids below ${ids.below}.`);
  const y = graph.tensor([...ids.shape, classes], false);
  graph.emit('oneHot', ids, y, classes);
  return y;
}

function gathered(
  graph: Graph,
  x: Tensor,
  ids: IdTensor,
  count: number,
  [axis, strides]: readonly [axis: number, idStrides: readonly [number, number, number]],
): Tensor {
  if (ids.below > x.shape[axis]) {
    throw new Error(`Ids below ${ids.below} do not fit an axis of ${x.shape[axis]}.`);
  }
  const sizes = sizesOf(x, axis, count, strides);
  const y = graph.tensor(x.shape.with(axis, count), x.needsGradient);
  graph.emit('gatherMiddle', x, ids, y, ...sizes);
  return graph.node('gather', [x, ids], y, (dy, gradients) => {
    gradients.addPart(x, sum => graph.emit('scatterAddMiddle', dy, ids, sum, ...sizes));
  });
}

function sizesOf(
  { shape }: Tensor,
  axis: number,
  count: number,
  idStrides: readonly [number, number, number],
): GatherSizes {
  return [sizeOf(shape.slice(0, axis)), shape[axis], count, sizeOf(shape.slice(axis + 1)), ...idStrides];
}

/** Strides of ids that have an axis for each of x, or none for those behind the axis. */
function idStrides(x: Tensor, axis: number, ids: IdTensor): readonly [number, number, number] {
  const count = ids.shape[axis];
  const isWhole = ids.shape.length === axis + 1;
  const wanted = isWhole ? x.shape.slice(0, axis) : x.shape.toSpliced(axis, 1);
  const given = ids.shape.toSpliced(axis, 1);
  if (wanted.length !== given.length || wanted.some((size, index) => size !== given[index])) {
    throw new Error(
      `Ids of shape [${ids.shape.join(', ')}] do not choose from [${x.shape.join(', ')}] along axis ${axis}.`,
    );
  }
  const inner = sizeOf(x.shape.slice(axis + 1));
  return isWhole ? [count, 1, 0] : [count * inner, inner, 1];
}
