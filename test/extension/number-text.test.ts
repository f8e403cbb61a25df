import { expect, it } from 'vitest';
import { numberText, percentText } from '../../src/extension/language/number-text';

it.each([
  [0.16789, '0.168'], [0, '0'], [1234.5, '1230'], [3.2e-9, '3.2e-9'], [123456, '1.2e+5'], [NaN, '–'], [Infinity, '∞'], [-Infinity, '-∞'],
])('writes %d as %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

it('writes shares as percentages', () => {
  expect([percentText(0.256), percentText(NaN)]).toEqual(['26%', '–']);
});
