import { keyMarkdown, presenceText } from '../../../model/vocabulary/documentation';
import { findKey } from '../../../model/vocabulary/family';
import type { Key } from '../../../model/vocabulary/key';
import type { Proposal } from './completion';
import type { Cursor } from './cursor';
import { expectationAt, mappingAt, type MappingExpectation } from './expectation';
import { layerProposals } from './value-completions';

/** Keys that the mapping under the cursor may have and does not have yet; `type` first where it decides the others. */
export function keyCompletions(cursor: Cursor): readonly Proposal[] {
  const place = expectationAt(cursor.root, cursor.path);
  if (place?.kind === 'value' && place.key.value.kind === 'layers' && !cursor.flow) {
    return layerProposals(cursor, '- ');
  }
  const mapping = mappingAt(cursor.root, cursor.path);
  if (!mapping) {
    return [];
  }
  const given = new Set(cursor.siblings.map(({ key }) => findKey(mapping.keys, key)?.name ?? key));
  const keys = Object.entries(mapping.keys).filter(([name]) => !given.has(name));
  const required = keys.filter(([, key]) => key.required);
  const optional = keys.filter(([, key]) => !key.required);
  const typed = mapping.family && !given.has('type') ? typeProposals(cursor, mapping) : [];
  // A list item that is still empty may become a whole layer at once.
  const wholes = place?.kind === 'layer' && given.size === 0 && !cursor.flow ? layerProposals(cursor, '') : [];
  return [...typed, ...wholes, ...[...required, ...optional].map(([name, key]) => keyProposal(cursor, name, key))];
}

function typeProposals(cursor: Cursor, { family }: MappingExpectation): readonly Proposal[] {
  const noun = family?.noun ?? '';
  const names = family?.variants.map(({ name }) => `\`${name}\``).join(', ') ?? '';
  return [
    {
      label: 'type',
      detail: 'required',
      documentation: `**type** · required\n\nWhich ${noun} it is: ${names}.`,
      insertText: cursor.colon ? 'type' : 'type: ',
      kind: 'key',
    },
  ];
}

function keyProposal(cursor: Cursor, name: string, key: Key): Proposal {
  const block = key.value.kind === 'layers' && !cursor.flow ? '' : ' ';
  return {
    label: name,
    detail: presenceText(key).replaceAll('`', ''),
    documentation: keyMarkdown(name, key),
    insertText: cursor.colon ? name : `${name}:${block}`,
    kind: 'key',
  };
}
