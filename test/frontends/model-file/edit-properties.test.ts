import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  changeValues,
  removeValue,
  setValue,
  type WrittenValue,
} from '../../../src/frontends/model-file/edit';
import { commentsIn } from '../../../src/frontends/model-file/edit/erase';
import { valueOf, withoutValue, withValue, type PlainValue } from '../../../src/frontends/model-file/edit/source-value';
import type { SourcePath } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { entryAt, nodeAt } from '../../../src/frontends/model-file/source-range';
import type { SourceNode, SourceDocument } from '../../../src/frontends/model-file/source-document';
import type { TextEdit } from '../../../src/text/text-edit';

const folder = new URL('edit-samples/', import.meta.url);
const samples = readdirSync(folder).map(file => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return { file, document: parseModelFile(text, file.endsWith('.json') ? 'json' : 'yaml') };
});
const sound = samples.filter(({ document }) => document.problems.every(problem => problem.code !== 'syntax'));

const values: fc.Arbitrary<WrittenValue> = fc.letrec<{ value: WrittenValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<WrittenValue>(
      'he-normal',
      0.8,
      1e-4,
      true,
      300,
      'true',
      'a: b',
      '- x',
      '# x',
      '',
      ' padded ',
      "it's",
      '1e3',
      'a, b',
      '{x}',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.dictionary(fc.constantFrom('type', 'max', 'std', 'learning_rate', 'a b'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;

function pathsOf(node: SourceNode | undefined): SourcePath[] {
  if (node?.kind === 'sequence') {
    return [[], ...node.items.flatMap((item, index) => pathsOf(item).map(path => [index, ...path]))];
  }
  if (node?.kind === 'mapping') {
    return [[], ...node.entries.flatMap(entry => pathsOf(entry.value).map(path => [entry.key, ...path]))];
  }
  return [[]];
}

/** Paths to every value, to missing keys of every mapping and scalar, and to the item after each list's last. */
function placesOf(document: SourceDocument): SourcePath[] {
  return pathsOf(document.root)
    .flatMap(path => {
      const node = nodeAt(document, path);
      return node?.kind === 'sequence'
        ? [path, [...path, node.items.length]]
        : [path, [...path, 'learning_rate'], [...path, 'clip'], [...path, 'type', 'max'], [...path, 'zzz']];
    })
    .filter(path => path.length > 0);
}

function commentTexts(document: SourceDocument): string[] {
  const end = document.text.length;
  return commentsIn(document, { start: 0, end })
    .map(range => document.text.slice(range.start, range.end).trimEnd())
    .sort();
}

function plain(document: SourceDocument): PlainValue {
  return document.root ? valueOf(document.root) : null;
}

function expectSound(document: SourceDocument, edits: readonly TextEdit[], expected: PlainValue): SourceDocument {
  const sorted = [...edits].sort((one, other) => one.range.start - other.range.start);
  sorted.forEach((edit, index) => {
    expect(edit.range.start).toBeLessThanOrEqual(edit.range.end);
    expect(edit.range.end).toBeLessThanOrEqual(document.text.length);
    expect(edit.range.start).toBeGreaterThanOrEqual(index === 0 ? 0 : sorted[index - 1].range.end);
  });
  const text = applyEdits(document.text, edits);
  const after = parseModelFile(text, document.language);
  expect(
    after.problems.filter(problem => problem.code === 'syntax'),
    text,
  ).toEqual([]);
  expect(plain(after), text).toEqual(expected);
  expect(commentTexts(after), text).toEqual(commentTexts(document));
  if (document.text.includes('\r\n')) {
    expect(text).not.toMatch(/[^\r]\n/);
  }
  return after;
}

/** Whether a merge key brings in what stands at `path`, so that the place itself has nothing to remove. */
function isMerged(document: SourceDocument, path: SourcePath): boolean {
  return path.some(
    (_, length) =>
      document.text[nodeAt(document, path.slice(0, length))?.range.start ?? -1] !== '*' &&
      entryAt(document, path.slice(0, length + 1))?.merged,
  );
}

describe.each(sound)('edits of $file', ({ document }) => {
  const places = placesOf(document);
  const place = places.length > 0 ? fc.constantFrom(...places) : fc.constantFrom<SourcePath>(['clip'], ['clip', 'max']);

  it('set one value and keep every other value and every comment', () => {
    fc.assert(
      fc.property(place, values, (path, value) => {
        expectSound(document, setValue(document, path, value), withValue(plain(document), path, value));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('remove one value and keep every other value and every comment', () => {
    fc.assert(
      fc.property(place, path => {
        const edits = removeValue(document, path);
        // What an entry overrode shows again.
        const overridden = entryAt(parseModelFile(applyEdits(document.text, edits), document.language), path);
        const expected = isMerged(document, path)
          ? plain(document)
          : overridden?.merged
            ? withValue(plain(document), path, valueOf(overridden.value))
            : withoutValue(plain(document), path);
        expectSound(document, edits, expected);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('make several changes as one list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { maxLength: 4, selector: String }), values, (paths, value) => {
        const apart = paths.filter(
          path => !paths.some(other => other !== path && other.every((step, index) => path[index] === step)),
        );
        const scalars = apart.filter(
          path => !paths.some(other => other !== path && path.every((step, index) => other[index] === step)),
        );
        const keyed = scalars.filter(path => path.every(step => typeof step === 'string' || nodeAt(document, path)));
        const expected = keyed.reduce((now, path) => withValue(now, path, value), plain(document));
        expectSound(
          document,
          changeValues(
            document,
            keyed.map(path => ({ path, value })),
          ),
          expected,
        );
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('change nothing where the value is there already', () => {
    for (const path of pathsOf(document.root).filter(each => each.length > 0)) {
      const value = valueOf(nodeAt(document, path)!);
      if (!JSON.stringify(value).includes('null')) {
        expect(setValue(document, path, value as WrittenValue)).toEqual([]);
      }
    }
  });
});

describe.each(samples)('edits of $file', ({ document }) => {
  it('never throw', () => {
    for (const path of [...placesOf(document), ['clip'], ['layers', 0], ['optimizer', 'learning_rate']]) {
      if (path[0] !== 'layers' || path.length > 2 || document.root) {
        applyEdits(document.text, setValue(document, path, { type: 'norm', max: 1 }));
        applyEdits(document.text, removeValue(document, path));
      }
    }
  });
});
