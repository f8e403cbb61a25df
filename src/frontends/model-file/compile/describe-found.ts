import type { SourceNode } from '../source-document';

/** Describes a node of the file, as the end of the sentence "... but is ...". */
export function describeFound(node: SourceNode): string {
  if (node.kind !== 'scalar') {
    return node.kind === 'mapping' ? 'a mapping' : 'a list';
  }
  if (typeof node.value !== 'string') {
    return String(node.value);
  }
  const shown = node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value;
  return `"${shown}"`;
}
