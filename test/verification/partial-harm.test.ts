import { describe, expect, it } from 'vitest';
import { suspect } from '../../src/diagnosis/diagnose';
import { effectOnLoss, measurePartialHarm } from '../../src/verification/partial-harm';
import { readModelFile } from '../../src/frontends/model-file/front-end';
import { runToEnd } from '../../src/training/run-in-process';
import type { RunTrial } from '../../src/verification/trial';

const TANH = (gain: string): string =>
  `  - { type: dense, units: 24, activation: tanh, kernel_initializer: ${gain} }\n`;
const net = (gain: string): string => `input: [8]
layers:
${TANH(gain).repeat(5)}  - { type: dense, units: 1 }
loss: mse
data: { type: teacher }
optimizer: { type: adam, learning_rate: 0.003 }
steps: 200
`;
const train: RunTrial = model =>
  Promise.resolve({ history: runToEnd(model, { memoryLimitBytes: 2 ** 29, files: {} }) });

function runOf(text: string) {
  const source = readModelFile(text, { fileName: 'a.model.yaml' });
  const { model } = source;
  if (model === undefined) throw new Error('The text is not a model.');
  return { source, model, history: runToEnd(model, { memoryLimitBytes: 2 ** 29, files: {} }) };
}

describe('measurePartialHarm', () => {
  it('raises what the cure shows to have been lost, with both losses and the seeds', async () => {
    const run = runOf(net('{ type: normal, std: 0.05 }'));
    const finding = await measurePartialHarm(run, train, { seeds: 3, concurrency: 1 });
    expect(finding).toMatchObject({
      rule: 'poor-initialization',
      severity: 'warning',
      causal: ['fitting-initializer'],
    });
    expect(finding?.message).toMatch(
      /Measured: "Initialize .*" ends at [\d.e-]+ instead of [\d.]+ with 3 of 3 seeds\.$/,
    );
    expect(finding!.measured['lossAfter']).toBeLessThan(0.7 * finding!.measured['lossBefore']);
  });

  it('is quiet about a sound model, and with too few seeds to tell', async () => {
    const sound = runOf(net('glorot-uniform'));
    expect(await measurePartialHarm(sound, train, { seeds: 3, concurrency: 1 })).toBeUndefined();
    expect(
      await measurePartialHarm(runOf(net('{ type: normal, std: 0.05 }')), train, { seeds: 2, concurrency: 1 }),
    ).toBeUndefined();
  });

  it('suspects nothing of a stand-in task that the product chose', () => {
    const { model, history } = runOf(net('{ type: normal, std: 0.05 }').replace('data: { type: teacher }\n', ''));
    expect(suspect(model, history)).toEqual([]);
  });
});

describe('effectOnLoss', () => {
  const trials = (...losses: readonly number[]) =>
    ({ trials: losses.map((relativeLoss, index) => ({ seed: index + 1, relativeLoss })) }) as never;

  it('is clear where every seed is better, by a third, beyond the noise of the pairs', () => {
    expect(effectOnLoss(trials(0.1, 0.12, 0.11), trials(0.3, 0.33, 0.35)).isClear).toBe(true);
    expect(effectOnLoss(trials(0.1, 0.12, 0.4), trials(0.3, 0.33, 0.35)).isClear).toBe(false);
    expect(effectOnLoss(trials(0.28, 0.3, 0.31), trials(0.3, 0.33, 0.35)).isClear).toBe(false);
    expect(effectOnLoss(trials(0.1, 0.12), trials(0.3, 0.33)).isClear).toBe(false);
  });
});
