import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIX_MAKERS } from '../../src/fixes/catalog';
import { applyEdits, changeValues } from '../../src/frontends/model-file/edit';
import { keepNames, redirectInputs } from '../../src/frontends/model-file/write/kept-names';
import { runToEnd } from '../../src/training/run-in-process';
import type { FixId } from '../../src/diagnosis/finding';
import { compile, finding, written } from './context';

const TEXT = readFileSync(new URL('./samples/graph.model.yaml', import.meta.url), 'utf8');
const { source, model } = compile(TEXT);
const history = runToEnd(model, { memoryLimitBytes: 2 ** 28 });
const cured = (id: FixId, layer: string): string | undefined => {
  const draft = FIX_MAKERS[id]({ model, history, finding: finding({ layer }) });
  return draft && written(source, draft.changes);
};

describe('cures of a graph', () => {
  it('keep the names made from types that layers are read by', () => {
    const text = cured('lstm-recurrent', 'rnn1')!;
    expect(text).toContain('{ type: lstm, units: 8, output: sequence, name: rnn1 }');
    expect(text).toContain('{ type: lstm, units: 8, output: sequence, tied_to: rnn1, name: rnn2 } # the same again');
    expect(compile(text).model.layers.map(({ path }) => path)).toEqual(model.layers.map(({ path }) => path));
  });

  it('put a normalization where all that read the layer get it', () => {
    const text = cured('layer-norm', 'narrow')!;
    const after = compile(text).model;
    const read = (name: string): readonly string[] => after.layers.find(layer => layer.name === name)!.inputs;
    expect(text).toContain('- { name: wide-out, type: activation, activation: tanh }');
    expect(read('joined')).toEqual(['again', 'wide-out', 'letters']);
    expect(read('both')).toEqual(['rnn1', 'rnn2']);
    expect(after.layers.find(({ name }) => name === 'again')!.tiedTo?.path).toBe('wide');
  });

  it('wrap no layer into a residual that says itself what it reads, or that others join', () => {
    const chain = Array.from(
      { length: 5 },
      (_, index) => `  - { type: dense, units: 4, activation: relu${index === 2 ? ', inputs: dense1' : ''} }\n`,
    );
    const graph = compile(
      `input: 4\nlayers:\n${chain.join('')}  - { type: add, inputs: [dense2, dense5] }\n  - { type: dense, units: 4, ` +
        `activation: relu }\n  - { type: dense, units: 4, activation: relu }\n  - { type: dense, units: 1 }\nloss: mse\n`,
    );
    const run = runToEnd({ ...graph.model, steps: 5 }, { memoryLimitBytes: 2 ** 28 });
    const draft = FIX_MAKERS['residual-connections']({ ...graph, history: run, finding: finding({}) })!;
    const after = compile(written(graph.source, draft.changes)).model;
    expect(after.layers.map(({ type, inputs }) => `${type} ${inputs.join()}`)).toEqual([
      'dense ',
      'dense dense1',
      'dense dense1',
      'residual dense3',
      'dense residual1',
      'add dense2,dense5',
      'residual add1',
      'residual residual2',
      'dense residual3',
    ]);
  });

  it('change tied weights where their owner stands', () => {
    const orthogonal = cured('orthogonal-recurrent-initializer', 'rnn2')!;
    expect(orthogonal).toContain('{ type: rnn, units: 8, output: sequence, recurrent_initializer: orthogonal }');
    expect(orthogonal.match(/orthogonal/g)).toHaveLength(1);
    const fitting = cured('fitting-initializer', 'again')!;
    expect(fitting).toContain('{ name: wide, type: dense, units: 8, activation: tanh }');
    expect(fitting).toContain('{ name: again, type: dense, units: 8, activation: tanh, tied_to: wide }');
    expect(cured('smaller-output-initializer', 'scores')).toBeUndefined();
  });
});

describe('names of layers in an edit', () => {
  it('can be given for good, and only where they are mentioned', () => {
    expect(keepNames(source, model)).toEqual([
      { path: ['layers', 1, 'name'], value: 'rnn1' },
      { path: ['layers', 2, 'name'], value: 'rnn2' },
    ]);
  });

  it('can lead to a layer that is put behind', () => {
    const other = compile(`input: 4
layers:
  - name: block
    type: residual
    layers: [{ name: up, type: dense, units: 4 }, { name: down, type: dense, units: 4, inputs: up }]
  - { name: sum, type: add, inputs: [block, block.up] }
`);
    const edits = changeValues(other.document, redirectInputs(other.source, other.model, 'block.up', 'norm'));
    expect(applyEdits(other.document.text, edits)).toBe(
      other.document.text.replace('inputs: up', 'inputs: norm').replace('[block, block.up]', '[block, block.norm]'),
    );
  });
});
