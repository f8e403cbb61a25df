import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runTrain } from '../../src/cli/train/run-train';
import { INLINE_WORKERS } from './train-harness';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Trains a text under a file name; `told` are the lines that name a place. */
async function train(name: string, text: string, ...args: readonly string[]) {
  const full = path.join(FOLDER, name);
  writeFileSync(full, text);
  let [out, error] = ['', ''];
  const code = await runTrain(
    [full, ...args],
    {
      out: more => void (out += more),
      error: more => void (error += more),
      terminal: false,
      clearLine: () => undefined,
    },
    INLINE_WORKERS,
  );
  const told = `${error}${out}`
    .split('\n')
    .filter(line => line.startsWith(full))
    .map(line => line.slice(full.length + 1));
  return { code, out, error, told };
}

const PROBABILITIES = `input: [2]
layers:
  - { type: Dense, units: 16, activation: ReLU, kernel_initializer: he_normal }
  - { type: Dense, units: 1, activation: sigmoid }
data: circles
loss: LOSS
optimizer: { type: Adam, lr: 0.02 }
steps: 150
`;

describe('in the terminal', () => {
  it('one fault of the loss is one warning, with the name of its rule', async () => {
    const { told, out, code } = await train('twice.model.yaml', PROBABILITIES.replace('LOSS', 'binary-cross-entropy'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('warning loss-output-mismatch: ');
    expect(out).toMatch(/1 finding|1 warning/);
    expect(code).toBe(1);
  });

  it("Keras's way of the same loss is one form with ours, and nothing is found", async () => {
    const last = (out: string): string => /^loss .*$/m.exec(out)![0];
    const ours = await train(
      'ours.model.yaml',
      PROBABILITIES.replace('LOSS', 'binary-cross-entropy').replace(', activation: sigmoid', ''),
    );
    for (const loss of ['{ type: binary-cross-entropy, from_logits: false }', 'binary_crossentropy']) {
      const { told, out, code } = await train('keras.model.yaml', PROBABILITIES.replace('LOSS', loss));
      expect({ told, code }).toEqual({ told: [], code: 0 });
      expect(last(out)).toBe(last(ours.out));
    }
  });

  it.each([
    ['train.py', 'x = 1\n', 'Python files are not supported yet'],
    [
      'net.model.yaml',
      'import torch\nfrom torch import nn\n\nmodel = nn.Linear(1, 2)\n',
      'Python files are not supported yet',
    ],
    [
      'keras.json',
      JSON.stringify({ class_name: 'Sequential', config: { layers: [{}, {}] }, keras_version: '2.11.0' }),
      'This is a Keras model ' + '(Sequential of 2 layers',
    ],
    [
      'keras.model.json',
      JSON.stringify({ module: 'keras', class_name: 'Functional', config: {}, registered_name: 'F' }),
      'This is a Keras model',
    ],
    ['book.json', JSON.stringify({ cells: [], nbformat: 4, metadata: {} }), 'Notebooks are not supported yet'],
  ])('%s is told for what it is, in one sentence', async (name, text, sentence) => {
    const { told, code } = await train(name, text);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`error other-format: ${sentence}`);
    expect(told[0]).toContain('describe the network in a model file');
    expect(code).toBe(2);
  });

  it('machines get the remedy of a problem by line and column', async () => {
    const { out } = await train(
      'layers.model.yaml',
      'input: [5, 2]\nlayers:\n  - { type: LSTM, units: 3, num_layers: 2 }\n',
      '--json',
    );
    const [{ remedy }] = JSON.parse(out).problems;
    expect(remedy).toMatchObject({
      title: 'Write 2 layers',
      edits: expect.arrayContaining([
        { range: { start: { line: 3, column: expect.any(Number) }, end: expect.anything() }, text: expect.any(String) },
      ]),
    });
  });

  it('as many steps can be asked for as in the editor', async () => {
    const { told, code } = await train(
      'long.model.yaml',
      'input: 4\nlayers: [{ type: dense, units: 1 }]\nsteps: 100001\n',
    );
    expect({ told, code }).toEqual({
      told: ['3:8: error out-of-range: `steps` must be a whole number from 1 to 100,000, but is 100001.'],
      code: 2,
    });
  });
});
