/** How large a model may be: what a training run of seconds inside an editor can hold. */

/** Layers of a model, those inside residuals included. */
export const MAX_LAYERS = 500;
export const MAX_STEPS = 100_000;
export const MAX_BATCH_SIZE = 4096;
/** Where the file gives none, and the optimizer does not need all examples. */
export const DEFAULT_BATCH_SIZE = 32;
/** Batches in one step. */
export const MAX_ACCUMULATION = 1024;
export const MAX_UNITS = 8192;
/** Steps of a sequence. */
export const MAX_TIME = 10_000;
/** Numbers in one example, at the input or after any layer. */
export const MAX_ELEMENTS = 1_000_000;
export const MAX_VOCABULARY = 200_000;
/** Trainable numbers of a model. */
export const MAX_PARAMETERS = 50_000_000;
export const MAX_EXAMPLES = 100_000;
/** Rows of a data file. */
export const MAX_ROWS = 10_000_000;
export const MAX_SEED = 4_294_967_295;
export const MAX_NAME_LENGTH = 100;
