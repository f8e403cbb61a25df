import type { SourceNode } from '../source-document';
import { ACTIVATION_CHOICES } from '../../../model/vocabulary/activations';
import { findNamed } from '../../../model/vocabulary/family';

/**
 * The activation that the last layer of a model is written with, by our name; a layer named for an activation is one.
 */
export function outputActivation(root: SourceNode): string | undefined {
  const layers = childOf(root, 'layers');
  const last = layers?.kind === 'sequence' ? layers.items.at(-1) : undefined;
  const written = [childOf(last, 'activation'), childOf(last, 'type')].map(node =>
    node?.kind === 'scalar' ? node.value : undefined,
  );
  return written
    .flatMap(name => (typeof name === 'string' ? [findNamed(ACTIVATION_CHOICES, name)?.name] : []))
    .find(name => name !== undefined);
}

function childOf(node: SourceNode | undefined, key: string): SourceNode | undefined {
  return node?.kind === 'mapping' ? node.entries.find(entry => entry.key === key)?.value : undefined;
}
