import type { RunLayout } from '../../src/record/step-record';

/** Bytes of the arena of a run of the engine. */
export function arenaBytes({ measuredBy }: RunLayout): number {
  if (measuredBy.kind !== 'engine') throw new Error('only the engine has an arena');
  return measuredBy.arenaBytes;
}
