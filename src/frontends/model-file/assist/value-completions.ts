import { nodeIn } from '../source-range';
import {
  choiceMarkdown,
  keyMarkdown,
  presenceText,
  variantMarkdown,
  writtenText,
} from '../../../model/vocabulary/documentation';
import type { Family, Variant } from '../../../model/vocabulary/family';
import type { Choice, Key } from '../../../model/vocabulary/key';
import { LAYER_FAMILY } from '../../../model/vocabulary/layers';
import type { Proposal } from './completion';
import { columnProposals, isOfColumns } from './column-completions';
import type { Cursor } from './cursor';
import { expectationAt } from './expectation';
import { layerNameProposals } from './layer-name-completions';
import { blockSnippet, exampleOf, flowSnippet } from './snippets';

/** Values that the key under the cursor may have. */
export function valueCompletions(cursor: Cursor, columns: readonly string[]): readonly Proposal[] {
  const place = expectationAt(cursor.root, cursor.path);
  if (place?.kind === 'type') {
    return place.family.variants.map(variant => nameProposal(place.family, variant));
  }
  if (place?.kind === 'value' && isOfColumns(place.key)) {
    return columnProposals(cursor, place.key, columns);
  }
  return place?.kind === 'value' ? proposalsFor(cursor, place.name, place.key) : [];
}

/** Items of the list under the cursor: whole layers, or names of layers or columns. */
export function itemCompletions(cursor: Cursor, columns: readonly string[]): readonly Proposal[] {
  const place = expectationAt(cursor.root, cursor.path);
  if (place?.kind === 'value' && place.key.value.kind === 'layer-names') {
    return layerNameProposals(cursor, 'layer-names');
  }
  if (place?.kind === 'value' && isOfColumns(place.key)) {
    return columnProposals(cursor, place.key, columns);
  }
  if (place?.kind === 'layer') {
    return layerProposals(cursor, '');
  }
  const list = expectationAt(cursor.root, cursor.path.slice(0, -1));
  return list?.kind === 'value' ? numberProposals(list.name, list.key, Number(cursor.path.at(-1))) : [];
}

/** A number of a list, as the example of its key has it. */
function numberProposals(name: string, key: Key, index: number): readonly Proposal[] {
  const example = key.value.kind === 'input' ? '4' : (exampleOf(key) ?? '');
  const examples = example.match(/-?[\d.]+(?:e-?\d+)?/g) ?? ['1'];
  return [plainProposal(name, key, examples[index] ?? examples.at(-1))];
}

/** A whole layer of each type, in the style (one line or a block) of the layers beside it. */
export function layerProposals(cursor: Cursor, before: '' | '- '): readonly Proposal[] {
  const block = !cursor.flow && besideBlocks(cursor);
  return LAYER_FAMILY.variants.map(variant => ({
    label: `${variant.name} layer`,
    detail: 'layer',
    documentation: variantMarkdown(LAYER_FAMILY, variant),
    insertText: `${before}${block ? blockSnippet(variant, '  ') : flowSnippet(variant)}`,
    kind: 'snippet',
  }));
}

/** Whether the other items of the list are mappings written as blocks. */
function besideBlocks({ root, path }: Cursor): boolean {
  const list = nodeIn(root, path.slice(0, -1));
  const others = list?.kind === 'sequence' ? list.items.filter((_, index) => index !== path.at(-1)) : [];
  return others.length > 0 && others.every(item => item.kind === 'mapping' && !item.flow);
}

function proposalsFor(cursor: Cursor, name: string, key: Key): readonly Proposal[] {
  const { value } = key;
  switch (value.kind) {
    case 'boolean':
      return [true, false].map(option => plainProposal(name, key, String(option)));
    case 'choice':
      return value.choices.map(choice => choiceProposal(choice, key));
    case 'variant':
      return familyProposals(value.family());
    case 'input':
      return INPUTS.map(({ label, insertText }) => ({
        label,
        detail: 'shape',
        documentation: keyMarkdown(name, key),
        insertText,
        kind: 'snippet',
      }));
    case 'layers':
      return layerProposals(cursor, cursor.flow ? '' : '- ').map(proposal => ({
        ...proposal,
        insertText: cursor.flow ? `[${proposal.insertText}]` : `\n  ${proposal.insertText}`,
      }));
    case 'layer-names':
    case 'layer-name':
      return layerNameProposals(cursor, value.kind);
    case 'numbers':
      return value.words.map(word => choiceProposal(word, key));
    case 'group':
      return Object.entries(value.keys).map(([inner, part]) => ({
        label: `{ ${inner}: … }`,
        detail: '',
        documentation: keyMarkdown(inner, part),
        insertText: `{ ${inner}: \${1:${exampleOf(part) ?? ''}} }`,
        kind: 'snippet',
      }));
    default: {
      const example = exampleOf(key);
      const word = 'word' in value && value.word ? [choiceProposal(value.word, key)] : [];
      const words = value.kind === 'text' ? (value.words ?? []).map(each => choiceProposal(each, key)) : [];
      const given = [...(example === undefined ? [] : [plainProposal(name, key, example)]), ...word, ...words];
      // Without a proposal of ours the editor would offer any word of the text.
      return given.length > 0
        ? given
        : [
            {
              label: name,
              detail: 'free text',
              documentation: keyMarkdown(name, key),
              insertText: `\${1:${name}}`,
              kind: 'snippet',
            },
          ];
    }
  }
}

const INPUTS = [
  { label: '[features]', insertText: '[${1:4}]' },
  { label: '[time, features]', insertText: '[${1:100}, ${2:2}]' },
  { label: '{ tokens, length }', insertText: '{ tokens: ${1:64}, length: ${2:30} }' },
] as const;

/** The names that stand alone, then mappings with the keys that are usually written. */
function familyProposals(family: Family): readonly Proposal[] {
  const alone = family.variants.filter(({ keys }) => !Object.values(keys).some(key => key.required));
  const mappings = family.variants.filter(({ usual }) => usual !== undefined);
  return [
    ...alone.map(variant => nameProposal(family, variant)),
    ...mappings.map((variant): Proposal => ({
      label: `${variant.name} { … }`,
      detail: family.noun,
      documentation: variantMarkdown(family, variant),
      insertText: flowSnippet(variant),
      kind: 'snippet',
    })),
  ];
}

function nameProposal(family: Family, variant: Variant): Proposal {
  return {
    label: variant.name,
    detail: family.noun,
    documentation: variantMarkdown(family, variant),
    insertText: variant.name,
    kind: 'value',
  };
}

function choiceProposal(choice: Choice, key: Key): Proposal {
  const isDefault = key.default === choice.name;
  return {
    label: choice.name,
    detail: isDefault ? 'default' : '',
    documentation: choiceMarkdown(choice, ''),
    insertText: choice.name,
    kind: 'value',
  };
}

function plainProposal(name: string, key: Key, text: string): Proposal {
  const isDefault = key.default !== undefined && writtenText(key.default) === text;
  return {
    label: text,
    detail: isDefault ? 'default' : presenceText(key).replaceAll('`', ''),
    documentation: keyMarkdown(name, key),
    insertText: text,
    kind: 'value',
  };
}
