/** Checks of the prose: American spelling of pages, strings and comments, one page of README, and sentences that end. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { countWords, MARKDOWN_FILES, proseOf, read, sentencesOf, withoutCode } from './markdown';

/** Words that the README may have, markup included: one page. */
const MAX_README_WORDS = 900;
/** Words that a sentence may have. The aim is 25; the bound is where a sentence holds two claims for certain. */
const MAX_SENTENCE_WORDS = 40;

const VERBS =
  'apolog|categor|character|custom|emphas|equal|final|general|initial|local|material|maxim|memor|minim|normal|optim|organ|orthogonal|parallel|penal|prior|quant|random|' +
  'real|recogn|regular|serial|special|stabil|standard|summar|symbol|synchron|token|util|vector|visual';
const BRITISH = [
  `\\w*(?:${VERBS})is(?:e|ed|er|ers|es|ing|ation|ations|able)`,
  'analys(?:e|ed|es|ing)',
  '\\w*(?:colour|behaviour|neighbour|favour|honour|harbour|labour|flavour|rumour)\\w*',
  '(?:centi|milli|kilo)?metres?',
  '(?:centre|fibre|litre|theatre|calibre)[ds]?',
  'grey\\w*',
  'licences?',
  'defence',
  'offence',
  'pretence',
  'catalogue[ds]?',
  'artefacts?',
  'judgement\\w*',
  'sceptic\\w*',
  'programmes?',
  '(?:cancel|label|model|travel|signal|total|level|fuel|channel|tunnel)l(?:ed|ing|er|ers)',
  '(?:learn|spel|misspel|burn|dream|lean|spoil)t',
  'fulfils?',
  'whilst',
  'amongst',
  'practis(?:e|ed|es|ing)',
  'ageing',
];
const BRITISH_WORD = new RegExp(`\\b(?:${BRITISH.join('|')})\\b`, 'gi');

/** Words of a text that are spelled the British way. Code is left out, and so are addresses of links. */
function britishWords(text: string): string[] {
  const prose = withoutCode(text)
    .replace(/`[^`\n]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']');
  return prose.match(BRITISH_WORD) ?? [];
}

/** Translated idioms that a reader has to guess at. */
const IDIOM = /\b(?:(?:is|are|was|were) told by|goes by|comes of (?:it|this|that)|whom to blame)\b/gi;

describe.each(MARKDOWN_FILES)('%s', file => {
  it('is spelled the American way', () => {
    expect(britishWords(read(file))).toEqual([]);
  });

  it('has no idiom that says something else in English', () => {
    expect(proseOf(read(file)).flatMap(({ text }) => text.match(IDIOM) ?? [])).toEqual([]);
  });

  it(`has no sentence of more than ${MAX_SENTENCE_WORDS} words`, () => {
    const long = proseOf(read(file)).flatMap(({ line, text }) =>
      sentencesOf(text)
        .filter(sentence => countWords(sentence) > MAX_SENTENCE_WORDS)
        .map(sentence => `${file}:${line}: ${countWords(sentence)} words: ${sentence}`),
    );
    expect(long).toEqual([]);
  });
});

/** Rooms whose comments, strings and constants are not checked yet. */
const UNCHECKED = /^src\/(?:model|engine|training)\//;

const SOURCE_FILES = ['src', 'webview'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(file => !UNCHECKED.test(file)),
);

/** Comments of a source file, with their marks. */
function commentsOf(text: string): string[] {
  return text.match(/\/\*\*?[^]*?\*\/|(?<=^|\s)\/\/ .*/g) ?? [];
}

/** Strings of a source file that hold prose: more than one word, and no path of an import. */
function sentencesIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      if (/[a-z] |\s[a-z]/i.test(node.text)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

describe('the source', () => {
  it('has comments and strings of American spelling', () => {
    const british = SOURCE_FILES.flatMap(file => {
      const text = readFileSync(file, 'utf8');
      const words = [...commentsOf(text), ...sentencesIn(file, text)].flatMap(britishWords);
      return words.map(word => `${file}: ${word}`);
    });
    expect(british).toEqual([]);
  });

  it('has no doc comment that begins with "Of" or "What"', () => {
    const unclear = SOURCE_FILES.flatMap(file =>
      commentsOf(readFileSync(file, 'utf8'))
        .filter(comment => /^\/\*\*[\s*]*(?:Of|What)\s/.test(comment))
        .map(comment => `${file}: ${comment}`),
    );
    expect(unclear).toEqual([]);
  });

  it('has no constant whose name does not say what it bounds', () => {
    const unclear = SOURCE_FILES.flatMap(file =>
      (readFileSync(file, 'utf8').match(/\bconst (?:FEWEST|WELL|TOLD|SAME|MOST|NEAR)\b/g) ?? []).map(
        name => `${file}: ${name}`,
      ),
    );
    expect(unclear).toEqual([]);
  });
});

it('the README is one page', () => {
  expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(MAX_README_WORDS);
});

describe('the checks find', () => {
  it('British words in prose, not in code', () => {
    expect(britishWords('It normalises colours, and `normalise` [normalizes](catalogue.md) grey.')).toEqual([
      'normalises',
      'colours',
      'grey',
    ]);
    expect(britishWords('noise, raise, otherwise, precise, advise, exercise, size, center, learned, modeling')).toEqual(
      [],
    );
  });

  it('idioms', () => {
    expect('What a run is told by, and what comes of it.'.match(IDIOM)).toEqual(['is told by', 'comes of it']);
  });

  it('sentences, across lines and links, without tables and code', () => {
    const text =
      '# No sentence\n\nOne of `a. B` here. Two\ngoes on ([x](y.md)), He et al. 2015.\n\n- an item\n- (*another*) one. Its second\n\n| a table | of words |\n\n```yaml\nno: Code.\n```\n';
    expect(proseOf(text).map(({ line, text: block }) => [line, ...sentencesOf(block).map(countWords)])).toEqual([
      [3, 4, 8],
      [6, 2],
      [7, 2, 2],
    ]);
  });
});
