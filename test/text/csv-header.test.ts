import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readCsvHeader } from '../../src/text/csv-header';

describe('the header of a CSV text', () => {
  it.each([
    ['a,b;c\n1;2;3', ',', ['a', 'b;c']],
    ['a;b;c\n1,5;2,5;3,5', ';', ['a', 'b', 'c']],
    ['\ufeff\n "x" | y |z\r\n', '|', ['"x"', 'y', 'z']],
    ['"a, ""b""\nc",d\n1,2', ',', ['a, "b"\nc', 'd']],
    ['alone\n1', ',', ['alone']],
    ['', ',', ['']],
  ])('%j', (text, delimiter, names) => {
    expect(readCsvHeader(text)).toEqual({ delimiter, names });
  });

  it('has the names that were written, as Papa Parse reads them', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', ' '), minLength: 1 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 6 }), written => {
        const text = Papa.unparse([written, written], { quotes: true, newline: '\n' });
        expect(readCsvHeader(text).names).toEqual(
          Papa.parse<string[]>(text, { delimiter: ',' }).data[0].map(each => each.trim()),
        );
      }),
    );
  });
});
