/** The memory plan of a session: where every block lies in one arena, blocks that are dead being used again. */
import { isTensor, type Instruction } from './instruction';
import { PlacedBlocks } from './placed-blocks';
import type { AnyTensor, Storage } from './tensor';

/** Blocks start at multiples of this many bytes: a cache line. */
const ALIGNMENT = 64;

export interface Plan {
  /** Bytes of the whole arena. */
  readonly bytes: number;
  /**
   * Bytes of all blocks of a layer, by its path ('' for what belongs to none), before dead blocks are used again: whom
   * to blame.
   */
  readonly bytesByScope: ReadonlyMap<string, number>;
  /** First byte of every block. */
  readonly offsets: ReadonlyMap<Storage, number>;
}

/** What one run of a program does, and the temporary blocks that are read after it. */
export interface PlannedProgram {
  readonly instructions: readonly Instruction[];
  readonly kept: ReadonlySet<Storage>;
}

interface Lifetime {
  readonly storage: Storage;
  readonly bytes: number;
  readonly first: number;
  last: number;
}

/**
 * Plans one arena for programs that run by turns: first what must stay (inputs, parameters, states, measurements;
 * `tensors` lists what no instruction may touch), then the temporaries, each program's over the same bytes.
 */
export function planMemory(
  programs: readonly PlannedProgram[],
  tensors: readonly AnyTensor[],
  precision: 'float32' | 'float64',
): Plan {
  const offsets = new Map<Storage, number>();
  const bytesByScope = new Map<string, number>();
  const sizeInBytes = (storage: Storage): number => {
    const element = storage.type === 'measure' ? 8 : storage.type === 'id' ? 4 : precision === 'float64' ? 8 : 4;
    return Math.ceil((storage.length * element) / ALIGNMENT) * ALIGNMENT;
  };
  const count = (storage: Storage): void => {
    bytesByScope.set(storage.scope, (bytesByScope.get(storage.scope) ?? 0) + sizeInBytes(storage));
  };

  let permanent = 0;
  const byName = new Map<string, number>();
  const placePermanent = (storage: Storage): void => {
    if (storage.role === 'temporary' || offsets.has(storage)) return;
    const key = storage.name === undefined ? undefined : `${storage.role} ${storage.name}`;
    const shared = key === undefined ? undefined : byName.get(key);
    offsets.set(storage, shared ?? permanent);
    if (shared !== undefined) return;
    if (key !== undefined) byName.set(key, permanent);
    permanent += sizeInBytes(storage);
    count(storage);
  };
  for (const tensor of tensors) placePermanent(tensor.storage);
  for (const { instructions } of programs) {
    for (const { args, result } of instructions) {
      for (const argument of args) if (isTensor(argument)) placePermanent(argument.storage);
      if (result) placePermanent(result.storage);
    }
  }

  let bytes = permanent;
  for (const program of programs) {
    const lifetimes = lifetimesOf(program, sizeInBytes);
    lifetimes.forEach(lifetime => count(lifetime.storage));
    bytes = Math.max(bytes, permanent + placeTemporaries(lifetimes, permanent, offsets));
  }
  return { bytes, bytesByScope, offsets };
}

function lifetimesOf({ instructions, kept }: PlannedProgram, sizeInBytes: (storage: Storage) => number): Lifetime[] {
  const lifetimes = new Map<Storage, Lifetime>();
  instructions.forEach(({ args }, index) => {
    // results are measurements, which are not temporary
    for (const argument of args) {
      if (!isTensor(argument) || argument.storage.role !== 'temporary') continue;
      const { storage } = argument;
      const lifetime = lifetimes.get(storage);
      const last = kept.has(storage) ? instructions.length : index;
      if (lifetime) lifetime.last = last;
      else lifetimes.set(storage, { storage, bytes: sizeInBytes(storage), first: index, last });
    }
  });
  return [...lifetimes.values()];
}

/**
 * Greedy by size: each block, largest first, at the lowest place that is free for all of its lifetime. Returns the
 * bytes used.
 */
function placeTemporaries(lifetimes: readonly Lifetime[], base: number, offsets: Map<Storage, number>): number {
  const placed = new PlacedBlocks();
  let used = 0;
  for (const { storage, bytes, first, last } of lifetimes.toSorted((a, b) => b.bytes - a.bytes)) {
    const start = placed.lowestGap(bytes, first, last);
    placed.add({ start, end: start + bytes, first, last });
    offsets.set(storage, base + start);
    used = Math.max(used, start + bytes);
  }
  return used;
}
