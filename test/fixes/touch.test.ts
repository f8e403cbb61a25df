/**
 * Every cure of the catalog on every example, whether or not a rule would name it there: what it touches and what it
 * makes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allLayers } from '../../src/diagnosis/layers';
import type { FixId } from '../../src/diagnosis/finding';
import { FIX_MAKERS } from '../../src/fixes/catalog';
import { writeFixes, type WrittenFix } from '../../src/verification/change-source';
import { applyEdits } from '../../src/frontends/model-file/edit';
import { dataFilesOf } from '../../src/model/data-files';
import { commentsIn } from '../../src/frontends/model-file/edit/erase';
import { applyChanges } from '../../src/model/apply-changes';
import type { ChangeSequence } from '../../src/model/change';
import { branchesOf } from '../../src/model/inner-layers';
import type { LayerSpec, ModelSpec } from '../../src/model/model-spec';
import { meaningOf } from '../../src/model/same-model';
import { LAYER_FAMILY } from '../../src/model/vocabulary/layers';
import type { Source } from '../../src/frontends/frontend';
import { asModelFile } from '../../src/frontends/model-file/as-model-file';
import { frontEndOf, readLike } from '../../src/frontends/registry';
import { runToEnd } from '../../src/training/run-in-process';
import { EXAMPLES } from '../diagnosis/train-text';
import { finding } from './context';

const files = readdirSync(EXAMPLES).filter(name => frontEndOf(name) !== undefined);
const extra: Readonly<Record<string, string>> = {
  'post-norm': readFileSync(new URL('./samples/post-norm.model.yaml', import.meta.url), 'utf8'),
  'a graph': readFileSync(new URL('./samples/graph.model.yaml', import.meta.url), 'utf8'),
  'block style': readFileSync(new URL('./samples/block-style.model.yaml', import.meta.url), 'utf8'),
  'yes or no': readFileSync(new URL('./samples/yes-or-no.model.yaml', import.meta.url), 'utf8'),
  'biases and a schedule': readFileSync(new URL('./samples/biases-and-schedule.model.yaml', import.meta.url), 'utf8'),
};
/** Every cure, so that none is in the catalog that no text here gets. */
const offered = new Set<FixId>();

/** Comments of a model file; none of other texts, which keep theirs in their own way. */
function commentsOf(source: Source): string[] {
  const document = asModelFile(source)?.document;
  if (!document) return [];
  return commentsIn(document, { start: 0, end: document.text.length }).map(({ start, end }) =>
    document.text.slice(start, end),
  );
}

/** Fixes for each layer as the responsible one, and for the whole model; each text only once. */
function cures(source: Source, model: ModelSpec): WrittenFix[] {
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(({ path }) => [path, readFileSync(`${EXAMPLES}${path}`)]),
  );
  const history = runToEnd({ ...model, steps: 12 }, { files, memoryLimitBytes: 2 ** 28 });
  const found = new Map<string, WrittenFix>();
  for (const layer of [undefined, ...allLayers(model.layers).map(({ path }) => path)]) {
    for (const make of Object.values(FIX_MAKERS)) {
      const draft = make({ model, history, finding: finding({ layer }) });
      const fixes = draft ? [{ ...draft, changes: [draft.changes], preferred: false }] : [];
      for (const fix of writeFixes(source, fixes)) {
        offered.add(fix.id);
        found.set(`${fix.id} ${applyEdits(source.text, fix.edits)}`, fix);
      }
    }
  }
  return [...found.values()];
}

/** Names that are made from a type: a layer that became another type may keep its own. */
const MADE_NAME = new RegExp(`^(${LAYER_FAMILY.variants.map(({ name }) => name).join('|')})\\d+$`);

/**
 * Layers with their shapes, and which reads which. Names count where they were there before: those of new layers are made
 * by whoever adds them.
 */
function comparableLayers(layers: readonly LayerSpec[], before: ReadonlySet<string>): unknown[] {
  const paths = allLayers(layers).map(({ path }) => path);
  const numberOf = (path: string): number => paths.indexOf(path);
  return allLayers(layers).map(layer => [
    layer.type,
    before.has(layer.name) && !MADE_NAME.test(layer.name) ? layer.name : '',
    layer.inputs.map(numberOf),
    layer.inputShape,
    layer.outputShape,
    branchesOf(layer).map(branch => branch.map(({ path }) => numberOf(path))),
    layer.tiedTo && numberOf(layer.tiedTo.path),
    meaningOf({ ...layer, ...OWN }),
  ]);
}

/** Parts of a layer that are compared by its place among the others. */
const OWN = { path: '', name: '', inputs: [], inputShapes: [], layers: [], shortcut: [], tiedTo: [] };

/** Holds the model that a text says after changes against the model that they make without it. */
function expectChanged(before: ModelSpec, after: ModelSpec, [changes]: ChangeSequence, title: string): void {
  const { model: made, problems } = applyChanges(before, changes);
  expect(problems, title).toEqual([]);
  const { layers, ...settings } = made!;
  const { layers: writtenLayers, ...writtenSettings } = after;
  expect(JSON.parse(meaningOf(writtenSettings)), title).toEqual(JSON.parse(meaningOf(settings)));
  const names = new Set(allLayers(before.layers).map(({ name }) => name));
  expect(comparableLayers(writtenLayers, names), title).toEqual(comparableLayers(layers, names));
}

describe.each([
  ...files.map(name => [name, readFileSync(`${EXAMPLES}${name}`, 'utf8')] as const),
  ...Object.entries(extra),
])('%s', (name, text) => {
  const fileName = frontEndOf(name) ? name : `${name}.model.yaml`;
  const source = frontEndOf(fileName)!.read(text, { fileName });
  const drafts = cures(source, source.model!);

  it('gets cures', () => {
    expect(drafts.length).toBeGreaterThan(3);
  });

  it('keeps every comment, and every line that a cure does not change', () => {
    for (const draft of drafts) {
      const after = readLike(source, applyEdits(text, draft.edits));
      expect(commentsOf(after), draft.title).toEqual(commentsOf(source));
      for (const { range, text: added } of draft.edits) {
        const removed = text.slice(range.start, range.end);
        const again = removed
          .split('\n')
          .map(line => line.trim())
          .filter(line => line.length > 1 && added.split('\n').some(other => other.trim() === line));
        expect(again, draft.title).toEqual([]);
      }
    }
  });

  it('is a model without problems after each', () => {
    for (const draft of drafts) {
      const cured = applyEdits(text, draft.edits);
      const { model: after, problems } = readLike(source, cured);
      expect(
        problems.map(problem => problem.message),
        `${draft.title}\n${cured}`,
      ).toEqual([]);
      expect(after, draft.title).toBeDefined();
      expectChanged(source.model!, after!, draft.changes, draft.title);
      expect(cured).not.toBe(text);
    }
  });

  it('makes its edits in one go: apart from each other, inside the text', () => {
    for (const { edits, title } of drafts) {
      const sorted = edits.toSorted((one, other) => one.range.start - other.range.start);
      sorted.forEach(({ range }, index) => {
        expect(range.end, title).toBeLessThanOrEqual(sorted[index + 1]?.range.start ?? text.length);
      });
    }
  });
});

it('no cure is in the catalog that none of these texts gets', () => {
  expect((Object.keys(FIX_MAKERS) as FixId[]).filter(id => !offered.has(id))).toEqual([]);
});
