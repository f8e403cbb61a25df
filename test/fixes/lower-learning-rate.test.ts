import { describe, expect, it } from 'vitest';
import { cure, type MadeStep } from './context';

const head = 'input: [3]\nlayers:\n  - { type: dense, units: 4 }\n  - { type: dense, units: 2 }\n';
const lower = { fixes: ['lower-learning-rate'] } as const;
const steady = (step: MadeStep): MadeStep[] => Array.from({ length: 12 }, () => step);

describe('lower-learning-rate', () => {
  it('lowers it tenfold where nothing was measured', () => {
    const { fix, text } = cure(
      `${head}optimizer: { type: sgd, learning_rate: 0.05 } # hot\n`,
      'yaml',
      lower,
      steady({ norm: 1e-3 }),
    );
    expect(fix?.title).toBe('Lower the learning rate to 0.005');
    expect(text).toBe(`${head}optimizer: { type: sgd, learning_rate: 0.005 } # hot\n`);
  });

  it('keeps the change of weights below 3 % in the first updates', () => {
    // Relative change by unit of rate: 90, so 3e-2 / 90 = 3.3e-4.
    const { fix } = cure(
      `${head}optimizer: { type: sgd, learning_rate: 0.05, momentum: 0.9 }\n`,
      'yaml',
      lower,
      steady({ norm: 90 }),
    );
    expect(fix?.title).toBe('Lower the learning rate to 3e-4');
  });

  it('goes by the measured updates of optimizers that scale gradients', () => {
    // Change of 0.5 at rate 0.1: 5 by unit of rate, so 3e-2 / 5 = 6e-3.
    const { fix } = cure(
      `${head}optimizer: { type: adam, learning_rate: 0.1 }\n`,
      'yaml',
      lower,
      steady({ norm: 1e6, updateNorm: 0.5 }),
    );
    expect(fix?.title).toBe('Lower the learning rate to 0.006');
  });

  it('takes half of what the measured curvature bears', () => {
    // Curvature 8000 along an update of 0.1: stable below 2 / 8000, with momentum 0.9 below 3.8 / 8000;
    // it overshot, and 0.1 / 800 would have ended at the lowest point along it.
    const probed = { loss: 41, slopeBefore: -0.1, slopeAfter: 79.9, preconditionedSquare: 0.01 };
    const steps = [
      { norm: 1, loss: 1, weightNorm: 1e4, updateEffect: probed },
      { norm: 50, loss: 41, weightNorm: 1e4 },
    ];
    const title = (optimizer: string): string | undefined =>
      cure(`${head}optimizer: ${optimizer}\n`, 'yaml', lower, steps).fix?.title;
    expect(title('{ type: sgd, learning_rate: 0.1 }')).toBe('Lower the learning rate to 1.2e-4');
    expect(title('{ type: sgd, learning_rate: 0.1, momentum: 0.9 }')).toBe('Lower the learning rate to 1.2e-4');
    // Less than a tenth is enough where it bears more, and the largest curvature counts.
    const milder = { ...probed, slopeAfter: 0.1 };
    const first = (effect: typeof probed) => [
      { ...steps[0], updateEffect: effect },
      { ...steps[0], updateEffect: milder },
    ];
    expect(cure(`${head}optimizer: { type: sgd, learning_rate: 0.2 }\n`, 'yaml', lower, first(milder)).fix?.title).toBe(
      'Lower the learning rate to 0.05',
    );
    expect(cure(`${head}optimizer: { type: sgd, learning_rate: 0.2 }\n`, 'yaml', lower, first(probed)).fix?.title).toBe(
      'Lower the learning rate to 1.2e-4',
    );
  });

  it.each([
    ['', 'optimizer: { type: adam, learning_rate: 0.001 }\n'],
    ['optimizer: sgd # plain\n', 'optimizer: { type: sgd, learning_rate: 0.001 } # plain\n'],
    ['optimizer: lion\n', 'optimizer: { type: lion, learning_rate: 1e-5 }\n'],
    ['optimizer: { type: adadelta, rho: 0.5 }\n', 'optimizer: { type: adadelta, learning_rate: 0.1, rho: 0.5 }\n'],
    [
      'optimizer:\n  type: sgd\n  momentum: 0.9\n',
      'optimizer:\n  type: sgd\n  learning_rate: 0.001\n  momentum: 0.9\n',
    ],
    ['optimizer: muon\n', 'optimizer: { type: muon, learning_rate: 0.002 }\n'],
    ['optimizer: { type: muon, lr: 0.02, adamw_lr: 3e-4 }\n', 'optimizer: { type: muon, lr: 0.002, adamw_lr: 3e-5 }\n'],
    ['optimizer: { type: sgd, lr: 0.4 }\n', 'optimizer: { type: sgd, lr: 0.04 }\n'],
  ])('writes what is missing: %j', (before, after) => {
    expect(cure(head + before, 'yaml', lower, steady({ norm: 1e-2, updateNorm: 1e-5 })).text).toBe(head + after);
  });

  it('works in JSON', () => {
    const text = '{"input":[3],"layers":[{"type":"dense","units":2}],"optimizer":"sgd"}';
    expect(cure(text, 'json', lower, steady({ norm: 1e-4 })).text).toBe(
      text.replace('"sgd"', '{"type":"sgd","learning_rate":0.001}'),
    );
  });

  it('lowers the minimum of a cosine that would be above it', () => {
    const text = `${head}optimizer: { type: sgd, learning_rate: 0.1 }\nschedule: { type: cosine, minimum: 0.02 }\n`;
    expect(cure(text, 'yaml', lower, steady({ norm: 1e-4 })).text).toBe(
      `${head}optimizer: { type: sgd, learning_rate: 0.01 }\nschedule: { type: cosine, minimum: 0.002 }\n`,
    );
  });

  it('is not offered where updates hardly move the weights: a rate that is too low is no cure of one', () => {
    expect(
      cure(`${head}optimizer: { type: sgd, learning_rate: 1e-9 }\n`, 'yaml', lower, steady({ norm: 1 })).fix,
    ).toBeUndefined();
  });

  it('keeps to the measured curvature alone where there is one: small first weights change by much in sound updates', () => {
    const probed = { loss: 0.9, slopeBefore: -0.1, slopeAfter: 0, preconditionedSquare: 0.01 };
    const steps = [{ norm: 90, updateEffect: probed }, ...steady({ norm: 90 })];
    // Stable below 2 / 10, so half of that is 0.1 or a bit more; 3 % of the weights would be 3.3e-4.
    expect(cure(`${head}optimizer: { type: sgd, learning_rate: 0.15 }\n`, 'yaml', lower, steps).fix?.title).toBe(
      'Lower the learning rate to 0.1',
    );
  });

  it('is not offered where it would have to be absurdly small', () => {
    expect(
      cure(`${head}optimizer: { type: sgd, learning_rate: 0.1 }\n`, 'yaml', lower, steady({ norm: 1e12 })).fix,
    ).toBeUndefined();
  });
});
