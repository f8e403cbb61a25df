/**
 * The verdict of the `train` command: over all seeds, silenced findings, symptoms per layer, and one message per fault.
 */
import { describe, expect, it } from 'vitest';
import { INLINE_WORKERS, scratchFolder, train, trainWith } from './train-harness';

const file = scratchFolder();

const SOUND = `input: [4]
layers:
  - { type: dense, units: 8, activation: tanh }
  - { type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 128 }
optimizer: { type: sgd, learning_rate: 0.1 }
steps: 60
`;

describe('the verdict', async () => {
  it('is not learning, with an exit code of its own, where a run without a finding answers like a constant', async () => {
    const path = file('short.model.yaml', SOUND.replace('steps: 60', 'steps: 2'));
    const { code, out } = await train(path);
    expect(code).toBe(4);
    expect(out).toMatch(/^Not learning: the loss ends at \S+, where predicting a constant gives \S+\.$/m);
    const report = JSON.parse((await train(path, '--json')).out);
    expect(report).toMatchObject({ verdict: 'not-learning', healthy: false });
    expect(report.layers.map(({ verdict }: { verdict: string }) => verdict)).not.toContain('healthy');
  });

  it('is faulty where only another seed raises an alarm, though it trains with each', async () => {
    const path = file('other.model.yaml', SOUND);
    const alarming = {
      ...INLINE_WORKERS,
      trySeed: async (request: Parameters<typeof INLINE_WORKERS.trySeed>[0]) => {
        const trial = await INLINE_WORKERS.trySeed(request);
        if (request.seed !== 2) return trial;
        return {
          ...trial,
          findings: [
            {
              rule: 'dead-relu',
              severity: 'warning',
              layer: 'dense1',
              at: { layer: 'dense1' },
              message: 'Units are dead.',
              measured: {},
              step: 1,
              related: [],
              fixes: [],
            } as const,
          ],
        };
      },
    };
    expect(await train(path, '--seeds', '3')).toMatchObject({ code: 0 });
    const { code, out } = await trainWith(alarming, path, '--seeds', '3');
    expect(code).toBe(1);
    expect(out).toContain('other.model.yaml:3:7: warning dead-relu: With seed 2: Units are dead.\n');
    expect(out).toContain('Found 0 errors, 1 warning and 0 notes.\n');
    expect(out).toMatch(/^Faulty .*; it trains with all 3 seeds tried\.$/m);
    expect(JSON.parse((await trainWith(alarming, path, '--seeds', '3', '--json')).out)).toMatchObject({
      verdict: 'faulty',
      healthy: false,
      otherAlarm: { seed: 2, rule: 'dead-relu' },
    });
    expect((await trainWith(alarming, path, '--fix')).out).toContain(
      'Another seed raises an alarm: add --seed 2 to measure its cures.',
    );
    const quiet = file('quiet.model.yaml', `# gradient-health: ignore dead-relu\n${SOUND}`);
    expect(await trainWith(alarming, quiet, '--seeds', '3')).toMatchObject({ code: 0 });
  });

  it('counts what is silenced', async () => {
    const path = file(
      'loud.model.yaml',
      `# gradient-health: ignore learning-rate-too-high\n${SOUND.replace('0.1 }', '30 }')}`,
    );
    const report = JSON.parse((await train(path, '--json')).out);
    expect(report).toMatchObject({ verdict: 'not-learning', silenced: 1, findings: [] });
  });

  it('says one fault once, and counts what it prints', async () => {
    const path = file(
      'twice.model.yaml',
      `input: [4]
layers:
  - { type: dense, units: 8, activation: tanh }
  - { type: dense, units: 1, activation: sigmoid }
loss: binary-cross-entropy
data: { type: blobs, examples: 128 }
steps: 40
`,
    );
    const { out, error } = await train(path);
    expect(error).toBe('');
    expect(out).toMatch(/ warning loss-output-mismatch: /);
    expect(out).toContain('Found 0 errors, 1 warning and 0 notes.\n');
  });
});
