/** Golden cases as model files: what the vocabulary has compiles, and nothing else is left out. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCase } from '../../src/cli/golden/case-file';
import { toModelFile } from '../../src/cli/golden/to-model-file';
import { unsupportedOperators } from '../../src/cli/golden/unsupported-operators';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { layoutOf } from '../../src/training/build/run-layout';
import { FOLDER } from './cases';

const NAMES = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -5));

describe.each(NAMES)('%s', name => {
  const golden = readCase(FOLDER, name);

  if (unsupportedOperators(golden.spec).length > 0) {
    it('is refused by the compiler, as it is listed as not supported', () => {
      expect(compileModel(parseModelFile(toModelFile(golden.spec), 'json')).model).toBeUndefined();
    });
    return;
  }

  it('compiles to a model with the parameters of the case', () => {
    const { model, problems } = compileModel(parseModelFile(toModelFile(golden.spec), 'json'));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { parameters } = layoutOf(model?.layers ?? []);
    const initial = [...golden.tensors].filter(([tensor]) => tensor.startsWith('initial.'));
    const expected = initial.map(([tensor, { shape }]): [string, unknown] => [tensor.slice('initial.'.length), shape]);
    const actual = parameters.map((parameter): [string, unknown] => [parameter.name, parameter.shape]);
    expect(new Map(actual)).toEqual(new Map(expected));
  });
});
