import { describe, expect, it } from 'vitest';
import { formatNumber as inMessages } from '../../src/diagnosis/format';
import { formatInColumn, formatMeasure, formatNumber, formatShare } from '../../src/record/number-text';
import { formatNumber as inPanel } from '../../webview/format-number';

describe('a number', () => {
  it.each([
    [0, '0', '0'],
    [0.16789, '0.168', '0.168'],
    [0.25, '0.25', '0.250'],
    [1387.4, '1390', '1390'],
    [54321, '54300', '54300'],
    [99999, '1e5', '1.00e5'],
    [992003, '9.92e5', '9.92e5'],
    [3.284e9, '3.28e9', '3.28e9'],
    [3e9, '3e9', '3.00e9'],
    [3.2e-9, '3.2e-9', '3.20e-9'],
    [0.0009999, '0.001', '0.00100'],
    [-2.5, '-2.5', '-2.50'],
    [NaN, 'NaN', 'NaN'],
    [Infinity, '∞', '∞'],
    [-Infinity, '−∞', '−∞'],
  ])('%d is %s in a sentence and %s in a column', (value, sentence, column) => {
    expect([formatNumber(value), formatInColumn(value)]).toEqual([sentence, column]);
  });

  it('has the same digits in messages, in the terminal and in the panel, whatever its size', () => {
    for (let exponent = -300; exponent <= 300; exponent++) {
      const value = 2.2849 * 10 ** exponent;
      expect([inMessages(value), inPanel(value)]).toEqual([formatNumber(value), formatNumber(value)]);
    }
  });

  it('that was not measured is a dash in a column', () => {
    expect([formatMeasure(NaN), formatMeasure(0.5), formatShare(NaN)]).toEqual(['—', '0.500', '—']);
  });
});
