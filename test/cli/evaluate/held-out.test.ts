/** What is held out stays so: its totals are told, and none of its cases. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collection } from '../../../src/cli/evaluate/collections';
import { partOf } from '../../../src/cli/evaluate/part';
import { inJson, inWords } from '../../../src/cli/evaluate/report';
import { isChosen, reportsOf } from '../../../src/cli/evaluate/run-evaluate';
import { readCollections } from '../../../src/cli/evaluate/collections';
import type { Trial } from '../../../src/cli/evaluate/trial';
import type { PlantedFault } from '../../../src/cli/evaluate/truth';

const FAULT: PlantedFault = {
  what: '',
  roots: ['dead-relu'],
  layers: '*',
  curable: true,
  harm: true,
  cures: ['zero-bias'],
};
const NAMES = ['seen-fault', 'kept-fault'];
const collection: Collection = {
  title: 'Planted',
  faults: new Map(NAMES.map(name => [name, FAULT])),
  healthy: NAMES,
  isSplit: true,
  partOf: name => (name.startsWith('kept') ? 'held-out' : 'development'),
  file: () => '',
};
/** Wrong in every way: missed, uncured, and said to train. */
const trials = (): Trial => ({
  outcome: { finite: true, relativeLoss: 1 },
  verdict: 'trains',
  findings: [],
  milliseconds: 0,
  cureSought: true,
});

describe('the held-out part', () => {
  it('is chosen by the name alone, and is about half', () => {
    expect(partOf('sigmoid-12')).toBe(partOf('sigmoid-12'));
    const names = Array.from({ length: 1000 }, (_, index) => `model-${index}`);
    const heldOut = names.filter(name => partOf(name) === 'held-out').length;
    expect(heldOut).toBeGreaterThan(430);
    expect(heldOut).toBeLessThan(570);
  });

  it('stays where it is: these are fixed for ever', () => {
    expect(['sigmoid-12', 'rnn-large', 'clip-never', 'batch-of-one'].map(partOf)).toMatchInlineSnapshot(`
      [
        "development",
        "development",
        "development",
        "held-out",
      ]
    `);
  });

  it.each([inWords, inJson])('tells its totals and none of its cases', write => {
    const text = write(reportsOf(collection, [1, 2], trials, false));
    expect(text).toContain('held-out');
    expect(text).toContain('seen-fault');
    expect(text).not.toContain('kept-fault');
  });

  it.each([inWords, inJson])('tells them when asked to reveal', write => {
    expect(write(reportsOf(collection, [1, 2], trials, true))).toContain('kept-fault');
  });

  it('is left out by a filter, whose total would be the case', () => {
    expect(isChosen(collection, 'kept-fault', 'fault', false)).toBe(false);
    expect(isChosen(collection, 'seen-fault', 'fault', false)).toBe(true);
    expect(isChosen(collection, 'kept-fault', 'fault', true)).toBe(true);
    expect(isChosen(collection, 'kept-fault', undefined, false)).toBe(true);
  });
});

describe('reading a suite', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'suite-'));
    for (const kind of ['faulty', 'healthy']) fs.mkdirSync(path.join(folder, kind));
    fs.writeFileSync(path.join(folder, 'truth.json'), JSON.stringify({ one: FAULT }));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('names a fault without a twin', () => {
    fs.writeFileSync(path.join(folder, 'faulty/one.model.yaml'), '');
    expect(() => readCollections(folder)).toThrow(/the models disagree on one\. Every faulty model needs .* a twin/);
  });

  it('reads faulty models and twins', () => {
    for (const kind of ['faulty', 'healthy']) fs.writeFileSync(path.join(folder, kind, 'one.model.yaml'), '');
    const [suite] = readCollections(folder);
    expect([...suite.faults.keys()]).toEqual(['one']);
    expect(suite.file('healthy', 'one')).toBe(path.join(folder, 'healthy/one.model.yaml'));
  });

  it('says where it looked when there is no suite', () => {
    expect(() => readCollections(path.join(folder, 'faulty'))).toThrow(/no truth\.json/);
  });
});
