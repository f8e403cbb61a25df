import { describe, expect, it } from 'vitest';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

function findingsOf(
  layers: readonly string[],
  rest: string,
  input = '[8]',
): ReturnType<typeof trainAndDiagnose>['findings'] {
  const list = layers.map(layer => `  - { ${layer} }`).join('\n');
  return trainAndDiagnose(compileText(`input: ${input}\nlayers:\n${list}\n${rest}\n`)).findings;
}

const HIDDEN = 'name: hidden, type: dense, units: 16, activation: tanh';
const ADAM = 'optimizer: { type: adam, learning_rate: 0.01 }\nsteps: 120';

describe('loss-output-mismatch', () => {
  it.each([
    ['softsign', 3, 'cross-entropy', 'blobs', Math.log1p(2 * Math.exp(-2))],
    ['tanh', 3, 'cross-entropy', 'blobs', Math.log1p(2 * Math.exp(-2))],
    ['tanh', 1, 'binary-cross-entropy', 'circles', Math.log1p(Math.exp(-1))],
  ] as const)('states the floor that %s of %i units leaves %s', (activation, units, loss, data, floor) => {
    const [first] = findingsOf(
      [HIDDEN, `name: answer, type: dense, units: ${units}, activation: ${activation}`],
      `loss: ${loss}\ndata: { type: ${data} }\n${ADAM}`,
    );
    expect(first).toMatchObject({
      rule: 'loss-output-mismatch',
      layer: 'answer',
      at: { layer: 'answer', part: 'activation' },
    });
    expect(first.measured.floor).toBeCloseTo(floor, 2);
    expect(first.measured.lateLoss).toBeGreaterThanOrEqual(0.99 * floor);
  });

  it('finds targets that the output cannot give', () => {
    const task = `loss: mse\ndata: { type: teacher }\n${ADAM}`;
    const [sigmoid] = findingsOf([HIDDEN, 'name: answer, type: dense, units: 1, activation: sigmoid'], task);
    expect(sigmoid).toMatchObject({ rule: 'loss-output-mismatch', layer: 'answer' });
    expect(sigmoid.message).toMatch(/only gives 0 to 1/);
  });

  it.each([
    [
      'tanh before standardized targets',
      'type: dense, units: 1, activation: tanh',
      'loss: mse\ndata: { type: teacher }',
    ],
    [
      'sigmoid before squared errors of classes',
      'type: dense, units: 2, activation: sigmoid',
      'loss: mse\ndata: { type: blobs }',
    ],
    ['raw scores', 'type: dense, units: 3', 'loss: cross-entropy\ndata: { type: blobs }'],
    [
      'relu before cross-entropy, which learns',
      'type: dense, units: 3, activation: softplus',
      'loss: cross-entropy\ndata: { type: blobs }',
    ],
  ])('says nothing of %s', (_, answer, task) => {
    expect(findingsOf([HIDDEN, answer], `${task}\n${ADAM}`).map(inShort)).toEqual([]);
  });
});
