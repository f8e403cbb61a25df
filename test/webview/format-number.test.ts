import { describe, expect, it } from 'vitest';
import { formatGain, formatMeasure, formatNumber, formatShare, formatTick } from '../../webview/format-number';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [1, '1.00'],
    [0.0123456, '0.0123'],
    [123.456, '123'],
    [1234.5, '1230'],
    [9999, '10000'],
    [12345, '12300'],
    [123456, '1.23e5'],
    [99999, '1.00e5'],
    [0.00012345, '1.23e-4'],
    [0.001, '0.00100'],
    [0.0009999, '0.00100'],
    [-2.5, '-2.50'],
    [1e300, '1.00e300'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('keeps three significant digits over the whole range of doubles', () => {
    for (let exponent = -300; exponent <= 300; exponent += 7) {
      const value = 1.2345 * 10 ** exponent;
      expect(Math.abs(Number(formatNumber(value)) / value - 1)).toBeLessThan(0.005);
    }
  });
});

describe('formatMeasure and formatGain', () => {
  it('show a dash for what a layer does not have', () => {
    expect(formatMeasure(Number.NaN)).toBe('—');
    expect(formatGain(Number.NaN)).toBe('—');
  });

  it('show a gain as a factor', () => {
    expect(formatGain(1.0512)).toBe('×1.05');
    expect(formatGain(Number.POSITIVE_INFINITY)).toBe('×∞');
  });
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.412, '41 %'],
    [0.0251, '2.5 %'],
    [0.0996, '10 %'],
    [1e-6, '<0.1 %'],
    [0.99999, '>99.9 %'],
    [Number.NaN, '—'],
  ])('writes %d as %s', (share, text) => expect(formatShare(share)).toBe(text));
});

describe('formatTick', () => {
  it.each([
    [0, '0'],
    [0.001, '0.001'],
    [0.30000000000000004, '0.3'],
    [10000, '10000'],
    [1e5, '1e5'],
    [1e-7, '1e-7'],
    [2e-12, '2e-12'],
  ])('writes %d as %s', (value, text) => expect(formatTick(value)).toBe(text));
});
