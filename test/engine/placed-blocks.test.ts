import { describe, expect, it } from 'vitest';
import { PlacedBlocks, type PlacedBlock } from '../../src/engine/placed-blocks';
import { Random } from '../../src/engine/random';

/** By definition: every place a gap can begin at, from below. */
function lowestGapOf(blocks: readonly PlacedBlock[], size: number, first: number, last: number): number {
  const inTheWay = blocks.filter(block => block.first <= last && block.last >= first);
  return [0, ...inTheWay.map(block => block.end)]
    .sort((a, b) => a - b)
    .find(start => inTheWay.every(block => block.end <= start || block.start >= start + size))!;
}

describe('PlacedBlocks', () => {
  it.each([1, 2, 3, 4])('finds the lowest gap among blocks of all lengths of life (seed %i)', seed => {
    const random = new Random(seed);
    const placed = new PlacedBlocks();
    const blocks: PlacedBlock[] = [];
    for (let i = 0; i < 900; i++) {
      // short lives, nested ones as of a forward and a backward pass, and some that last to the end
      const middle = random.integer(500);
      const [first, last] =
        i % 3 === 0
          ? [middle, middle + random.integer(4)]
          : i % 3 === 1
            ? [middle, 1000 - middle]
            : [middle, i % 5 === 0 ? 1000 : middle + random.integer(300)];
      const size = 1 + (seed % 2 === 0 ? random.integer(8) : Math.floor((900 - i) / 100));
      const start = placed.lowestGap(size, first, last);
      expect(start).toBe(lowestGapOf(blocks, size, first, last));
      const block = { start, end: start + size, first, last };
      placed.add(block);
      blocks.push(block);
    }
    expect(blocks.some((block, index) => blocks.slice(0, index).some(other => other.start > block.start))).toBe(true);
  });
});
