import type { Random } from '../../engine/random';

/**
 * Endless batches of 1 size, shuffled anew for every pass over the examples. A pass that does not end with a batch is
 * carried on in the next one, so that every batch is full and every example comes equally often.
 */
export class Batches {
  private order: Int32Array;
  private position = 0;
  private readonly batch: Int32Array;

  /** @param examples indices to draw from; at least one */
  constructor(
    private readonly examples: Int32Array,
    batchSize: number,
    private readonly random: Random,
  ) {
    this.order = random.permutation(examples.length);
    this.batch = new Int32Array(batchSize);
  }

  /** Indices of the next batch's examples. The array is used again by the next call. */
  next(): Int32Array {
    for (let i = 0; i < this.batch.length; i++) {
      if (this.position === this.order.length) {
        this.order = this.random.permutation(this.examples.length);
        this.position = 0;
      }
      this.batch[i] = this.examples[this.order[this.position++]];
    }
    return this.batch;
  }
}
