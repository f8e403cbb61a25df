import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { modelFileSchema } from '../../../src/frontends/model-file/schema';
import { CLIPS } from '../../../src/model/vocabulary/clips';
import { DATA } from '../../../src/model/vocabulary/data';
import type { Family } from '../../../src/model/vocabulary/family';
import { INITIALIZERS } from '../../../src/model/vocabulary/initializers';
import type { Keys } from '../../../src/model/vocabulary/key';
import { LAYERS } from '../../../src/model/vocabulary/layers';
import { LOSSES } from '../../../src/model/vocabulary/losses';
import { MODEL_KEYS, TOKEN_KEYS } from '../../../src/model/vocabulary/model';
import { OPTIMIZERS } from '../../../src/model/vocabulary/optimizers';
import { SCHEDULES } from '../../../src/model/vocabulary/schedules';
import { fitsSchema } from './check-schema';

const SCHEMA = modelFileSchema();
const DEFINITIONS = SCHEMA['definitions'] as Record<string, Record<string, unknown>>;
const FAMILIES: readonly Family[] = [LAYERS, INITIALIZERS, LOSSES, DATA, OPTIMIZERS, SCHEDULES, CLIPS];
/** As the text has it, other libraries' names included. */
const fits = (text: string): boolean => fitsSchema(parse(text, { merge: true }), SCHEMA, DEFINITIONS);

/** Problems that one key or value can have; shapes and tasks are beyond a schema. */
const SEEN_BY_SCHEMA = [
  'unknown-key',
  'misplaced-key',
  'wrong-type',
  'out-of-range',
  'unknown-name',
  'unknown-layer',
  'unsupported-layer',
  'unsupported-optimizer',
  'missing-key',
  'missing-value',
  'no-layers',
];

const base = (rest: string): string => `input: 4\nlayers: [{ type: dense, units: 3 }]\n${rest}\n`;
const layer = (fields: string): string => `input: 4\nlayers: [{ ${fields} }]\n`;

describe('the schema', () => {
  it('is JSON, in draft 07, with every reference defined', () => {
    const text = JSON.stringify(SCHEMA);
    expect(JSON.parse(text)).toEqual(SCHEMA);
    expect(SCHEMA['$schema']).toContain('draft-07');
    for (const [, name] of text.matchAll(/"#\/definitions\/([^"]+)"/g)) {
      expect(DEFINITIONS).toHaveProperty(name);
    }
  });

  it.each(readdirSync('examples').filter(name => name.includes('.model.')))('accepts examples/%s', name =>
    expect(fits(readFileSync(`examples/${name}`, 'utf8'))).toBe(true),
  );

  it.each([
    base(''),
    base('loss: mse'),
    base('loss: { type: huber, delta: 2 }'),
    base('optimizer: { type: adam, betas: [0.5, 0.9], ' + 'eps: 1e-5, lr: 1 }'),
    base('clip: adaptive'),
    base('clip: { type: adaptive, factor: 0.1 }'),
    base('optimizer: { type: adam, amsgrad: true }'),
    base('optimizer: adadelta'),
    base('optimizer: { type: nadam, momentum_decay: 0 }'),
    base('optimizer: { type: lion, lr: 1 }'),
    base('optimizer: { type: lbfgs, history_size: 100, tolerance_grad: 0 }'),
    base('optimizer: { type: muon, adjust_lr_fn: match_rms_adamw, adamw_lr: 1e-3 }'),
    base('clip: none'),
    base('clip: { type: value, max: 3 }'),
    base('schedule: { type: step, every: 3 }'),
    base('x-anything: [1, { a: 2 }]'),
    base('data: blobs'),
    base('data: { type: csv, path: a, target: b }'),
    base('regularization: { l1: 1 }'),
    base('batch_size: 1\nsteps: 1\nseed: 0\nvalidation: 0'),
    layer('type: dense, units: 3, kernel_initializer: he-normal'),
    layer('type: dense, units: 3, kernel_initializer: { type: ' + 'normal, std: 1 }'),
    layer('type: residual, layers: [{ type: dense, units: 4 }]'),
    layer('type: dense, units: 8192'),
    layer('type: Linear, out_features: 3, kernel_initializer: xavier_uniform'),
    layer('type: Linear, p: 3'),
    layer('type: Linear'),
    layer('type: transformer-block, heads: 2, norm_first: true').replace('4', '[5, 4]'),
    layer('type: transformer-block, heads: 2, norm_first: 3').replace('4', '[5, 4]'),
    layer('type: conv1d, filters: 1, kernel: 3, padding: valid').replace('4', '[1, 5]'),
    layer('type: MaxPooling2D, pool_size: 2'),
    base('loss: BCEWithLogitsLoss'),
    base('loss: { type: CrossEntropyLoss, weight: [1, 2, 3] }'),
    base('lr_scheduler: { type: StepLR, step_size: 3, gamma: 0.5 }'),
    base('clip: { type: clip_grad_norm, max_norm: 1 }'),
    base('loss: huh'),
    base('losss: mse'),
    base('clip: norm'),
    base('clip: { type: norm }'),
    base('clip: { type: norm, max: 0 ' + '}'),
    base('optimizer: lamb'),
    base('clip: { type: adaptive, factor: 0 }'),
    base('optimizer: { type: lion, epsilon: 1 }'),
    base('optimizer: { type: adamw, amsgrad: true }'),
    base('optimizer: { type: adam, momentum: 1 }'),
    base('optimizer: { type: adam, betas: [1] }'),
    base('steps: 0'),
    base('steps: 1.5'),
    base('steps: "3"'),
    base('validation: 1'),
    base('name: 3'),
    base('name: ""'),
    base('data: csv'),
    base('data: { type: csv, path: a }'),
    base('regularization: { l3: 1 }'),
    layer('type: dense'),
    layer('units: 3'),
    layer('type: dens, units: 3'),
    layer('type: conv3d'),
    layer('type: dense, units: 3, rate: 1'),
    layer('type: dense, units: 8193'),
    layer('type: dense, units: 3, bias: yes'),
    layer('type: dense, units: 3, activation: relo'),
    layer('type: dense, units: 3, ' + 'kernel_initializer: constant'),
    layer('type: dense, units: 3, kernel_initializer: { type: constant }'),
    layer('type: residual'),
    layer('type: dense, units:'),
    'input: 4\nlayers: []\n',
    'input: 0\nlayers: [{ type: dense, units: 3 }]\n',
    'layers: [{ type: dense, units: 3 }]\n',
    'input: { tokens: 4 }\nlayers: [{ type: dense, units: 3 }]\n',
  ])('judges as the compiler does: %j', text => {
    const { problems } = compileModel(parseModelFile(text, 'yaml'));
    expect(fits(text)).toBe(!problems.some(({ code }) => SEEN_BY_SCHEMA.includes(code)));
  });
});

describe('the vocabulary', () => {
  const tables: readonly (readonly [string, Keys])[] = [
    ['model', MODEL_KEYS],
    ['tokens', TOKEN_KEYS],
    ...FAMILIES.flatMap(family =>
      family.variants.map(variant => [`${family.noun} ${variant.name}`, variant.keys] as const),
    ),
  ];

  it.each(tables)('%s: every key has a description and a way to be left out or required', (_, keys) => {
    for (const [name, key] of Object.entries(keys)) {
      expect(key.description, name).toMatch(/^[A-Z`].*\.$/s);
      expect(key.required || key.default !== undefined || key.otherwise !== undefined, name).toBe(true);
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });
  it.each(FAMILIES)('$noun: names are in kebab-case and described, and none is both known and unsupported', family => {
    for (const { name, description, keys, usual } of family.variants) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(description).toMatch(/\.$/);
      expect(family.unsupported).not.toContain(name);
      expect(Object.keys(keys)).toEqual(expect.arrayContaining([...(usual ?? [])]));
      const required = Object.entries(keys)
        .filter(([, key]) => key.required)
        .map(([key]) => key);
      expect(usual ?? []).toEqual(expect.arrayContaining(required));
    }
  });
});
