import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { loadDataset } from '../../../src/training/data/load-dataset';

const { model } = compileModel(
  parseModelFile(
    'input: [1]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\ndata: { type: csv, path: f, target: y }\n',
    'yaml',
  ),
);
const load = (text: string) =>
  loadDataset(model!, { files: { f: new TextEncoder().encode(text) }, limitBytes: 2 ** 28 }, new Random(1));

describe('a number of a table', () => {
  it.each([
    ['a,y\n1e39,0\n1,1\n', /row 2, column "a": 1e\+39 is beyond .* go to 3\.4e38/],
    ['a,y\n1,0\n1,-4e38\n', /row 3, column "y": -4e\+38 is beyond/],
  ])('beyond float32 is refused where it stands: %j', (text, told) => expect(() => load(text)).toThrow(told));

  it('of the largest float32 is taken', () => expect(load('a,y\n3.4028234e38,0\n1,1\n').examples).toBe(2));
});
