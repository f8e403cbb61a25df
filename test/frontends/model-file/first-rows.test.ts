import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { FirstRows } from '../../../src/frontends/model-file/first-rows';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is read of a text that comes in pieces of so many bytes. */
function beginning(format: 'csv' | 'lines', rows: number, text: string, size = 1000): string {
  const counter = new FirstRows(format, rows);
  const bytes = bytesOf(text);
  for (let start = 0; start < bytes.length; start += size) {
    const end = counter.feed(bytes.subarray(start, start + size));
    if (end !== undefined) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, start + end));
  }
  return text;
}

describe('the first rows', () => {
  it.each([
    ['a,b\n1,2\n3,4\n5,6\n', 2, 'a,b\n1,2\n3,4\n'],
    ['\n \na,b\r\n1,2\r\n\r\n3,4\r\n5,6\r\n', 2, '\n \na,b\r\n1,2\r\n\r\n3,4\r\n'],
    ['a;b\n"x\n""y"";";2\n3;4\n', 1, 'a;b\n"x\n""y"";";2\n'],
    ['\ufeff"a\n",b\n1,2\n3,4\n', 1, '\ufeff"a\n",b\n1,2\n'],
    ['a,b\n5" pipe,2\n3,4\n', 1, 'a,b\n5" pipe,2\n'],
    ['a,b\n1,2', 5, 'a,b\n1,2'],
  ])('of %j', (text, rows, expected) => {
    for (const size of [1, 3, 1000]) expect(beginning('csv', rows, text, size)).toBe(expected);
  });

  it('of JSON lines are those that are not blank', () => {
    expect(beginning('lines', 2, '{"a": "\\""}\n\n{"a": "x"}\n{"a": 3}\n')).toBe('{"a": "\\""}\n\n{"a": "x"}\n');
  });

  it('hold at least as many rows as are asked for, whatever the values', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', '\n', ',', ';', ' ', '\r\n') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, field), { minLength: 3, maxLength: 8 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, count) => {
          const text = Papa.unparse([['p', 'q'], ...rows], { newline: '\n', quotes: true });
          const read = Papa.parse<string[]>(beginning('csv', count, text, 2), { delimiter: ',' }).data.filter(
            fields => fields.length > 1,
          );
          expect(read.slice(0, count + 1)).toEqual(
            Papa.parse<string[]>(text, { delimiter: ',' }).data.slice(0, count + 1),
          );
        },
      ),
    );
  });
});
