import { describe, expect, it } from 'vitest';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { SourceDocument } from '../../../src/frontends/model-file/source-document';
import { rangeAt, pathAt, nodeAt, nearestRange } from '../../../src/frontends/model-file/source-range';

const yaml = (text: string): SourceDocument => parseModelFile(text, 'yaml');
const json = (text: string): SourceDocument => parseModelFile(text, 'json');
const codes = (document: SourceDocument): string[] => document.problems.map(problem => problem.code);
const underlined = (document: SourceDocument, index = 0): string => {
  const range = document.problems[index].range;
  return document.text.slice(range.start, range.end);
};
const slice = (
  document: SourceDocument,
  path: (string | number)[],
  part?: 'entry' | 'key' | 'value',
): string | undefined => {
  const range = rangeAt(document, path, part);
  return range && document.text.slice(range.start, range.end);
};
/** The file's values without their places. */
function plain(document: SourceDocument, path: (string | number)[] = []): unknown {
  const node = nodeAt(document, path);
  if (!node || node.kind === 'scalar') {
    return node?.value;
  }
  return node.kind === 'sequence'
    ? node.items.map((_, index) => plain(document, [...path, index]))
    : Object.fromEntries(node.entries.map(entry => [entry.key, plain(document, [...path, entry.key])]));
}

describe('ranges of a YAML file', () => {
  const document = yaml(
    'name: Écho 🙂 # a comment\r\nlayers:\r\n  - type: dense\r\n    units: 3 # three\r\n\r\n# end\r\nsteps: ' +
      '1e-4\r\n',
  );

  it('covers keys, values and entries exactly', () => {
    expect(codes(document)).toEqual([]);
    expect(slice(document, ['name'])).toBe('Écho 🙂');
    expect(slice(document, ['layers', 0, 'units'], 'entry')).toBe('units: 3');
    expect(slice(document, ['layers', 0, 'units'], 'key')).toBe('units');
    expect(slice(document, ['layers', 0])).toBe('type: dense\r\n    units: 3');
    expect(slice(document, ['layers'])).toBe('- type: dense\r\n    units: 3');
    expect(slice(document, ['layers', 1])).toBeUndefined();
  });
  it('reads 1e-4 as a number', () => expect(plain(document, ['steps'])).toBe(1e-4));
  it('finds the nearest place around one that is missing', () => {
    const range = nearestRange(document, ['layers', 0, 'activation']);
    expect(document.text.slice(range.start, range.end)).toBe('type: dense\r\n    units: 3');
  });
  it('finds the place at an offset', () => {
    const at = (text: string, shift = 0) => pathAt(document, document.text.indexOf(text) + shift);
    expect(at('units', 2)).toEqual({ path: ['layers', 0, 'units'], on: 'key' });
    expect(at('3 #')).toEqual({ path: ['layers', 0, 'units'], on: 'value' });
    expect(at('dense', 5)).toEqual({ path: ['layers', 0, 'type'], on: 'value' });
    expect(at('# end')).toEqual({ path: [], on: 'inside' });
  });
});

describe('aliases', () => {
  const document = yaml('base: &base { units: 3, bias: true }\nlayers:\n  - *base\n  - { <<: *base, units: 4 }\n');

  it('stand for what their anchor marks, in their own place', () => {
    expect(codes(document)).toEqual([]);
    expect(plain(document, ['layers'])).toEqual([
      { units: 3, bias: true },
      { units: 4, bias: true },
    ]);
    expect(slice(document, ['layers', 0])).toBe('*base');
    expect(slice(document, ['layers', 1, 'units'], 'entry')).toBe('units: 4');
    expect(rangeAt(document, ['layers', 1, 'bias'])).toEqual(rangeAt(document, ['base', 'bias']));
    expect(pathAt(document, document.text.indexOf('*base') + 2)).toEqual({ path: ['layers', 0], on: 'value' });
  });
  it('refuses a billion laughs in a sentence, without unfolding it', () => {
    const lines = ['a0: &a0 [lol, lol]'];
    for (let i = 1; i < 60; i += 1) {
      lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    }
    const bomb = yaml(lines.join('\n'));
    expect(bomb.root).toBeUndefined();
    expect(codes(bomb)).toEqual(['too-many-values']);
  });
  it('refuses a merge bomb', () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`).join(', ');
    const users = Array.from({ length: 5_000 }, (_, i) => `m${i}: { <<: *b }`).join('\n');
    expect(codes(yaml(`base: &b { ${keys} }\n${users}`))).toEqual(['too-many-values']);
  });
  it('refuses a chain of aliases that nests too deeply', () => {
    const chain = ['a0: &a0 [1]'];
    for (let i = 1; i < 3000; i += 1) {
      chain.push(`a${i}: &a${i} [*a${i - 1}]`);
    }
    expect(codes(yaml(chain.join('\n')))).toEqual(['too-deep']);
  });
  it('names an alias without an anchor, and one within its own', () => {
    expect(underlined(yaml('a: *nowhere\n'))).toBe('*nowhere');
    const own = yaml('a: &a { b: *a }\n');
    expect(codes(own)).toEqual(['alias']);
    expect(underlined(own)).toBe('*a');
  });
});

describe('what cannot be read', () => {
  it('is refused above 1 MB before it is parsed', () => {
    const document = yaml('a: b\n'.repeat(1_000_000));
    expect(document.problems[0].message).toContain('5.0 MB');
    expect(document.problems[0].message).toContain('1 MB');
  });
  it.each(['['.repeat(100_000), '- '.repeat(50_000), '{a: '.repeat(50_000), '{"a":'.repeat(50_000)])(
    'is refused when it nests ' + 'too deeply: %.10s',
    text => {
      expect(codes(yaml(text))).toEqual(['too-deep']);
      expect(codes(json(text)).every(code => code === 'too-deep' || code === 'syntax')).toBe(true);
    },
  );
  it.each([
    ['', 'empty-file'],
    ['# only a comment\n', 'empty-file'],
    ['- a\n- b\n', 'not-a-mapping'],
    ['just text', 'not-a-mapping'],
    ['a: 1\n---\nb: 2\n', 'several-documents'],
    ['a: !python/object 1\n', 'tag'],
    ['a: 1\na: 2\n', 'duplicate-key'],
    ['a:\n\t- b\n', 'syntax'],
    ['a: "open\n', 'syntax'],
    ['? [a]\n: b\n', 'bad-key'],
    ['a: 1\n<<: 3\n', 'merge-key'],
  ])('is said in one sentence: %j', (text, code) => {
    const document = yaml(text);
    expect(codes(document)[0]).toBe(code);
    expect(document.problems[0].message).toMatch(/^[A-Z`].*\.$/);
  });
  it('points at the second key, the tag, the second document', () => {
    expect(yaml('a: 1\na: 2\n').problems[0].range).toEqual({ start: 5, end: 6 });
    expect(underlined(yaml('a: !python/object 1\n'))).toBe('!python/object');
    expect(underlined(yaml('a: 1\n---\nb: 2\n'))).toBe('---');
  });
});

describe('a JSON file', () => {
  it('may have comments, a byte order mark and trailing commas', () => {
    const document = json('\uFEFF{\n  // why\n  "steps": 3, "layers": [{ "type": "dense", }],\n}\n');
    expect(codes(document)).toEqual([]);
    expect(plain(document)).toEqual({ steps: 3, layers: [{ type: 'dense' }] });
    expect(slice(document, ['layers', 0, 'type'], 'key')).toBe('"type"');
  });
  it('names duplicate keys and syntax errors where they stand', () => {
    expect(json('{"a": 1, "a": 2}').problems[0].range).toEqual({ start: 9, end: 12 });
    const broken = json('{"a": 1 "b": }');
    expect(codes(broken).every(code => code === 'syntax')).toBe(true);
    expect(plain(broken)).toEqual({ a: 1, b: null });
  });
  it('ends where a comment never does', () => expect(codes(json('{} /*'))).toEqual(['syntax']));
  it.each([
    ['', 'syntax'],
    ['[]', 'not-a-mapping'],
    ['3', 'not-a-mapping'],
  ])('is said in one sentence: %j', (text, code) => {
    expect(codes(json(text))[0]).toBe(code);
  });
});
