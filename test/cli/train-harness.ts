/** The `train` command in this thread. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { runTrain } from '../../src/cli/train/run-train';
import { answerRequest, type TrainWorkers } from '../../src/cli/train/train-workers';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** What workers would do, done here; requests and answers are cloned as between threads. */
export const INLINE_WORKERS: TrainWorkers = {
  concurrency: 2,
  trySeed: async seed =>
    structuredClone(answerRequest({ kind: 'seed', seed: structuredClone(seed) })) as Awaited<
      ReturnType<TrainWorkers['trySeed']>
    >,
  trainCandidate: async ({ stop, ...rest }) =>
    structuredClone(answerRequest({ kind: 'candidate', candidate: { stop, ...structuredClone(rest) } })) as Awaited<
      ReturnType<TrainWorkers['trainCandidate']>
    >,
  close: () => Promise.resolve(),
};

/** Runs the command and collects what it writes. */
export async function train(...args: readonly string[]): Promise<Ran> {
  return trainWith(INLINE_WORKERS, ...args);
}

export async function trainWith(workers: TrainWorkers, ...args: readonly string[]): Promise<Ran> {
  let [out, error] = ['', ''];
  const code = await runTrain(
    args,
    {
      out: text => void (out += text),
      error: text => void (error += text),
      terminal: false,
      clearLine: () => undefined,
    },
    workers,
  );
  return { code, out, error };
}

/** Writes files into a folder that is gone after the tests of the file. */
export function scratchFolder(): (name: string, text: string) => string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, text) => {
    const full = path.join(folder, name);
    writeFileSync(full, text);
    return full;
  };
}
