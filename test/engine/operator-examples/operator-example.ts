import type { Graph } from '../../../src/engine/graph';
import type { Tensor } from '../../../src/engine/tensor';

/**
 * Builds one small instance in a graph of batch 3 and returns its output. Whatever it differentiates it makes as a
 * parameter.
 */
export type OperatorExample = (graph: Graph) => Tensor;

/** By the operator's name as nodes carry it, then by what is special about the example. */
export type OperatorExamples = Readonly<Record<string, Readonly<Record<string, OperatorExample>>>>;
