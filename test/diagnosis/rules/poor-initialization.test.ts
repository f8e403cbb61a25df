import { describe, expect, it } from 'vitest';
import { layerVerdicts } from '../../../src/diagnosis/layer-verdict';
import { verdictOf } from '../../../src/diagnosis/verdict';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

function findingsOf(
  layers: readonly string[],
  rest: string,
  input = '[8]',
): ReturnType<typeof trainAndDiagnose>['findings'] {
  const list = layers.map(layer => `  - { ${layer} }`).join('\n');
  return trainAndDiagnose(compileText(`input: ${input}\nlayers:\n${list}\n${rest}\n`)).findings;
}

const ADAM = 'optimizer: { type: adam, learning_rate: 0.01 }\nsteps: 150';
const BLOBS = `loss: cross-entropy\ndata: { type: blobs }\n${ADAM}`;
const layer = (name: string, more: string): string =>
  `name: ${name}, type: dense, units: 16, activation: tanh, ${more}`;
const CONSTANT = 'kernel_initializer: { type: constant, value: 0.1 }';
const ANSWER = 'name: answer, type: dense, units: 3';

describe('poor-initialization', () => {
  it.each([CONSTANT, 'kernel_initializer: zeros', 'kernel_initializer: ones'])(
    'is certain of two layers in a row with %s',
    initializer => {
      const [first] = findingsOf([layer('first', initializer), layer('second', initializer), ANSWER], BLOBS);
      expect(first).toMatchObject({
        rule: 'poor-initialization',
        layer: 'first',
        at: { layer: 'first', part: 'kernelInitializer' },
      });
      expect(first.fixes[0]).toBe('fitting-initializer');
    },
  );

  it.each([
    ['one constant layer before a random one', [layer('first', CONSTANT), layer('second', 'bias: true'), ANSWER]],
    [
      'two with dropout between',
      [layer('first', CONSTANT), 'type: dropout, rate: 0.2', layer('second', CONSTANT), ANSWER],
    ],
    [
      'a branch that ends in zeros before an output of zeros',
      [
        'type: dense, units: 16',
        `type: residual, layers: [{ ${layer('in', 'bias: true')} }, { type: dense, units: 16, kernel_initializer: zeros }]`,
        `${ANSWER}, kernel_initializer: zeros`,
      ],
    ],
    ['an output layer that starts at zero', [layer('first', 'bias: true'), `${ANSWER}, kernel_initializer: zeros`]],
  ])('says nothing of %s', (_, layers) => {
    expect(findingsOf(layers, BLOBS).map(inShort)).toEqual([]);
  });

  it('finds biases that hold a layer at its flat end', () => {
    const bias =
      'name: hidden, type: dense, units: 16, activation: sigmoid, bias_initializer: { type: constant, value: 20 }';
    const [first] = findingsOf(
      [bias, 'type: dense, units: 1'],
      'loss: mse\ndata: { type: teacher }\noptimizer: { type: sgd, learning_rate: 0.01 }\nsteps: 150',
    );
    expect(first).toMatchObject({
      rule: 'poor-initialization',
      layer: 'hidden',
      at: { layer: 'hidden', part: 'biasInitializer' },
    });
  });

  it.each([1, 3])(
    'finds an output layer so loud that its gradients saturate what feeds it, in a run that learns little (seed %i)',
    seed => {
      const hidden = ['h1', 'h2', 'h3']
        .map(name => `  - { name: ${name}, type: dense, units: 32, activation: tanh }\n`)
        .join('');
      const loud = compileText(
        `input: [12]\nlayers:\n${hidden}` +
          '  - { name: out, type: dense, units: 1, kernel_initializer: { type: normal, std: 3 } }\n' +
          'loss: mse\ndata: { type: teacher }\noptimizer: { type: sgd, learning_rate: 0.02 }\nsteps: 250\n',
      );
      const { findings, model, history } = { model: { ...loud, seed }, ...trainAndDiagnose({ ...loud, seed }) };
      expect(findings.map(inShort)).toEqual(['warning poor-initialization out out kernelInitializer']);
      const verdicts = layerVerdicts(history, findings, verdictOf({ model, history, findings }));
      expect(verdicts.map(({ text }) => text)).toContain('saturated');
    },
  );

  it('does not blame small weights at the end of a residual branch for numbers that are too large', () => {
    const block = (name: string): string =>
      `  - { name: ${name}, type: residual, layers: [{ name: u, type: dense, units: 32, activation: relu, kernel_initializer: he-normal }, ` +
      '{ name: v, type: dense, units: 32, kernel_initializer: { type: normal, std: 0.04 } }] }\n';
    const { findings } = trainAndDiagnose(
      compileText(
        `input: [8]\nlayers:\n  - { type: dense, units: 32 }\n${['r1', 'r2', 'r3', 'r4'].map(block).join('')}` +
          '  - { type: dense, units: 1 }\nloss: mse\ndata: { type: teacher }\noptimizer: { type: sgd, learning_rate: 1, momentum: 0.9 }\nsteps: 100\n',
      ),
    );
    expect(findings.map(({ rule }) => rule)).not.toContain('poor-initialization');
    expect(findings.length).toBeGreaterThan(0);
  });

  it('says nothing of weights of any size in a run that learns', () => {
    expect(
      findingsOf([layer('hidden', 'kernel_initializer: { type: normal, std: 1.5 }'), ANSWER], BLOBS).map(inShort),
    ).toEqual([]);
  });
});
