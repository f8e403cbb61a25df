/**
 * Settings of another kind than they should be. `-5` ended the extension host as soon as a model file was opened, a
 * text for a list its start.
 */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  choicesSetting,
  flagSetting,
  NUMBER_SETTINGS,
  numberSetting,
  SEVERITIES,
  textsSetting,
} from '../../src/extension/settings/setting-values';

function used<T>(read: (report: (message: string) => void) => T): readonly [T, readonly string[]] {
  const told: string[] = [];
  return [read(message => told.push(message)), told];
}

const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
  contributes: {
    configuration: {
      properties: Record<
        string,
        {
          minimum?: number;
          maximum?: number;
          default: unknown;
          type: string;
          properties?: Record<string, { enum: unknown }>;
        }
      >;
    };
  };
};
const { properties } = contributes.configuration;

describe('a setting that is a number', () => {
  it('has the bounds and the default of the manifest', () => {
    const numbers = Object.entries(properties)
      .filter(([, { type }]) => type === 'integer')
      .map(([name, { minimum, maximum, default: fallback }]) => [
        name.slice('gradientHealth.'.length),
        { minimum, maximum, fallback },
      ]);
    expect(Object.fromEntries(numbers)).toEqual(NUMBER_SETTINGS);
  });

  it.each([
    [-5, 64],
    [0, 64],
    [1, 64],
    [1e12, 16384],
    [Infinity, 16384],
    [100.4, 100],
    ['abc', 1024],
    [null, 1024],
    [NaN, 1024],
    [[512], 1024],
    ['512', 1024],
  ])('is %j: %i is used, with a notice', (value, expected) => {
    const [number, told] = used(report => numberSetting('memoryLimit', value, report));
    expect(number).toBe(expected);
    expect(told).toEqual([
      expect.stringMatching(
        /^The setting gradientHealth\.memoryLimit is .*, but must be a whole number from 64 to 16384; \d+ is used/,
      ),
    ]);
  });

  it.each([
    [64, 64],
    [2048, 2048],
    [undefined, 1024],
  ])('is %j: %i is used', (value, expected) =>
    expect(used(report => numberSetting('memoryLimit', value, report))).toEqual([expected, []]),
  );
});

describe('other settings', () => {
  it('of texts take one alone, and leave out what is none', () => {
    expect(used(report => textsSetting('modelFiles', '*.net.yaml', report))).toEqual([
      ['*.net.yaml'],
      [expect.stringContaining('a list of strings')],
    ]);
    expect(used(report => textsSetting('modelFiles', null, report))).toEqual([
      [],
      [expect.stringContaining('is null')],
    ]);
    expect(used(report => textsSetting('modelFiles', ['a', 1], report))).toEqual([
      ['a'],
      [expect.stringContaining('["a",1]')],
    ]);
    expect(used(report => textsSetting('modelFiles', ['a'], report))).toEqual([['a'], []]);
  });

  it('of rules take the severities of the manifest', () => {
    for (const { enum: choices } of Object.values(properties['gradientHealth.rules'].properties!))
      expect(choices).toEqual(SEVERITIES);
    expect(used(report => choicesSetting('rules', null, SEVERITIES, report))).toEqual([
      {},
      [expect.stringContaining('must be a mapping')],
    ]);
    expect(used(report => choicesSetting('rules', { a: 'off', b: 'loud' }, SEVERITIES, report))).toEqual([
      { a: 'off' },
      [expect.stringMatching(/rules\.b is "loud", but must be one of off, hint/)],
    ]);
    expect(used(report => choicesSetting('rules', ['off'], SEVERITIES, report))[0]).toEqual({});
  });

  it('that switch take true and false', () => {
    expect(used(report => flagSetting('predict', 'no', true, report))).toEqual([
      true,
      [expect.stringContaining('true or false')],
    ]);
    expect(used(report => flagSetting('predict', false, true, report))).toEqual([false, []]);
  });
});
