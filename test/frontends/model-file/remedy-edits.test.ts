import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import type { BlamedPlace } from '../../../src/model/place';
import { readModelFile } from '../../../src/frontends/model-file/front-end';
import { remedyEdits } from '../../../src/frontends/model-file/remedy-edits';

function after(
  text: string,
  ...changes: readonly (readonly [BlamedPlace, string | number | readonly (string | number)[] | undefined])[]
): string {
  return applyEdits(
    text,
    remedyEdits(
      readModelFile(text, { fileName: 'a.model.yaml' }),
      changes.map(([path, value]) => ({ path, value })),
    ),
  );
}

describe('edits of a remedy', () => {
  it('add and change keys, comments kept', () => {
    expect(
      after(
        'input: [5]   # five\ndata: { type: csv, path: a.csv, target: y }\n',
        [['data', 'drop'], ['id']],
        [['input'], [4]],
      ),
    ).toBe('input: [4]   # five\ndata: { type: csv, path: a.csv, target: y, drop: [id] }\n');
    expect(after('data:\n  type: csv\n  path: a\n  target: y\n', [['data', 'missing'], 'mean'])).toContain(
      '  missing: mean\n',
    );
  });

  it('keep the name that the file has for a key', () => {
    expect(after('data: { type: idx, path: a, target: b }', [['data', 'labels'], 'input'])).toBe(
      'data: { type: idx, path: a, target: input }',
    );
    expect(after('data: { type: idx, path: a, labels: b }', [['data', 'labels'], 'input'])).toBe(
      'data: { type: idx, path: a, labels: input }',
    );
  });

  it('find the layer that a remedy names, by the name that the file has for its key', () => {
    const text = 'input: [2]\nlayers: [{ type: dense, units: 3 }, { type: linear, out_features: 2 }]\nloss: mse\n';
    expect(after(text, [{ layer: 'dense2', part: 'units' }, 3])).toBe(
      text.replace('out_features: 2', 'out_features: 3'),
    );
  });

  it('replace a loss that has keys of its own', () => {
    expect(after('loss: { type: cross-entropy, label_smoothing: 0.1 }\n', [['loss'], 'mse'])).toBe('loss: mse\n');
  });
});
