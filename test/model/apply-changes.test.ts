/** Changes of a model, held against the model of the edited text. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../src/frontends/model-file/compile';
import { changeValues } from '../../src/frontends/model-file/edit';
import { readModelFile } from '../../src/frontends/model-file/front-end';
import { languageOf } from '../../src/frontends/model-file/model-file-name';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { applyChanges } from '../../src/model/apply-changes';
import { reset, set, type ChangeValue } from '../../src/model/change';
import { layersAsWritten } from '../../src/model/inner-layers';
import type { LayerSpec } from '../../src/model/model-spec';
import type { Place } from '../../src/model/place';
import type { WrittenValue } from '../../src/model/vocabulary/key';
import { applyEdits } from '../../src/text/compose-edits';
import { readModel, unnamed } from './read-model';

const ROOT = path.join(import.meta.dirname, '../..');
const FILES = ['examples', 'evaluation'].flatMap(folder => modelFiles(path.join(ROOT, folder)));

function modelFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? modelFiles(file) : /\.model\.(ya?ml|json)$/.test(entry.name) ? [file] : [];
  });
}

it.each(FILES.map(file => path.relative(ROOT, file)))('%s stays what it is without changes', file => {
  const { model } = compileModel(parseModelFile(fs.readFileSync(path.join(ROOT, file), 'utf8'), languageOf(file)));
  if (model) expect(applyChanges(model, []).model).toEqual(model);
});

/** `inText`: the value under the names of keys, where these are others. */
const SETTING_VALUES: readonly { readonly at: Place; readonly value: ChangeValue; readonly inText?: unknown }[] = [
  { at: { setting: 'clip' }, value: { type: 'norm', max: 1 } },
  { at: { setting: 'clip' }, value: { type: 'adaptive' } },
  { at: { setting: 'schedule' }, value: { type: 'cosine', warmup: 20 } },
  {
    at: { setting: 'schedule' },
    value: { type: 'one-cycle', warmupShare: 0.2 },
    inText: { type: 'one-cycle', pct_start: 0.2 },
  },
  {
    at: { setting: 'optimizer' },
    value: { type: 'adamw', learningRate: 0.003, beta2: 0.99 },
    inText: { type: 'adamw', learning_rate: 0.003, betas: [0.9, 0.99] },
  },
  { at: { setting: 'optimizer' }, value: { type: 'muon' } },
  { at: { setting: 'optimizer' }, value: { type: 'lbfgs' } },
  { at: { setting: 'regularization' }, value: { l2: 0.001 } },
  { at: { setting: 'batchSize' }, value: 16 },
  { at: { setting: 'steps' }, value: 40 },
  { at: { setting: 'seed' }, value: 7 },
];

/** Enough of them: one alike says no more. */
function firstOfEachType(layers: readonly LayerSpec[]): readonly LayerSpec[] {
  return layers.filter(layer => layers.filter(({ type }) => type === layer.type).indexOf(layer) < 3);
}

describe.each(FILES.filter(file => file.includes('/examples/') && !file.includes('evaluation')))('%s', file => {
  const text = fs.readFileSync(file, 'utf8');
  const name = path.basename(file);
  const model = readModel(text, name);
  const document = parseModelFile(text, languageOf(name));
  const layers = layersAsWritten(model.layers);
  const source = readModelFile(text, { fileName: name });
  const agrees = (at: Place, value: ChangeValue | undefined, inText: unknown = value): void => {
    const edits = changeValues(document, [{ path: source.pathOf(at), value: inText as WrittenValue | undefined }]);
    const edited = compileModel(parseModelFile(applyEdits(text, edits), languageOf(name)));
    const result = applyChanges(model, [value === undefined ? reset(at) : set(at, value)]);
    const codes = (list: readonly { readonly code: string; readonly severity: string }[]): string[] =>
      list.map(({ code, severity }) => `${severity} ${code}`).sort();
    expect(codes(result.problems)).toEqual(codes(edited.problems));
    expect(result.model && unnamed(result.model)).toEqual(edited.model && unnamed(edited.model));
  };

  it.each(SETTING_VALUES)('has $at set to $value', ({ at, value, inText = value }) => agrees(at, value, inText));
  it.each(['loss', 'data', 'optimizer', 'schedule', 'clip', 'regularization', 'batchSize', 'validation'] as const)(
    'has %s reset',
    setting => agrees({ setting }, undefined),
  );
  it('has parts of layers set and reset', () => {
    for (const layer of firstOfEachType(layers)) {
      const parts = { ...layer } as Readonly<Record<string, unknown>>;
      // The keys of a block are those of the layers inside it.
      if (layer.path.includes('.') && ['attend', 'feed'].some(inner => layer.path.includes(`.${inner}`))) continue;
      const place = (part: string): Place => ({ layer: layer.path, part: part as never });
      if ('kernelInitializer' in layer) {
        agrees(place('kernelInitializer'), { type: 'normal', std: 0.3 });
        agrees(place('kernelInitializer'), 'orthogonal');
        agrees(place('kernelInitializer'), undefined);
        agrees(place('trainable'), false);
        agrees(place('learningRateMultiplier'), 0.5, 0.5);
      }
      if ('units' in layer && !layer.tiedTo) agrees(place('units'), layer.units + 2);
      if ('filters' in layer) agrees(place('filters'), 2 * layer.filters);
      if ('bias' in layer) agrees(place('bias'), !layer.bias);
      if (parts['nonlinearity'] !== undefined) agrees(place('nonlinearity'), 'sigmoid');
      if (layer.type === 'dense') {
        agrees(place('activation'), 'tanh');
        agrees(place('activation'), undefined);
        agrees(place('activation'), 'glu');
      }
      if (layer.type === 'residual') agrees(place('trainable'), false);
      if (layer.type === 'transformer-block') {
        agrees(place('heads'), 1);
        agrees(place('norm'), layer.norm === 'pre' ? 'post' : 'pre');
        agrees(place('activation'), 'swiglu');
        agrees(place('dropout'), 0.1);
        agrees(place('kernelInitializer'), { type: 'he-normal' });
        agrees(place('feedForward'), undefined);
      }
    }
  });
});
