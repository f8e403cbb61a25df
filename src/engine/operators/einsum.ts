import type { Graph } from '../graph';
import type { Tensor } from '../tensor';
import { equationOf, planEinsum, type EinsumOperand } from './einsum-plan';
import { matmul } from './matmul';
import { permute } from './permute';
import { sum } from './sum';
import { reshape } from './reshape';

/** A sum of products by index letters (PyTorch's `einsum`): several operands are multiplied from the left. */
export function einsum(graph: Graph, text: string, tensors: readonly Tensor[]): Tensor {
  const { operands, result } = equationOf(
    text,
    tensors.map(({ shape }) => shape),
  );
  let [letters, product] = [operands[0], tensors[0]];
  for (let index = 1; index < tensors.length; index++) {
    const later = new Set([...operands.slice(index + 1).flat(), ...result]);
    const other = operands[index];
    // What a later operand or the result still needs is kept.
    const kept = [...new Set([...letters, ...other])].filter(letter => later.has(letter));
    const wanted = index === tensors.length - 1 ? result : kept;
    product = multiplied(graph, [letters, other], wanted, [product, tensors[index]]);
    letters = wanted;
  }
  if (tensors.length > 1) return product;
  const summed = letters.flatMap((letter, axis) => (result.includes(letter) ? [] : [axis]));
  const left = letters.filter(letter => result.includes(letter));
  return permuted(
    graph,
    sum(graph, product, summed),
    result.map(letter => left.indexOf(letter)),
  );
}

function multiplied(
  graph: Graph,
  operands: readonly (readonly string[])[],
  result: readonly string[],
  [a, b]: readonly [Tensor, Tensor],
): Tensor {
  const plan = planEinsum({ operands, result }, [a.shape, b.shape]);
  const prepared = (x: Tensor, { summed, order, shape }: EinsumOperand): Tensor =>
    reshape(graph, permuted(graph, sum(graph, x, summed), order), shape);
  const y = matmul(graph, prepared(a, plan.a), prepared(b, plan.b), { transposed: true });
  return permuted(graph, reshape(graph, y, plan.shape), plan.order);
}

function permuted(graph: Graph, x: Tensor, order: readonly number[]): Tensor {
  return order.every((axis, index) => axis === index) ? x : permute(graph, x, order);
}
