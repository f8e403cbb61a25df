/** What each kind of change makes of a model file, however it is laid out. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NotWritable } from '../../../../src/frontends/frontend';
import { readModelFile } from '../../../../src/frontends/model-file/front-end';
import { reset, set, type Change } from '../../../../src/model/change';
import { LEARNING_RATE_PLACE } from '../../../../src/model/place';
import { applyEdits } from '../../../../src/text/compose-edits';

function written(text: string, changes: readonly Change[], fileName = 'a.model.yaml'): string {
  const edits = readModelFile(text, { fileName }).write(changes);
  if (edits instanceof NotWritable) throw new Error(edits.reason);
  return applyEdits(text, edits);
}

const head = 'input: [8]\nlayers:\n';
const tail = 'loss: mse\ndata: { type: teacher }\n';
const FLOW = `${head}  - { name: a, type: dense, units: 8, activation: relu }\n  - { type: dense, units: 8 }\n  - { type: dense, units: 1 }\n${tail}`;
const BLOCK = `${head}  - type: dense # first\n    units: 8\n    activation: relu\n  - type: dense\n    units: 1\n${tail}`;
const JSON_TEXT =
  '{ "input": [8], "layers": [{ "type": "dense", "units": 8 }, { "type": "dense", "units": 1 }], "loss": "mse" }';

describe('set', () => {
  it('makes a setting that is a bare name, or nowhere, a mapping with its type', () => {
    expect(written(`${FLOW}optimizer: sgd # plain\n`, [set(LEARNING_RATE_PLACE, 0.5)])).toContain(
      'optimizer: { type: sgd, learning_rate: 0.5 } # plain',
    );
    expect(written(FLOW, [set(LEARNING_RATE_PLACE, 0.5)])).toContain('optimizer: { type: adam, learning_rate: 0.5 }');
    expect(written(JSON_TEXT, [set(LEARNING_RATE_PLACE, 0.5)], 'a.model.json')).toContain(
      '"optimizer": { "type": "adam", "learning_rate": 0.5 }',
    );
  });

  it('keeps the rate of a model that names no optimizer where another part of that is set', () => {
    const part = set({ setting: 'optimizer', part: 'weightDecay' }, 0.1);
    expect(written(FLOW, [part])).toContain('optimizer: { type: adam, learning_rate: 0.01, weight_decay: 0.1 }');
    expect(written(`${FLOW}optimizer: adam\n`, [part])).toContain('optimizer: { type: adam, weight_decay: 0.1 }');
  });

  it('writes one of a pair with the other', () => {
    const beta = set({ setting: 'optimizer', part: 'beta2' }, 0.95);
    expect(written(`${FLOW}optimizer: { type: adam, betas: [0.8, 0.9] }\n`, [beta])).toContain('betas: [0.8, 0.95]');
    const both = [set({ setting: 'optimizer', part: 'beta1' }, 0.7), beta];
    expect(written(`${FLOW}optimizer: { type: adam }\n`, both)).toContain('betas: [0.7, 0.95]');
    const whole = set({ setting: 'optimizer' }, { type: 'adam', beta2: 0.95 });
    expect(written(FLOW, [whole])).toContain('optimizer: { type: adam, betas: [0.9, 0.95] }');
  });

  it("writes the rate of muon's AdamW only where the file gives it one", () => {
    const rates = [set(LEARNING_RATE_PLACE, 0.01), set({ setting: 'optimizer', part: 'adamwLearningRate' }, 1.5e-4)];
    expect(written(`${FLOW}optimizer: { type: muon, learning_rate: 0.02 }\n`, rates)).toContain(
      '{ type: muon, learning_rate: 0.01 }',
    );
    expect(
      written(`${FLOW}optimizer: { type: muon, learning_rate: 0.02, adamw_learning_rate: 3e-4 }\n`, rates),
    ).toContain('{ type: muon, learning_rate: 0.01, adamw_learning_rate: 1.5e-4 }');
  });

  it('takes the key of the standard initializer away, unless its value is shared', () => {
    const standard = (layer: string): Change => set({ layer, part: 'kernelInitializer' }, { type: 'glorot-uniform' });
    const own = FLOW.replace('relu }', 'relu, kernel_initializer: ones }');
    expect(written(own, [standard('a')])).toBe(FLOW);
    expect(written(FLOW, [standard('a')])).toBe(FLOW);
    const shared = own.replace('ones', '&start ones').replace('units: 1 }', 'units: 1, kernel_initializer: *start }');
    expect(written(shared, [standard('a')])).toContain('kernel_initializer: glorot-uniform }');
    expect(written(shared, [standard('a'), standard('dense3')])).toBe(shared.replace('ones', 'glorot-uniform'));
  });
});

describe('reset', () => {
  it('takes a key or a whole setting away', () => {
    expect(written(BLOCK, [reset({ layer: 'dense1', part: 'activation' })])).toBe(
      BLOCK.replace('    activation: relu\n', ''),
    );
    expect(written(`${FLOW}clip: { type: norm, max: 1 } # tight\n`, [reset({ setting: 'clip' })])).toBe(
      `${FLOW}# tight\n`,
    );
  });
});

describe('insert-after', () => {
  const norm: Change = { kind: 'insert-after', layer: 'dense1', layers: [{ type: 'batch-norm' }] };
  it('writes the new layer as the one beside it', () => {
    expect(written(BLOCK, [norm])).toBe(BLOCK.replace('    activation: relu\n', '$&  - type: batch-norm\n'));
    expect(written(JSON_TEXT, [norm], 'a.model.json')).toContain('{ "type": "batch-norm" }, { "type": "dense"');
  });
  it('lets those that named the layer read the last new one', () => {
    const named = FLOW.replace('units: 8 }', 'units: 8, inputs: a }');
    expect(written(named, [{ ...norm, layer: 'a' }])).toContain(
      '  - { name: a-out, type: batch-norm }\n  - { type: dense, units: 8, inputs: a-out }',
    );
  });
});

describe('wrap', () => {
  it('puts neighbors into a residual, which is read in place of the last', () => {
    const wrap: Change = { kind: 'wrap', from: 'a', to: 'a', in: 'residual' };
    expect(written(FLOW, [wrap])).toContain(
      '  - type: residual\n    layers:\n      - { name: a, type: dense, units: 8, activation: relu }\n',
    );
    const text = written(FLOW.replace('units: 8 }', 'units: 8, inputs: a }'), [wrap]);
    expect(text).toContain('inputs: a-block }');
    expect(readModelFile(text, { fileName: 'a.model.yaml' }).problems).toEqual([]);
  });
  it('is refused where a layer inside is named from outside', () => {
    const tied = FLOW.replace('units: 8 }', 'units: 8, tied_to: a }');
    const edits = readModelFile(tied, { fileName: 'a.model.yaml' }).write([
      { kind: 'wrap', from: 'a', to: 'a', in: 'residual' },
    ]);
    expect(edits).toBeInstanceOf(NotWritable);
  });
});

describe('remove, insert-first and replace-type', () => {
  const GRAPH = `${head}  - { name: a, type: dense, units: 8 }\n  - { type: layer-norm }\n  - { name: b, type: dense, units: 8, inputs: layer-norm1 }\n  - { type: dense, units: 1 }\n${tail}`;
  it('let those that named a removed layer read what it read', () => {
    expect(written(GRAPH, [{ kind: 'remove', layer: 'layer-norm1' }])).toBe(
      GRAPH.replace('  - { type: layer-norm }\n', '').replace('inputs: layer-norm1', 'inputs: a'),
    );
  });
  it('begin the inner layers of a residual', () => {
    const text = `${head}  - { name: r, type: residual, layers: [{ type: dense, units: 8 }] }\n  - { type: dense, units: 1 }\n${tail}`;
    expect(written(text, [{ kind: 'insert-first', inside: 'r', layers: [{ type: 'layer-norm' }] }])).toContain(
      'layers: [{ type: layer-norm }, { type: dense, units: 8 }]',
    );
  });
  it('keep what both types have', () => {
    const text = `input: [4, 2]\nlayers:\n  - { name: m, type: rnn, units: 8 } # memory\n  - { type: dense, units: 1 }\n${tail}`;
    expect(written(text, [{ kind: 'replace-type', layer: 'm', type: 'gru' }])).toBe(text.replace('rnn', 'gru'));
  });
});

it('is refused for layers that have no entry of their own, and for texts that are no model', () => {
  const block = `input: { tokens: 8, length: 6 }\nlayers:\n  - { type: embedding, units: 8 }\n  - { name: t, type: transformer-block, heads: 2 }\n  - { type: dense, units: 8 }\nloss: cross-entropy\n`;
  const remove = (layer: string): Change => ({ kind: 'remove', layer });
  expect(() => written(block, [remove('t.attend')])).toThrow(/no entry of its own/);
  expect(() => written(FLOW, [remove('gone')])).toThrow(/layer gone is no longer/);
  expect(() => written('input: [8]\n', [reset({ setting: 'clip' })])).toThrow(/errors/);
});

const samples = new URL('../edit-samples/', import.meta.url);
describe.each(readdirSync(samples))('a rate and a clip in %s', name => {
  const text = readFileSync(new URL(name, samples), 'utf8');
  const source = readModelFile(text, { fileName: name });
  it.runIf(source.model !== undefined)('are what the text says then, and a second time change nothing', () => {
    const changes = [set(LEARNING_RATE_PLACE, 0.125), set({ setting: 'clip' }, { type: 'norm', max: 0.75 })];
    const after = readModelFile(written(text, changes, name), { fileName: name });
    expect(after.model?.optimizer.learningRate).toBe(0.125);
    expect(after.model?.clip).toEqual({ type: 'norm', max: 0.75 });
    expect(after.model?.layers.map(({ path }) => path)).toEqual(source.model?.layers.map(({ path }) => path));
    expect(after.write(changes)).toEqual([]);
  });
});
