/** Cures edit a file in as many places as it has layers: each place may not look through the whole file again. */
import { describe, expect, it } from 'vitest';
import { changeValues } from '../../../src/frontends/model-file/edit';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { SourceDocument } from '../../../src/frontends/model-file/source-document';

/** Counts how often the list of layers is walked. */
function counted(document: SourceDocument): { readonly document: SourceDocument; readonly walks: () => number } {
  let walks = 0;
  const { root } = document;
  if (root?.kind !== 'mapping') throw new Error('The document is no mapping.');
  const entries = root.entries.map(entry =>
    entry.key !== 'layers' || entry.value.kind !== 'sequence'
      ? entry
      : {
          ...entry,
          value: {
            ...entry.value,
            items: new Proxy(entry.value.items, {
              get: (items, name, receiver): unknown => {
                if (name === Symbol.iterator) walks++;
                return Reflect.get(items, name, receiver);
              },
            }),
          },
        },
  );
  return { document: { ...document, root: { ...root, entries } }, walks: () => walks };
}

describe('edits in every layer', () => {
  it.each(['  - { type: dense, units: 8 }\n', '  - type: dense # as it was\n    units: 8\n'])(
    'of %j walk through the file as often as those in two',
    layer => {
      const walksOf = (layers: number): number => {
        const { document, walks } = counted(parseModelFile(`input: [8]\nlayers:\n${layer.repeat(layers)}`, 'yaml'));
        const edits = changeValues(
          document,
          Array.from({ length: layers }, (_, index) => ({ path: ['layers', index, 'activation'], value: 'relu' })),
        );
        expect(edits).toHaveLength(layers);
        return walks();
      };
      expect(walksOf(40)).toBe(walksOf(2));
    },
  );
});
