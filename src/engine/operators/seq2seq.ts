import type { Graph } from '../graph';
import type { IdTensor, Tensor } from '../tensor';
import { attend } from './attention';
import { concatenate } from './concatenate';
import { dense } from './dense';
import { embedding } from './embedding';
import { sliceOverTime } from './over-time';
import type { RecurrentParameters } from './recurrent';
import { relay } from './relay';

/**
 * embedding `[vocabulary, features]`, weight of out `[vocabulary, units]` or, with attention, `[vocabulary, 2 units]`.
 */
export interface Seq2SeqParameters {
  readonly embedding: Tensor;
  readonly encoder: RecurrentParameters;
  readonly decoder: RecurrentParameters;
  readonly out: { readonly weight: Tensor; readonly bias: Tensor };
}

export interface Seq2SeqOptions {
  readonly cell: 'gru' | 'lstm';
  /** How many of the last tokens feed the decoder. */
  readonly targetLength: number;
  readonly attention: boolean;
}

/**
 * A translation model in training (Sutskever et al. 2014): the encoder reads all but the last `targetLength` tokens,
 * the decoder starts from its final state and reads those (teacher forcing). ids `[n, time]` → `[n, targetLength,
 * vocabulary]`. With attention (Luong et al. 2015, dot) each decoder state h is joined by softmax(h memoryᵀ) memory,
 * memory being the encoder's states.
 */
export function seq2seq(
  graph: Graph,
  ids: IdTensor,
  parameters: Seq2SeqParameters,
  { cell, targetLength, attention }: Seq2SeqOptions,
): Tensor {
  const sourceLength = ids.shape[1] - targetLength;
  const { encoder, decoder, out } = parameters;
  const parts = [
    { time: sourceLength, parameters: encoder },
    { time: targetLength, parameters: decoder },
  ];
  const states = relay(graph, embedding(graph, ids, parameters.embedding), parts, { cell, nonlinearity: 'tanh' });
  const decoded = sliceOverTime(graph, states, sourceLength, targetLength);
  if (!attention) return dense(graph, decoded, out.weight, out.bias);
  const memory = sliceOverTime(graph, states, 0, sourceLength);
  const context = attend(graph, decoded, memory, memory, { heads: 1, causal: false, scale: 1 });
  return dense(graph, concatenate(graph, [decoded, context], 2), out.weight, out.bias);
}
