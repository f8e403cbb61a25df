import type { ForeignNames } from './foreign-names';

/** Keys of the model, of a token input and of penalties, as PyTorch, Keras and Lightning have them. */
export const MODEL_NAMES: Readonly<Record<string, ForeignNames>> = {
  model: {
    keys: {
      input: ['input_shape'],
      loss: ['criterion', 'loss_fn'],
      schedule: ['scheduler', 'lr_scheduler', 'lr_schedule'],
      gradient_accumulation: ['gradient_accumulation_steps', 'accumulate_grad_batches'],
      steps: ['max_steps', 'num_steps'],
      validation: ['validation_split'],
      seed: ['manual_seed', 'random_seed'],
    },
  },
  tokens: {
    keys: {
      tokens: ['vocab_size', 'num_embeddings'],
      length: ['sequence_length', 'seq_len', 'max_length', 'block_size'],
    },
  },
};
