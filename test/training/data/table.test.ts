import { describe, expect, it } from 'vitest';
import { readTable, refusalOf } from './table';

const lines = (header: string, count: number, row: (index: number) => string): string =>
  `${header}\n${Array.from({ length: count }, (_, index) => row(index)).join('\n')}\n`;

describe('columns', () => {
  const text = 'id,a,b,y\n7,1,2,0.5\n3,3,4,1.5\n';

  it('are those that columns names, in its order, or all that drop leaves', () => {
    expect(Array.from(readTable({ text, input: [2], settings: { columns: ['b', 'a'] } }).inputs)).toEqual([2, 1, 4, 3]);
    expect(Array.from(readTable({ text, input: [2], settings: { drop: ['id'] } }).inputs)).toEqual([1, 2, 3, 4]);
  });

  it('that do not exist are named with the nearest', () => {
    expect(refusalOf({ text, input: [2], settings: { drop: ['ids'] } })).toMatchObject({
      source: ['data', 'drop'],
      message: expect.stringContaining('no column "ids"; did you mean "id"?'),
    });
    expect(refusalOf({ text, input: [2], settings: { columns: ['c'] } }).source).toEqual(['data', 'columns']);
    expect(refusalOf({ text, input: [2], settings: { columns: ['y'] } }).message).toContain(
      'No column of "x.csv" is left',
    );
  });
});

describe('rows', () => {
  it('are read up to the number asked for, blank lines not counted', () => {
    const text = 'a,y\n1,1\n\n2,2\n3,3\n4\n';
    expect(Array.from(readTable({ text, input: [1], settings: { rows: 3 } }).targets)).toEqual([1, 2, 3]);
    expect(refusalOf({ text, input: [1] }).message).toContain('row 6: 1 values');
  });

  it('are reported while a large file is read', () => {
    const shares: number[] = [];
    const text = lines('a,y', 600_000, index => `${index % 17}.5,${index % 13}`);
    readTable({
      text,
      input: [1],
      onReading: ({ file, share }) => {
        expect(file).toBe('x.csv');
        shares.push(share);
      },
    });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.at(-1)).toBeLessThan(1);
  });
});

describe('decimal commas', () => {
  it('are numbers where semicolons separate, which is said', () => {
    const data = readTable({
      text: 'bmi;n;y\n30,5;1;0,25\n28;2;-1,5\n1.234,5;3;1e1\n',
      input: [2],
      settings: { drop: [] },
    });
    expect(Array.from(data.inputs)).toEqual([30.5, 1, 28, 2, 1234.5, 3]);
    expect(data.description).toContain('decimal commas in bmi');
  });

  it('of the target are numbers too', () => {
    expect(Array.from(readTable({ text: 'a;y\n1;0,25\n2;-1,5\n', input: [1] }).targets)).toEqual([0.25, -1.5]);
  });

  it('are not guessed where a comma may separate thousands, unless another column shows it', () => {
    expect(refusalOf({ text: 'a;y\n1,234;1\n5,678;2\n', input: [1] }).message).toContain(
      'column "a": "1,234" may be 1.234 or 1234; write the numbers without commas.',
    );
    expect(Array.from(readTable({ text: 'a;y\n1,234;0,5\n5,678;2\n', input: [1] }).inputs)).toEqual([
      Math.fround(1.234),
      Math.fround(5.678),
    ]);
  });

  it('report the one value that is none', () => {
    const text = lines('a;y', 20, index => `${index === 7 ? 'x' : `${index},5`};${index}`);
    expect(refusalOf({ text, input: [1] }).message).toContain(
      'row 9, column "a": "x" is not a finite number, but 19 of 20 values are',
    );
  });
});

describe('columns without information', () => {
  const table = (id: (index: number) => string | number): string =>
    lines('id,a,same,y', 12, index => `${id(index)},${(index * 7) % 5},x,${index % 3}.5`);

  it.each([
    ['growing numbers', (index: number) => 100 + 3 * index],
    ['numbers without gaps', (index: number) => 1 + ((index * 5) % 12)],
  ])('are noticed, with an edit that leaves them out: %s', (_, id) => {
    const { remarks } = readTable({ text: table(id), input: [3] });
    expect(remarks?.map(({ code, message }) => [code, message])).toEqual([
      [
        'identifier-column',
        'Column "id" of "x.csv" looks like an identifier: its values are all different; leave it out with "drop".',
      ],
      ['constant-column', 'Column "same" of "x.csv" holds the same value in every row; leave it out with "drop".'],
    ]);
    expect(remarks?.[0].remedies).toEqual([
      {
        title: 'Leave out `id`, and set `input` to [2]',
        changes: [
          { path: ['data', 'drop'], value: ['id'] },
          { path: ['input'], value: [2] },
        ],
      },
    ]);
  });

  it('are reported together where they are many, and not where columns are pixels or steps', () => {
    const text = lines('p1,p2,p3,p4,a,y', 12, index => `0,0,1,0,${(index * 7) % 5},${index % 3}.5`);
    const { remarks } = readTable({ text, input: [5] });
    expect(remarks?.map(({ message }) => message)).toEqual([
      '4 columns ("p1", "p2", "p3", …) of "x.csv" hold the same value in every row; leave them out with "drop".',
    ]);
    expect(remarks?.[0].remedies[0]).toMatchObject({ title: 'Leave out 4 columns, and set `input` to [1]' });
    expect(readTable({ text, input: [5, 1] }).remarks).toEqual([]);
  });

  it('are left out by the edit for a wrong width', () => {
    const { message, remedies } = refusalOf({ text: table(index => `u${index}`), input: [1] });
    expect(message).toContain(
      'gives inputs of [14] (id 12, a 1, same 1), but the model\'s input is [1]; leave out "id", "same" with "drop"',
    );
    expect(remedies.map(({ changes }) => changes)).toEqual([
      [{ path: ['data', 'drop'], value: ['id', 'same'] }],
      [{ path: ['input'], value: [14] }],
    ]);
  });

  it('are not seen in measured numbers, and not among a few rows', () => {
    const text = lines('a,b,y', 12, index => `${index * 1.5},${(index * index * 37) % 101},${index}`);
    expect(readTable({ text, input: [2] }).remarks).toEqual([]);
    expect(readTable({ text: 'a,y\n1,2\n2,3\n', input: [1] }).remarks).toEqual([]);
  });
});
