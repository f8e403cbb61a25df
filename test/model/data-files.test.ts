import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/frontends/model-file/compile';
import { dataFilesOf } from '../../src/model/data-files';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { DATA } from '../../src/model/vocabulary/data';

const MODELS: Readonly<Record<string, string>> = {
  text: 'input: { tokens: 8, length: 4 }\nlayers: [{ type: embedding, units: 2 }, { type: dense, units: 8 }]\n',
  'sentence-pairs':
    'input: { tokens: 8, length: 4 }\nlayers: [{ type: seq2seq, embedding: 2, units: 2, target_length: 2 }]\n',
};
const PLAIN = 'input: [2]\nlayers: [{ type: dense, units: 3 }]\n';

describe('data files', () => {
  it.each(DATA.variants.map(({ name, keys }) => [name, keys] as const))(
    'of %s are all the paths that it names',
    (name, keys) => {
      const paths = Object.entries(keys)
        .filter(([, key]) => key.description.startsWith('Path of'))
        .map(([key]) => key);
      const required = Object.entries(keys)
        .filter(([, key]) => key.required)
        .map(([key]) => `${key}: the-${key}`);
      const text = `${MODELS[name] ?? PLAIN}data: { ${[`type: ${name}`, ...required].join(', ')} }\n`;
      // What is asked is which keys name files, not whether every task fits this small model.
      const { model } = compileModel(parseModelFile(text, 'yaml'));
      if (paths.length > 0) expect(model, text).toBeDefined();
      const found = model ? dataFilesOf(model.data).map(({ path, source }) => ({ path, source })) : [];
      expect(found).toEqual(paths.map(key => ({ path: `the-${key}`, source: ['data', key] })));
    },
  );

  it('are the inputs alone where the input is the target', () => {
    for (const [type, key] of [
      ['npy', 'targets'],
      ['npy', 'target'],
      ['idx', 'labels'],
      ['idx', 'target'],
    ]) {
      const text = `input: [2]\nlayers: [{ type: dense, units: 2 }]\ndata: { type: ${type}, path: p, ${key}: input }\n`;
      const { model } = compileModel(parseModelFile(text, 'yaml'));
      expect(model && dataFilesOf(model.data)).toEqual([{ path: 'p', source: ['data', 'path'] }]);
    }
  });

  it('of tables say how many rows are read', () => {
    const { model } = compileModel(
      parseModelFile(`${PLAIN}data: { type: csv, path: p, target: t, rows: 50 }\n`, 'yaml'),
    );
    expect(model && dataFilesOf(model.data)).toEqual([
      { path: 'p', source: ['data', 'path'], table: { format: 'csv', rows: 50 } },
    ]);
  });
});
