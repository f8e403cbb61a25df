import { describe, expect, it } from 'vitest';
import { gradientFactors } from '../../../src/diagnosis/evidence/mean-field';

const chain = (
  activation: 'relu' | 'tanh' | 'sigmoid' | 'identity',
  weightGain: number,
  count: number,
): readonly number[] =>
  gradientFactors(
    Array.from({ length: count }, () => ({ activation, weightGain, biasScale: 0 })),
    1,
  );

describe('gradientFactors', () => {
  it('is one for relu at the gain of He, and for linear layers at one, at any depth', () => {
    for (const factor of [...chain('relu', Math.SQRT2, 5), ...chain('identity', 1, 5)])
      expect(factor).toBeCloseTo(1, 3);
    for (const factor of chain('relu', 1, 5)) expect(factor).toBeCloseTo(0.5, 3);
  });

  it('comes near one for tanh at gain one, as its signals shrink, and stays below', () => {
    const factors = chain('tanh', 1, 60);
    expect(factors[0]).toBeCloseTo(0.465, 2);
    expect([...factors].sort((a, b) => a - b)).toEqual(factors);
    expect(factors[59]).toBeGreaterThan(0.97);
    expect(factors[59]).toBeLessThan(1);
  });

  it('is above one for tanh in its chaotic phase, and at most a sixteenth of the squared gain for sigmoid', () => {
    expect(chain('tanh', 3, 20).at(-1)).toBeGreaterThan(1);
    for (const factor of chain('sigmoid', 2, 5)) expect(factor).toBeLessThanOrEqual(4 / 16);
  });

  it('counts biases as signal', () => {
    const [, without] = gradientFactors(
      [
        { activation: 'tanh', weightGain: 1, biasScale: 0 },
        { activation: 'tanh', weightGain: 1, biasScale: 0 },
      ],
      1,
    );
    const [, withBias] = gradientFactors(
      [
        { activation: 'tanh', weightGain: 1, biasScale: 1 },
        { activation: 'tanh', weightGain: 1, biasScale: 1 },
      ],
      1,
    );
    expect(withBias).toBeLessThan(without);
  });
});
