/**
 * Optimizers that see a matrix, or all parameters, as a whole: which, and how they train. Their arithmetic is held to
 * PyTorch's by the golden cases.
 */
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/training/build/run-layout';
import { hiddenMatrices } from '../../src/training/build/hidden-matrices';
import { runToEnd } from '../../src/training/run-in-process';
import { openTrainer } from '../../src/training/trainer';
import { compileText } from '../diagnosis/train-text';

const MODEL =
  'input: [6]\nlayers:\n  - { name: a, type: dense, units: 24, activation: tanh }\n' +
  '  - { name: b, type: dense, units: 16, activation: tanh }\n  - { name: out, type: dense, units: 3 }\n' +
  'data: { type: blobs, examples: 256 }\nsteps: 60\n';
const KERNELS = [
  { kernels: 'simd', precision: 'float32' },
  { kernels: 'reference', precision: 'float32' },
  { kernels: 'reference', precision: 'float64' },
] as const;
const OPTIMIZERS = [
  'muon',
  '{ type: muon, adjust_lr_fn: match_rms_adamw, learning_rate: 0.003 }',
  '{ type: lbfgs, learning_rate: 0.2 }',
  '{ type: shampoo, max_preconditioner_dim: 16 }',
];

describe('what Muon takes', () => {
  const hidden = (input: string, ...layers: string[]): readonly string[] => {
    const model = compileText(`input: ${input}\nlayers:\n${layers.map(layer => `  - { ${layer} }`).join('\n')}\n`);
    const taken = hiddenMatrices(model.layers);
    return layoutOf(model.layers)
      .parameters.map(({ name }) => name)
      .filter(name => taken.has(name));
  };

  it('is every weight but that of the output layer, kernels and recurrent ones too', () => {
    expect(
      hidden(
        '[1, 8, 8]',
        'name: c, type: conv2d, filters: 2, kernel: 3',
        'name: n, type: batch-norm',
        'type: flatten',
        'name: a, type: dense, units: 4, weight_norm: true',
        'name: out, type: dense, units: 2',
      ),
    ).toEqual(['c.weight', 'a.weight_v']);
    expect(hidden('[5, 2]', 'name: m, type: gru, units: 3', 'name: out, type: dense, units: 1')).toEqual([
      'm.weight_ih_l0',
      'm.weight_hh_l0',
    ]);
    expect(hidden('[4]', 'type: dense, units: 2')).toEqual([]);
  });

  it('is no embedding, tied to the output or not', () => {
    const layers = ['name: letters, type: embedding, units: 4', 'name: heads, type: attention, heads: 2'];
    const attention = ['query', 'key', 'value', 'out'].map(part => `heads.${part}.weight`);
    expect(hidden('{ tokens: 6, length: 5 }', ...layers, 'name: scores, type: dense, units: 6')).toEqual(attention);
    expect(
      hidden('{ tokens: 6, length: 5 }', ...layers, 'name: scores, type: dense, units: 6, tied_to: letters'),
    ).toEqual(attention);
    const translation = 'name: both, type: seq2seq, cell: gru, units: 3, embedding: 4, target_length: 2';
    expect(hidden('{ tokens: 6, length: 5 }', translation)).toEqual(
      ['encoder', 'decoder'].flatMap(part => [`both.${part}.weight_ih_l0`, `both.${part}.weight_hh_l0`]),
    );
  });
});

describe.each(OPTIMIZERS)('%s', optimizer => {
  const run = (how: (typeof KERNELS)[number], rest = '') =>
    runToEnd(compileText(`${MODEL}optimizer: ${optimizer}\n${rest}`), { memoryLimitBytes: 2 ** 28, ...how });

  it.each(KERNELS)('learns, and the same seed gives the same bits: $kernels $precision', how => {
    const [first, second] = [run(how), run(how)];
    expect(first.records.at(-1)!.loss).toBeLessThan(first.records[0].loss / 4);
    expect(second.records).toEqual(first.records);
  });

  it('follows the schedule in every parameter', () => {
    const { records } = run(KERNELS[2], 'schedule: { type: step, every: 30, factor: 1e-9 }\n');
    for (const [index, norm] of records[29].updateNorms.entries()) {
      expect(records[30].updateNorms[index] / norm).toBeLessThan(1e-8);
      expect(records[30].updateNorms[index]).toBeGreaterThan(0);
    }
  });
});

describe('Muon', () => {
  it('moves every direction of a matrix by about the rate, whatever the gradient', () => {
    for (const scale of [1, 1e-3]) {
      const text = `${MODEL}optimizer: { type: muon, learning_rate: 0.01 }\nclip: { type: norm, max: ${scale * 1e-3} }\n`;
      const [{ updateNorms }] = runToEnd(compileText(text), { memoryLimitBytes: 2 ** 28 }).records;
      // 6 directions of a[24, 6] and 16 of b[16, 24], of singular values within 0.68 and 1.13 but where the gradient
      // has next to none.
      expect(updateNorms[0] / (0.01 * Math.sqrt(24 / 6) * Math.sqrt(6))).toBeLessThan(1.15);
      expect(updateNorms[0] / (0.01 * Math.sqrt(24 / 6) * Math.sqrt(6))).toBeGreaterThan(0.5);
      expect(updateNorms[2] / (0.01 * Math.sqrt(16))).toBeLessThan(1.15);
      expect(updateNorms[2] / (0.01 * Math.sqrt(16))).toBeGreaterThan(0.3);
    }
  });

  it('counts its matrices in the plan of memory', () => {
    const bytes = (optimizer: string): number =>
      openTrainer(compileText(`${MODEL}optimizer: ${optimizer}\n`), {
        batch: 1,
        evaluationBatch: 0,
        memoryLimitBytes: 2 ** 28,
        kernels: 'reference',
        precision: 'float32',
      }).session.plan.bytes;
    // A momentum buffer beside the weights, and for the steps two matrices [16, 24] and two [16, 16] at a time.
    expect(bytes('muon') - bytes('{ type: sgd, momentum: 0.9 }')).toBeGreaterThan(
      (4 * (2 * 16 * 24 + 2 * 16 * 16)) / 2,
    );
  });

  it('says where an update was not finite', () => {
    const { records, outcome } = runToEnd(compileText(`${MODEL}optimizer: { type: muon, learning_rate: 1e39 }\n`), {
      memoryLimitBytes: 2 ** 28,
    });
    expect(outcome).toEqual({ kind: 'not-finite', step: 0 });
    expect(records[0].nonFinite).toMatchObject({ direction: 'update', layer: 0 });
  });
});

describe('L-BFGS', () => {
  const options = { memoryLimitBytes: 2 ** 28, precision: 'float64' } as const;

  it('takes all examples where the file gives no batch size', () => {
    const model = compileText(`${MODEL}optimizer: lbfgs\n`);
    const { layout, records } = runToEnd(model, options);
    expect(layout.trainingExamples).toBe(256);
    // The same examples in another order, at parameters that hardly moved: batches of 32 of them would differ by far
    // more.
    const still = runToEnd(compileText(`${MODEL}optimizer: { type: lbfgs, learning_rate: 1e-12 }\n`), options).records;
    for (const { loss } of still) expect(loss).toBeCloseTo(records[0].loss, 9);
  });

  it('makes no step where the gradient is within its tolerance, or the step promises too little', () => {
    for (const tolerance of ['tolerance_grad: 10', 'tolerance_change: 1e6']) {
      const { records } = runToEnd(compileText(`${MODEL}optimizer: { type: lbfgs, ${tolerance} }\n`), options);
      expect(records.every(({ updateNorms }) => updateNorms.every(norm => norm === 0))).toBe(true);
      expect(records.at(-1)!.loss).toBeCloseTo(records[0].loss, 9);
    }
  });

  it('is refused where its history is over the limit of memory, in a sentence that names it', () => {
    const text = (pairs: number): string => `${MODEL}optimizer: { type: lbfgs, history_size: ${pairs} }\n`;
    expect(() => runToEnd(compileText(text(10)), { ...options, memoryLimitBytes: 2 ** 22 })).not.toThrow();
    expect(() => runToEnd(compileText(text(1000)), { ...options, memoryLimitBytes: 2 ** 22 })).toThrow(
      /^Training this model needs 1\d MB of memory, most of it for what the optimizer keeps of past steps, but .* make its "history_size" smaller/,
    );
  });
});

describe('Shampoo', () => {
  const steps = (optimizer: string) =>
    runToEnd(compileText(`${MODEL}optimizer: ${optimizer}\n`), { memoryLimitBytes: 2 ** 28, precision: 'float64' })
      .records;

  it('takes the same first step whatever the size of the gradient, up to epsilon', () => {
    const first = (clip: number) =>
      runToEnd(
        compileText(`${MODEL}optimizer: { type: shampoo, epsilon: 1e-14 }\nclip: { type: norm, max: ${clip} }\n`),
        { memoryLimitBytes: 2 ** 28, precision: 'float64' },
      ).records[0].updateNorms;
    const [large, small] = [first(1e-1), first(1e-2)];
    // All singular values of L^(-1/4) G R^(-1/4) are 1; those of out[3, 16] are two, since a softmax's gradients add up
    // to 0.
    for (const norms of [large, small]) expect(norms[4] / 0.1).toBeCloseTo(Math.sqrt(2), 3);
  });

  it('takes roots at every step at first, then as often as it is told', () => {
    const [rare, often] = [10, 1].map(frequency => steps(`{ type: shampoo, precondition_frequency: ${frequency} }`));
    expect(rare.slice(0, 11)).toEqual(often.slice(0, 11));
    expect(rare[12].loss).not.toBe(often[12].loss);
  });

  it('has a diagonal in place of the matrix of a long axis, which takes its memory', () => {
    const bytes = (longest: number): number =>
      openTrainer(compileText(`${MODEL}optimizer: { type: shampoo, max_preconditioner_dim: ${longest} }\n`), {
        batch: 1,
        evaluationBatch: 0,
        memoryLimitBytes: 2 ** 28,
        kernels: 'reference',
        precision: 'float64',
      }).session.plan.bytes;
    // a[24, 6] and b[16, 24] have an axis of 24, of which statistics and root are 24 x 24 each.
    expect(bytes(24) - bytes(23)).toBeGreaterThan(8 * 2 * 2 * (24 * 24 - 24));
    expect(steps('{ type: shampoo, max_preconditioner_dim: 1 }').at(-1)!.loss).toBeLessThan(0.3);
  });
});
