import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import type { ModelSpec } from '../../src/model/model-spec';
import { compileText, EXAMPLES, inShort, trainAndDiagnose } from '../diagnosis/train-text';

/** The one finding that a faulty example is made for; none for a healthy one. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'exploding-rnn.model.yaml': ['warning exploding-through-time memory memory recurrentInitializer'],
  'vanishing-through-time.model.yaml': ['warning vanishing-through-time memory memory recurrentInitializer'],
  'vanishing-sigmoid-stack.model.yaml': ['warning vanishing-gradient hidden10 hidden10 activation'],
  'vanishing-small-weights.model.yaml': ['warning vanishing-gradient fifth fifth kernelInitializer'],
  'too-large-initialization.model.yaml': ['warning exploding-gradient layer10 layer10 kernelInitializer'],
  'exploding-cnn.model.yaml': ['warning poor-initialization shapes shapes kernelInitializer'],
  'dead-relu.model.yaml': ['warning learning-rate-too-high - optimizer: learningRate'],
  'saturated-raw-input.model.yaml': ['warning unscaled-input squash data:'],
  'high-rate-unscaled-data.model.yaml': ['error unscaled-input hidden data:'],
  'diverging-rate.model.json': ['error learning-rate-too-high - optimizer: learningRate'],
  'text-transformer-post-norm.model.yaml': ['warning post-norm-without-warm-up block1.attend block1.attend'],
  'char-rnn-without-clipping.model.yaml': ['warning exploding-through-time memory memory recurrentInitializer'],
  'word-lstm-without-clipping.model.yaml': ['warning learning-rate-too-high - optimizer: learningRate'],
  'translation-exploding.model.yaml': ['warning exploding-through-time translate translate recurrentInitializer'],
  'digits-cnn-high-rate.model.yaml': ['warning learning-rate-too-high - optimizer: learningRate'],
  'wine-raw-target.model.yaml': ['error unscaled-target proline data:'],
  'healthy-char-rnn.model.yaml': [],
  'healthy-digits-cnn.model.yaml': [],
  'healthy-text-transformer.model.yaml': [],
  'healthy-translation.model.yaml': [],
  'healthy-wine.model.yaml': [],
  'healthy-word-lstm.model.yaml': [],
  'healthy-iris.model.yaml': [],
  'healthy-lstm.model.yaml': [],
  'healthy-residual.model.yaml': [],
  'healthy-skip-graph.model.yaml': [],
  'healthy-transformer.model.yaml': [],
};
/**
 * Real data, healthy and broken: the last loss as a share of a constant answer's, at most of the one and at least of
 * the other.
 */
const SCENARIOS: readonly (readonly [healthy: string, atMost: number, broken: string, atLeast: number])[] = [
  ['healthy-digits-cnn.model.yaml', 0.2, 'digits-cnn-high-rate.model.yaml', 0.95],
  ['healthy-char-rnn.model.yaml', 0.75, 'char-rnn-without-clipping.model.yaml', 1],
  ['healthy-word-lstm.model.yaml', 0.97, 'word-lstm-without-clipping.model.yaml', 1.2],
  ['healthy-text-transformer.model.yaml', 0.8, 'text-transformer-post-norm.model.yaml', 0.98],
  ['healthy-translation.model.yaml', 0.6, 'translation-exploding.model.yaml', 0.8],
  ['healthy-wine.model.yaml', 0.4, 'wine-raw-target.model.yaml', 1],
];
const SEEDS = [1, 2, 3];
const files = readdirSync(EXAMPLES).filter(name => /\.model\.(ya?ml|json)$/.test(name));

function load(name: string): ModelSpec {
  return compileText(readFileSync(`${EXAMPLES}${name}`, 'utf8'), languageOf(name));
}

const runs = new Map<string, ReturnType<typeof trainAndDiagnose>>();

/** Every example is trained once a seed, whichever test asks first. */
function train(name: string, seed: number): ReturnType<typeof trainAndDiagnose> {
  const key = `${name} ${seed}`;
  const run = runs.get(key) ?? trainAndDiagnose({ ...load(name), seed });
  runs.set(key, run);
  return run;
}

/** Loss of the last step as a share of a constant answer's; infinite where the run did not end in numbers. */
function relativeLoss(name: string, seed: number): number {
  const { layout, records } = train(name, seed).history;
  const loss = (records.at(-1)?.loss ?? NaN) / (layout.trivialLoss ?? NaN);
  return Number.isNaN(loss) ? Infinity : loss;
}

describe('examples', () => {
  it('are all described, here and in their README', () => {
    expect(files).toEqual(Object.keys(EXPECTED).sort());
    const readme = readFileSync(`${EXAMPLES}README.md`, 'utf8');
    for (const name of files) expect(readme).toContain(`(${name})`);
  });

  it.each(files.filter(name => name.endsWith('.yaml')))('%s says at its top why it is there', name => {
    expect(readFileSync(`${EXAMPLES}${name}`, 'utf8')).toMatch(/^# .{40,}\n/);
  });

  it.each(Object.entries(EXPECTED))('%s gets %j with every seed', { timeout: 180_000 }, (name, expected) => {
    for (const seed of SEEDS) {
      const { findings } = train(name, seed);
      expect(findings.map(inShort), `seed ${seed}`).toEqual(expected);
    }
  });

  it.each(SCENARIOS)(
    "%s comes to %d of a constant answer's loss, %s stays above %d",
    { timeout: 180_000 },
    (healthy, atMost, broken, atLeast) => {
      for (const seed of SEEDS) {
        expect(relativeLoss(healthy, seed), `${healthy}, seed ${seed}`).toBeLessThan(atMost);
        expect(relativeLoss(broken, seed), `${broken}, seed ${seed}`).toBeGreaterThan(atLeast);
      }
    },
  );

  it('tell digits apart: more than 0.9 right of digits not seen', { timeout: 60_000 }, () => {
    for (const seed of SEEDS) {
      expect(train('healthy-digits-cnn.model.yaml', seed).history.records.at(-1)?.validation?.accuracy).toBeGreaterThan(
        0.9,
      );
    }
  });

  it('tell irises apart: more than 0.9 right of flowers not seen', () => {
    for (const seed of SEEDS) {
      const { history } = train('healthy-iris.model.yaml', seed);
      expect(history.records.at(-1)?.validation?.accuracy).toBeGreaterThan(0.9);
    }
  });

  it('remember with an LSTM: far below the trivial predictor', { timeout: 60_000 }, () => {
    const { history } = train('healthy-lstm.model.yaml', 1);
    expect(history.layout.trivialLoss).toBeCloseTo(1 / 6, 1);
    expect(history.records.at(-1)?.loss).toBeLessThan(0.02);
  });
});
