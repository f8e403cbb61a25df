import { describe, expect, it } from 'vitest';
import { criticalGain, weightScale } from '../../../src/diagnosis/evidence/initial-gain';
import { Random } from '../../../src/engine/random';
import { initialize } from '../../../src/engine/initializers/initialize';
import type { InitializerSpec } from '../../../src/spec/model-spec';

describe('criticalGain', () => {
  it.each([
    ['identity', 1], ['relu', Math.SQRT2], ['leaky-relu', Math.sqrt(2 / 1.0001)], ['selu', 1], ['tanh', 1.467], ['sigmoid', 4.72],
  ] as const)('of %s is %f', (activation, expected) => {
    expect(criticalGain(activation)).toBeCloseTo(expected, activation === 'selu' ? 1 : 2);
  });
});

describe('weightScale', () => {
  it.each<InitializerSpec>([
    { type: 'ones' }, { type: 'constant', value: -0.3 }, { type: 'normal', mean: 0.1, std: 0.4 },
    { type: 'truncated-normal', mean: 0, std: 0.2 }, { type: 'uniform', minimum: -0.1, maximum: 0.5 }, { type: 'glorot-uniform' },
    { type: 'glorot-normal' }, { type: 'he-uniform' }, { type: 'he-normal' }, { type: 'lecun-uniform' }, { type: 'lecun-normal' },
    { type: 'orthogonal', gain: 1.5 }, { type: 'variance-scaling', scale: 3, mode: 'fan-average', distribution: 'uniform' },
  ])('is the root mean square of what the engine draws: $type', (initializer) => {
    const [rows, columns] = [120, 80];
    const drawn = new Float64Array(rows * columns);
    initialize(drawn, [rows, columns], initializer, new Random(7));
    const measured = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length);
    expect(weightScale(initializer, columns, rows) / measured).toBeCloseTo(1, 1);
  });
});
