import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from '../../src/protocol/wire-number';

describe('wire numbers', () => {
  it.each([0, -1.5, 1e308, 5e-324, Number.NaN, Infinity, -Infinity])('carry %s through JSON', n => {
    expect(fromWire(JSON.parse(JSON.stringify(toWire(n))))).toBe(n);
  });

  it('are plain numbers where JSON has them', () => {
    expect(toWire(3)).toBe(3);
    expect(toWire(-Infinity)).toBe('-inf');
  });
});
