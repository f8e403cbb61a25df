/** What tests of changes share: models of texts, and what of them a change must bring about. */
import { expect } from 'vitest';
import { compileModel } from '../../src/frontends/model-file/compile';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { layersAsWritten } from '../../src/model/inner-layers';
import type { ModelSpec } from '../../src/model/model-spec';

/** The model of a text without errors. */
export function readModel(text: string, name = 'a.model.yaml'): ModelSpec {
  const { model, problems } = compileModel(parseModelFile(text, languageOf(name)));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return model!;
}

/** A model whose layers are named by their order, without places in a text. */
export function unnamed(model: ModelSpec): unknown {
  const order = new Map(layersAsWritten(model.layers).map(({ path: name }, index) => [name, index]));
  return JSON.parse(
    JSON.stringify(model, (key, value: unknown) => {
      if (key === 'source' || (key === 'name' && value !== model.name)) return undefined;
      if (key === 'path') return order.get(value as string) ?? value;
      return key === 'inputs' && Array.isArray(value) ? value.map(name => order.get(name as string) ?? 'input') : value;
    }),
  );
}
