import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import { Batches } from '../../../src/training/data/batches';
import { splitExamples } from '../../../src/training/data/split';

describe('Batches', () => {
  it('go over every example equally often, in another order each time', () => {
    const batches = new Batches(Int32Array.of(10, 11, 12, 13, 14), 3, new Random(1));
    const drawn = Array.from({ length: 10 }, () => [...batches.next()]).flat();
    const passes = [0, 1, 2, 3, 4, 5].map(pass => drawn.slice(5 * pass, 5 * pass + 5));
    for (const pass of passes) expect(pass.toSorted()).toEqual([10, 11, 12, 13, 14]);
    expect(new Set(passes.map(String)).size).toBeGreaterThan(1);
  });

  it('hold whole passes where they are larger than the data', () => {
    const batch = new Batches(Int32Array.of(0, 1, 2), 6, new Random(1)).next();
    expect([...batch].toSorted()).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('splitExamples', () => {
  it('holds back a share, never nothing and never all', () => {
    const { training, validation } = splitExamples(150, 0.2, new Random(1));
    expect(validation).toHaveLength(30);
    expect([...training, ...validation].toSorted((a, b) => a - b)).toEqual([...Array(150).keys()]);
    expect(splitExamples(10, 0, new Random(1)).validation).toHaveLength(0);
    expect(splitExamples(10, 0.01, new Random(1)).validation).toHaveLength(1);
    expect(() => splitExamples(2, 0.9, new Random(1))).toThrow('lower "validation"');
  });
});
