/**
 * Every operator of the engine, with small examples of each: a test checks the gradient of every example against
 * central differences, and that no operator is without one.
 */
import { ELEMENTWISE_OPERATORS } from './elementwise';
import { MAP_OPERATORS } from './maps';
import { NORMALIZATION_OPERATORS } from './normalization';
import type { OperatorExamples } from './operator-example';
import { SEQUENCE_OPERATORS } from './sequences';
import { TENSOR_OPERATORS } from './tensors';

/** By the operator's name as nodes carry it. */
export const OPERATORS: OperatorExamples = {
  ...ELEMENTWISE_OPERATORS,
  ...MAP_OPERATORS,
  ...NORMALIZATION_OPERATORS,
  ...SEQUENCE_OPERATORS,
  ...TENSOR_OPERATORS,
};
