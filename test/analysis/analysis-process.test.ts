/** The analysis as a process of its own, with workers of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnalysisClient } from '../../src/extension/analysis/analysis-client';
import { nodeAnalysis } from '../../src/extension/analysis/analysis-handle';
import { PIECE_BYTES } from '../../src/protocol/file-pieces';
import { createJob } from '../../src/training/job';
import { runToEnd } from '../../src/training/run-in-process';
import { assessSeeds } from '../../src/verification/assess-seeds';
import type { TrialResult } from '../../src/verification/measure-trial';
import { bundleWorker } from '../training/bundled-worker';
import { readSource } from '../read-source';

let bundle: Awaited<ReturnType<typeof bundleWorker>>;
let client: AnalysisClient;
beforeAll(async () => {
  bundle = await bundleWorker();
  client = new AnalysisClient(nodeAnalysis(bundle.analysis));
}, 120_000);
afterAll(() => {
  client.dispose();
  bundle.remove();
});

const TEXT = `input: [1]
layers: [{ type: dense, units: 1 }]
data: { type: csv, path: a.csv, target: y }
steps: 20
`;
/** So long that it travels in pieces. */
const TABLE = new TextEncoder().encode(`a,y\n${'0.1234567890123456789,0.75\n-0.5,0.25\n'.repeat(PIECE_BYTES / 32)}`);
const untimed = (trials: readonly TrialResult[]) =>
  trials.map(trial => ({ ...trial, millisecondsPerStep: undefined, progress: undefined }));

describe('the analysis process', { timeout: 120_000 }, () => {
  it('trains on data that were sent in pieces, and says of it what is worked out here', async () => {
    const source = readSource(TEXT);
    const { model } = source;
    const data = { files: { 'a.csv': TABLE }, memoryLimitBytes: 2 ** 30 };
    const run = { source, model: model!, history: runToEnd(model!, data) };
    const { signal } = new AbortController();
    const told: number[] = [];
    const asked = await client.assess(
      run,
      { mostSeeds: 3 },
      { data, limits: { seeds: 2, concurrency: 2 }, cancel: signal, outOfTime: signal },
      ({ finished }) => told.push(finished),
    );
    const here = await assessSeeds(model!, spec => Promise.resolve({ history: runToEnd(spec, data) }), {
      seeds: 2,
      mostSeeds: 3,
      concurrency: 1,
    });
    expect(createJob(model!, data).layout.trainingExamples).toBeGreaterThan(PIECE_BYTES / 32);
    expect(asked.ended).toBe('complete');
    expect(untimed(asked.trials)).toEqual(untimed(here.trials));
    expect(asked.chance).toEqual(here.chance);
    expect([...new Set(told)]).toEqual([1]);
  });
});
