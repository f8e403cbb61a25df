/** Blocks of memory that have their place and their time: what the planner of the arena looks for gaps in. */

/** A block's place from byte `start` to before `end`, taken by the instructions `first` to `last`. */
export interface PlacedBlock {
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

const CHUNK = 64;

/** Up to CHUNK neighbours, and what they span, by which a search passes over most chunks whole. */
interface Chunk {
  /** `start`, `end`, `first`, `last` of each: packed numbers are walked several times as fast as objects. */
  readonly blocks: Float64Array;
  count: number;
  start: number;
  end: number;
  /** Widest place between the blocks. */
  gap: number;
  earliestFirst: number;
  latestFirst: number;
  earliestLast: number;
  latestLast: number;
}

/**
 * Blocks are kept apart by how long they live, to a power of sixteen: what a backward pass needs from the forward pass
 * lies in one stack, and neighbours among short-lived blocks are of one time, so that whole chunks are either in the
 * way or of another time.
 */
export class PlacedBlocks {
  private readonly lists: SortedBlocks[] = [];

  /** Lowest place of `size` that no block takes from `first` to `last`. */
  lowestGap(size: number, first: number, last: number): number {
    let start = 0;
    // The gap is found when every list in turn has left it where it was.
    for (let agreed = 0, index = 0; agreed < this.lists.length; index = (index + 1) % this.lists.length) {
      const from = start;
      start = this.lists[index].lowestGap(start, size, first, last);
      agreed = start === from ? agreed + 1 : 1;
    }
    return start;
  }

  add(block: PlacedBlock): void {
    // Few lists: a search goes round them all.
    const index = (32 - Math.clz32(block.last - block.first)) >> 2;
    while (this.lists.length <= index) this.lists.push(new SortedBlocks());
    this.lists[index].add(block);
  }
}

/** Blocks in order of start and then of time, in chunks, so that an insertion moves few. */
class SortedBlocks {
  private readonly chunks: Chunk[] = [];

  /** Lowest place of `size` at `from` or above. */
  lowestGap(from: number, size: number, first: number, last: number): number {
    let start = from;
    for (const chunk of this.chunks) {
      // Blocks are in order of start, so the first gap that is wide enough is the lowest.
      if (chunk.start >= start + size) break;
      if (chunk.end <= start || chunk.earliestFirst > last || chunk.latestLast < first) continue;
      if (chunk.latestFirst <= last && chunk.earliestLast >= first && chunk.gap < size) {
        start = chunk.end;
        continue;
      }
      const { blocks, count } = chunk;
      for (let at = 0; at < 4 * count; at += 4) {
        if (blocks[at + 2] > last || blocks[at + 3] < first) continue;
        if (blocks[at] >= start + size) return start;
        start = Math.max(start, blocks[at + 1]);
      }
    }
    return start;
  }

  add(block: PlacedBlock): void {
    const index = this.chunkFor(block);
    const chunk = this.chunks[index];
    if (!chunk) {
      this.chunks.push(chunkOf(Float64Array.of(block.start, block.end, block.first, block.last)));
    } else if (chunk.count < CHUNK) {
      insert(chunk, block);
    } else {
      const lower = chunkOf(chunk.blocks.subarray(0, 2 * CHUNK)),
        upper = chunkOf(chunk.blocks.subarray(2 * CHUNK));
      this.chunks.splice(index, 1, lower, upper);
      insert(isBefore(upper.blocks, 0, block) ? upper : lower, block);
    }
  }

  /** Index of the last chunk that begins before the block, or of the first. */
  private chunkFor(block: PlacedBlock): number {
    let low = 0,
      high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.chunks[middle].blocks, 0, block)) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

function isBefore(blocks: Float64Array, at: number, { start, first }: PlacedBlock): boolean {
  return blocks[at] < start || (blocks[at] === start && blocks[at + 2] < first);
}

function chunkOf(numbers: Float64Array): Chunk {
  const blocks = new Float64Array(4 * CHUNK);
  blocks.set(numbers);
  const chunk: Chunk = {
    blocks,
    count: numbers.length / 4,
    start: 0,
    end: 0,
    gap: 0,
    earliestFirst: 0,
    latestFirst: 0,
    earliestLast: 0,
    latestLast: 0,
  };
  measure(chunk);
  return chunk;
}

function insert(chunk: Chunk, block: PlacedBlock): void {
  const { blocks } = chunk;
  let at = 4 * chunk.count;
  while (at > 0 && !isBefore(blocks, at - 4, block)) at -= 4;
  blocks.copyWithin(at + 4, at, 4 * chunk.count);
  blocks[at] = block.start;
  blocks[at + 1] = block.end;
  blocks[at + 2] = block.first;
  blocks[at + 3] = block.last;
  chunk.count++;
  measure(chunk);
}

function measure(chunk: Chunk): void {
  const { blocks } = chunk;
  let end = blocks[1],
    gap = 0;
  let earliestFirst = blocks[2],
    latestFirst = earliestFirst,
    earliestLast = blocks[3],
    latestLast = earliestLast;
  for (let at = 4; at < 4 * chunk.count; at += 4) {
    const first = blocks[at + 2],
      last = blocks[at + 3];
    gap = Math.max(gap, blocks[at] - end);
    end = Math.max(end, blocks[at + 1]);
    earliestFirst = Math.min(earliestFirst, first);
    latestFirst = Math.max(latestFirst, first);
    earliestLast = Math.min(earliestLast, last);
    latestLast = Math.max(latestLast, last);
  }
  chunk.start = blocks[0]!;
  chunk.end = end;
  chunk.gap = gap;
  chunk.earliestFirst = earliestFirst;
  chunk.latestFirst = latestFirst;
  chunk.earliestLast = earliestLast;
  chunk.latestLast = latestLast;
}
