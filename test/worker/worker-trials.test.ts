/** Trainings of cures that could not be made: what they throw is a sentence on why, which counts for nothing else. */
import { describe, expect, it } from 'vitest';
import { workerTrials } from '../../src/worker/worker-trials';
import { fakeWorkers, LAYOUT, MODEL } from './fake-worker';

describe('a training of a cure', () => {
  it.each([
    [{ kind: 'out-of-memory' }, /needed more memory than it may take/],
    [{ kind: 'exit', code: 'SIGSEGV' }, /ended before the run was done \(exit code SIGSEGV\)/],
    [{ kind: 'error', message: 'spawn EAGAIN' }, /failed \(spawn EAGAIN\)/],
  ] as const)('whose worker ends by %j was not made', async (end, sentence) => {
    const { start, workers } = fakeWorkers();
    const trial = workerTrials(start, { files: {}, memoryLimitBytes: 1 })(MODEL, new AbortController().signal);
    workers[0].listener.onMessage({ type: 'started', layout: LAYOUT });
    workers[0].listener.onEnd(end);
    await expect(trial).rejects.toThrow(sentence);
  });
});
