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

const HIDDEN = 'name: hidden, type: dense, units: 16, activation: relu, kernel_initializer: he-normal';
const ADAM = 'optimizer: { type: adam, learning_rate: 0.01 }\nsteps: 120';

describe('dead-output', () => {
  it.each(['loss: binary-cross-entropy\ndata: { type: circles }', 'loss: mse\ndata: { type: teacher }'])(
    'is certain of softmax over one unit, whatever the loss: %j',
    task => {
      const findings = findingsOf(
        [HIDDEN, 'name: answer, type: dense, units: 1, activation: softmax'],
        `${task}\n${ADAM}`,
      );
      expect(findings.map(inShort)).toEqual(['error dead-output answer answer activation']);
      expect(findings[0].fixes).toEqual(['linear-output', 'matching-loss', 'output-per-class']);
    },
  );

  it('sees through a dropout after the output', () => {
    const findings = findingsOf(
      [HIDDEN, 'name: answer, type: dense, units: 1, activation: softmax', 'type: dropout, rate: 0.1'],
      `loss: mse\ndata: { type: teacher }\n${ADAM}`,
    );
    expect(findings[0]).toMatchObject({ rule: 'dead-output', layer: 'answer' });
  });

  it('finds a relu output that is off for every example', () => {
    const answer =
      'name: answer, type: dense, units: 1, activation: relu, bias_initializer: { type: constant, value: -9 }';
    const [first] = findingsOf([HIDDEN, answer], `loss: binary-cross-entropy\ndata: { type: circles }\n${ADAM}`);
    expect(['dead-output', 'loss-output-mismatch']).toContain(first.rule);
    expect(first.layer).toBe('answer');
  });

  it('says nothing of softmax over several units, or of one unit without it', () => {
    const linear = findingsOf([HIDDEN, 'type: dense, units: 1'], `loss: mse\ndata: { type: teacher }\n${ADAM}`);
    const several = findingsOf(
      [HIDDEN, 'type: dense, units: 2, activation: softmax'],
      `loss: mse\ndata: { type: blobs }\n${ADAM}`,
    );
    expect([...linear, ...several].map(inShort)).toEqual([]);
  });
});
