import type { SourcePath } from '../../../model/model-spec';
import { nodeAt, pathAt, rangeAt } from '../source-range';
import type { SourceDocument } from '../source-document';
import type { TextRange } from '../../../text/text-edit';
import { choiceMarkdown, keyMarkdown, variantMarkdown } from '../../../model/vocabulary/documentation';
import { findVariant, type Family, type Variant } from '../../../model/vocabulary/family';
import { expectationAt, mappingAt, type Expectation } from './expectation';
import { layerLine, modelLine, namedLayerLine } from './layer-lines';

/** Information about a place of the file. */
export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

/**
 * Explains the key or value at `offset`: description, default and range from the vocabulary; of a layer also the shapes
 * it takes and returns, as far as the model compiles. `undefined` where the vocabulary has nothing to say.
 */
export function hoverAt(document: SourceDocument, offset: number): Hover | undefined {
  const place = pathAt(document, offset);
  if (place.on === 'inside') {
    return undefined;
  }
  const path = knownPath(document, place.path);
  const expectation = path && expectationAt(document.root, path);
  const range = rangeAt(document, place.path, place.on);
  if (!path || !expectation || !range) {
    return undefined;
  }
  const explained = place.on === 'key' ? explainKey(expectation) : explainValue(document, path, expectation);
  const lines = [factLine(document, path, expectation), explained].filter(part => part !== undefined);
  return lines.length === 0 ? undefined : { range, markdown: lines.join('\n\n') };
}

/** The path itself or, for an item such as a size in `input`, the key whose value it is part of. */
function knownPath(document: SourceDocument, path: SourcePath): SourcePath | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const candidate = path.slice(0, length);
    if (expectationAt(document.root, candidate)) {
      return candidate;
    }
    // Only sizes and pairs are explained by their key; below an unknown key nothing is known.
    if (typeof candidate.at(-1) !== 'number') {
      return undefined;
    }
  }
  return undefined;
}

function explainKey(expectation: Expectation): string | undefined {
  switch (expectation.kind) {
    case 'value':
      return keyMarkdown(expectation.name, expectation.key);
    case 'type':
      return expectation.variant
        ? variantMarkdown(expectation.family, expectation.variant)
        : typesMarkdown(expectation.family);
    default:
      return undefined;
  }
}

function explainValue(document: SourceDocument, path: SourcePath, expectation: Expectation): string | undefined {
  const node = nodeAt(document, path);
  const value = node?.kind === 'scalar' ? node.value : undefined;
  if (expectation.kind === 'value') {
    const { key, name } = expectation;
    if (key.value.kind === 'choice') {
      const choice = key.value.choices.find(candidate => candidate.name === value);
      return choice ? choiceMarkdown(choice, key.value.noun) : keyMarkdown(name, key);
    }
    if (key.value.kind === 'variant') {
      const family = key.value.family();
      const variant = typeof value === 'string' ? findVariant(family, value) : mappingAt(document.root, path)?.variant;
      return variant ? variantMarkdown(family, variant) : keyMarkdown(name, key);
    }
    return keyMarkdown(name, key);
  }
  if (expectation.kind === 'layer') {
    const mapping = mappingAt(document.root, path);
    return mapping?.family && mapping.variant ? variantMarkdown(mapping.family, mapping.variant) : undefined;
  }
  return explainKey(expectation);
}

/** Shapes of the layer whose type or name is looked at, or what the whole model comes to. */
function factLine(document: SourceDocument, path: SourcePath, expectation: Expectation): string | undefined {
  const key = path.at(-1);
  if (path.length === 1 && (key === 'layers' || key === 'input')) {
    return modelLine(document);
  }
  if (expectation.kind === 'layer') {
    return layerLine(document, path);
  }
  const kind = expectation.kind === 'value' ? expectation.key.value.kind : undefined;
  if (kind === 'layer-names' || kind === 'layer-name') {
    return namedLayerLine(document, path);
  }
  return path.length > 1 && (key === 'type' || key === 'name') ? layerLine(document, path.slice(0, -1)) : undefined;
}

function typesMarkdown(family: Family): string {
  const types = family.variants.map((variant: Variant) => `- \`${variant.name}\`: ${variant.description}`);
  return `**type** · required\n\nWhich ${family.noun} it is:\n\n${types.join('\n')}`;
}
