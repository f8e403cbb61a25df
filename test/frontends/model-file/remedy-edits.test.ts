import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import type { SourcePath } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { remedyEdits } from '../../../src/frontends/model-file/remedy-edits';

function after(
  text: string,
  ...changes: readonly (readonly [SourcePath, string | number | readonly (string | number)[] | undefined])[]
): string {
  const document = parseModelFile(text, 'yaml');
  return applyEdits(
    text,
    remedyEdits(
      document,
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

  it('replace a loss that has keys of its own', () => {
    expect(after('loss: { type: cross-entropy, label_smoothing: 0.1 }\n', [['loss'], 'mse'])).toBe('loss: mse\n');
  });
});
