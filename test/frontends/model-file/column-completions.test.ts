import { describe, expect, it } from 'vitest';
import { columnFileAt, columnsIn } from '../../../src/frontends/model-file/assist/column-completions';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { parseModelFile } from '../../../src/frontends/model-file/parse';

const COLUMNS = ['id', 'age in years', 'churn'];

function at(
  marked: string,
  columns: readonly string[] = COLUMNS,
): { readonly file: unknown; readonly inserted: readonly string[] } {
  const offset = marked.indexOf('|');
  const document = parseModelFile(marked.replace('|', ''), 'yaml');
  return {
    file: columnFileAt(document, offset),
    inserted: completionsAt(document, offset, columns).map(({ insertText }) => insertText),
  };
}

describe('columns of the data file', () => {
  const file = { path: 'a.csv', format: 'csv' };

  it('complete at target, with the input as another', () => {
    expect(at('data: { type: csv, path: a.csv, target: | }')).toEqual({
      file,
      inserted: ['id', 'age in years', 'churn', 'input'],
    });
    expect(at('data:\n  type: csv\n  path: a.csv\n  target:|\n').inserted).toEqual([
      ' id',
      ' age in years',
      ' churn',
      ' input',
    ]);
    expect(at('data: { type: csv, path: a.csv, target: ch| }').inserted).toContain('churn');
  });

  it('complete at columns and drop, without those that are named already', () => {
    expect(at('data: { type: csv, path: a.csv, target: churn, drop: | }')).toEqual({
      file,
      inserted: ['[id]', '[age in years]'],
    });
    expect(at('data: { type: csv, path: a.csv, target: churn, drop: [id, |] }').inserted).toEqual(['age in years']);
    expect(at('data:\n  type: csv\n  path: a.csv\n  target: churn\n  columns:\n    - |\n').inserted).toEqual([
      'id',
      'age in years',
    ]);
  });

  it('have a placeholder where none is known, so that no word of the text is offered in their place', () => {
    expect(at('data: { type: csv, path: a.csv, target: | }', []).inserted).toEqual(['input']);
    expect(at('data: { type: csv, path: a.csv, target: y, drop: | }', []).inserted).toEqual(['[${1:column}]']);
    expect(at('data: { type: csv, path: a.csv, target: y, drop: [|] }', []).inserted).toEqual(['${1:column}']);
  });

  it('have the input beside them where a target is an array or a file', () => {
    for (const place of [
      'npz, path: p, target',
      'npy, path: p, targets',
      'idx, path: p, labels',
      'idx, path: p, target',
    ]) {
      const { file: asked, inserted } = at(`data: { type: ${place}: | }`);
      expect(asked).toBeUndefined();
      expect(inserted).toContain('input');
    }
  });

  it('are asked for at their places alone', () => {
    expect(at('data: { type: csv, path: |, target: y }').file).toBeUndefined();
    expect(at('data: { type: csv, target: | }').file).toBeUndefined();
    expect(at('loss: |').file).toBeUndefined();
    expect(at('data: { type: json-lines, path: a.jsonl, target: | }').file).toEqual({
      path: 'a.jsonl',
      format: 'lines',
    });
  });

  it('come from the header, or from the fields of the first line', () => {
    expect(columnsIn('a;"b c"\n1;2\n', 'csv')).toEqual(['a', 'b c']);
    expect(columnsIn('\n{"x": [1], "y": 2}\n{"z": 1}', 'lines')).toEqual(['x', 'y']);
    expect(columnsIn('{"x": ', 'lines')).toEqual([]);
    expect(columnsIn('', 'csv')).toEqual([]);
  });
});
