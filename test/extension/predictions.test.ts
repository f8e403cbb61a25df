/** Predictions of open model files, with workers that train for real and with workers that the test speaks for. */
import { describe, expect, it, vi } from 'vitest';
import { Predictions, PREDICTED_SEEDS } from '../../src/extension/probe/predictions';
import { ModelRuns, type TrainingRequest } from '../../src/extension/runs/model-runs';
import type { StartWorker } from '../../src/worker/worker-handle';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { fakeWorkers } from '../worker/fake-worker';
import { inProcessWorkers } from '../worker/in-process-worker';
import { readSource } from '../read-source';

const LARGE = `input: [8]
layers:
  - { name: first, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: second, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: third, type: dense, units: 16, activation: relu, kernel_initializer: { type: normal, std: 4 } }
  - { name: answer, type: dense, units: 1 }
loss: mse
optimizer: { type: sgd }
steps: 30
`;
const HEALTHY = LARGE.replaceAll('{ type: normal, std: 4 }', 'he-normal');
const ONE_UNIT = HEALTHY.replace('units: 1 }', 'units: 1, activation: softmax }');

function requestOf(text: string): TrainingRequest {
  const source = readSource(text);
  return { source, model: source.model!, files: {}, memoryLimitBytes: 2 ** 30 };
}

function make(startWorker: StartWorker = inProcessWorkers(), timeLimitMs = 60_000) {
  const analysis = inProcessAnalysis();
  const runs = new ModelRuns(startWorker, analysis);
  const notes: string[] = [];
  const predictions = new Predictions(runs, startWorker, analysis, message => notes.push(message), timeLimitMs);
  return { runs, predictions, notes };
}

const rulesOf = (predictions: Predictions, request: TrainingRequest): readonly string[] | undefined =>
  predictions.get('a', request.source)?.map(({ rule }) => rule);

describe('predictions of a model file', () => {
  it('come from the first step of three seeds, marked as information', async () => {
    const seeds: number[] = [];
    const { predictions } = make(inProcessWorkers(seed => seeds.push(seed)));
    const request = requestOf(LARGE);
    await predictions.predict('a', request);
    expect(seeds).toEqual([1, 2, 3]);
    expect(rulesOf(predictions, request)).toEqual(['poor-initialization']);
    expect(predictions.get('a', request.source)![0].severity).toBe('information');
    expect(predictions.get('a', request.source)![0].message).toContain('with all 3 seeds tried');
  });

  it('say at once what the text alone decides', async () => {
    const { start, workers } = fakeWorkers();
    const { predictions } = make(start);
    const request = requestOf(ONE_UNIT);
    void predictions.predict('a', request);
    await vi.waitFor(() => expect(rulesOf(predictions, request)).toEqual(['dead-output']));
    await vi.waitFor(() => expect(workers).toHaveLength(1));
  });

  it('are of the very text: those of an older one are never given, and end with the first change', async () => {
    const { predictions } = make();
    const [older, newer] = [requestOf(LARGE), requestOf(HEALTHY)];
    await predictions.predict('a', older);
    expect(rulesOf(predictions, newer)).toBeUndefined();
    predictions.withdraw('a');
    expect(rulesOf(predictions, older)).toBeUndefined();
  });

  it('of a later text end those of an earlier one that are on their way', async () => {
    const { predictions } = make();
    const [older, newer] = [requestOf(LARGE), requestOf(HEALTHY)];
    const told: (readonly string[] | undefined)[] = [];
    predictions.onDidChange(() => told.push(rulesOf(predictions, older)));
    await Promise.all([predictions.predict('a', older), predictions.predict('a', newer)]);
    expect(rulesOf(predictions, newer)).toEqual([]);
    expect(told.flatMap(rules => rules ?? [])).toEqual([]);
  });

  it('are not worked out again for the same model with another comment', async () => {
    let started = 0;
    const { predictions } = make(inProcessWorkers(() => started++));
    await predictions.predict('a', requestOf(LARGE));
    const commented = requestOf(`# Too large.\n${LARGE}`);
    await predictions.predict('a', commented);
    expect(started).toBe(PREDICTED_SEEDS);
    expect(rulesOf(predictions, commented)).toEqual(['poor-initialization']);
  });

  it('go by the settings and comments of the moment, with no other training', async () => {
    let started = 0;
    const { predictions } = make(inProcessWorkers(() => started++));
    const request = requestOf(LARGE);
    await predictions.predict('a', request);
    const rule = 'poor-initialization';
    expect(rulesOf(predictions, request)).toEqual([rule]);
    await predictions.predict('a', request, { severities: { [rule]: 'off' } });
    expect(rulesOf(predictions, request)).not.toContain(rule);
    await predictions.predict('a', request, { options: { [rule]: { ratio: 1e9 } } });
    expect(rulesOf(predictions, request)).not.toContain(rule);
    const silenced = requestOf(`# gradient-health: ignore ${rule}\n${LARGE}`);
    await predictions.predict('a', silenced);
    expect(rulesOf(predictions, silenced)).not.toContain(rule);
    await predictions.predict('a', request);
    expect(rulesOf(predictions, request)).toEqual([rule]);
    expect(started).toBe(PREDICTED_SEEDS);
  });

  it('give way to a run of the same model, and come back for another', { timeout: 30_000 }, async () => {
    const { runs, predictions } = make();
    const request = requestOf(LARGE);
    await predictions.predict('a', request);
    const training = runs.train('a', request);
    expect(rulesOf(predictions, request)).toBeUndefined();
    await training;
    await predictions.predict('a', request);
    expect(rulesOf(predictions, request)).toBeUndefined();
    const other = requestOf(ONE_UNIT);
    await predictions.predict('a', other);
    expect(rulesOf(predictions, other)).toEqual(['dead-output']);
  });

  it('use one worker at a time for all files', async () => {
    const { start, workers } = fakeWorkers();
    const { predictions } = make(start);
    void predictions.predict('a', requestOf(LARGE));
    void predictions.predict('b', requestOf(LARGE));
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(workers).toHaveLength(1);
    predictions.dispose();
  });

  it(
    'leave a model that cannot be started, or takes too long, to training, and note why',
    { timeout: 10_000 },
    async () => {
      const broken = make();
      await broken.predictions.predict('a', { ...requestOf(LARGE), memoryLimitBytes: 1 });
      expect(broken.predictions.get('a', requestOf(LARGE).source)).toEqual([]);
      expect(broken.notes).toHaveLength(1);
      const slow = make(fakeWorkers().start, 10);
      await slow.predictions.predict('a', requestOf(LARGE));
      expect(slow.notes[0]).toContain('take too long');
    },
  );
});
