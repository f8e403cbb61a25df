import { Random } from '../../../src/engine/random';
import { Operand, type KernelCase } from './twin-run';

/** Float32 numbers of a seeded normal distribution, and others of one case. */
export class Draw {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  numbers(n: number, scale = 1, shift = 0): Operand {
    return new Operand(
      'numbers',
      Float64Array.from({ length: n }, () => Math.fround(shift + scale * this.random.normal())),
    );
  }

  /** Positive numbers around `scale`, such as running variances. */
  positive(n: number, scale = 1): Operand {
    return new Operand(
      'numbers',
      Float64Array.from({ length: n }, () => Math.fround(scale * (0.1 + this.random.uniform()))),
    );
  }

  ids(n: number, below: number): Operand {
    return new Operand(
      'ids',
      Float64Array.from({ length: n }, () => this.random.integer(below)),
    );
  }

  measures(n: number): Operand {
    return new Operand(
      'measures',
      Float64Array.from({ length: n }, () => this.random.normal()),
    );
  }

  scratch(n: number): Operand {
    return new Operand('scratch', new Float64Array(n));
  }

  /** Rows of probabilities. */
  probabilities(rows: number, columns: number): Operand {
    const values = Float64Array.from({ length: rows * columns }, () => 0.01 + this.random.uniform());
    for (let start = 0; start < values.length; start += columns) {
      const row = values.subarray(start, start + columns);
      const sum = row.reduce((total, value) => total + value, 0);
      row.forEach((value, i) => {
        row[i] = Math.fround(value / sum);
      });
    }
    return new Operand('numbers', values);
  }
}

/** Cases of one kernel. */
export type Cases = (draw: Draw) => readonly KernelCase[];
/** A case or several of each item. */
export const over = <T>(
  items: readonly T[],
  make: (item: T) => KernelCase | readonly KernelCase[],
): readonly KernelCase[] => items.flatMap(make);

/** Random sizes from 1 up to each of `most`, beside the chosen ones. */
const shapes = new Random(2024);
export function randomSizes<Sizes extends readonly number[]>(count: number, ...most: Sizes): Sizes[] {
  return Array.from({ length: count }, () => most.map(size => 1 + shapes.integer(size)) as unknown as Sizes);
}
