/** Layers over sequences `[time, features]`, or over token ids. */
import type { ActivationName, InitializerSpec, LayerBase } from './layer-base';

/** Functions that may stand inside a recurrence; `identity` is Keras's `linear`. */
export type CellActivationName = Extract<ActivationName, 'tanh' | 'relu' | 'sigmoid' | 'hard-sigmoid' | 'identity'>;

/** `rnn`, `lstm` and `gru` with PyTorch's parameters and gate order. `activation` is `identity`: theirs are inside. */
export interface RecurrentSpec extends LayerBase {
  readonly type: 'rnn' | 'lstm' | 'gru';
  readonly units: number;
  /** Of the state; of lstm and gru, of what is new in it (and of an lstm's cell state): Keras's `activation`. */
  readonly nonlinearity: CellActivationName;
  /** Of the gates of lstm and gru, Keras's `recurrent_activation`; `sigmoid` for rnn, which has none. */
  readonly gateActivation: CellActivationName;
  readonly bidirectional: boolean;
  /** `last`: the final state `[units]`; `sequence`: every hidden state `[time, units]`. */
  readonly output: 'last' | 'sequence';
  readonly kernelInitializer: InitializerSpec;
  readonly recurrentInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
  /** Added to the forget gate's input bias at the start (lstm only; Jozefowicz et al. 2015); 0 for the others. */
  readonly forgetBias: number;
}

export interface EmbeddingSpec extends LayerBase {
  readonly type: 'embedding';
  readonly vocabulary: number;
  readonly units: number;
  readonly kernelInitializer: InitializerSpec;
}

/** Adds a learned vector for each time step. */
export interface PositionEmbeddingSpec extends LayerBase {
  readonly type: 'position-embedding';
  /** Rows of the table, at least the time steps of the input. */
  readonly length: number;
  readonly units: number;
  readonly kernelInitializer: InitializerSpec;
}

/** Multi-head self-attention: linear layers `query`, `key`, `value` and `out`. */
export interface AttentionSpec extends LayerBase {
  readonly type: 'attention';
  /** A divisor of the features. */
  readonly heads: number;
  /** Whether a time step sees only itself and those before it. */
  readonly causal: boolean;
  /** Of each of the four weights, and biases. */
  readonly kernelInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
}

/**
 * A whole translation model in training: an encoder reads all but the last `targetLength` token ids, a decoder that
 * starts from its final state reads those, and a linear layer `out` makes scores `[targetLength, vocabulary]` of the
 * decoder's states.
 */
export interface Seq2SeqSpec extends LayerBase {
  readonly type: 'seq2seq';
  readonly cell: 'gru' | 'lstm';
  readonly vocabulary: number;
  /** Size of the vector of a token, which encoder and decoder share. */
  readonly embedding: number;
  readonly units: number;
  readonly targetLength: number;
  /** Whether the decoder's states gather from the encoder's. */
  readonly attention: boolean;
  readonly embeddingInitializer: InitializerSpec;
  readonly kernelInitializer: InitializerSpec;
  readonly recurrentInitializer: InitializerSpec;
  readonly biasInitializer: InitializerSpec;
  /** As in `RecurrentSpec`. */
  readonly forgetBias: number;
}
