import type { SourcePath } from '../../../model/model-spec';
import type { SourceNode } from '../source-document';
import type { VariantValue } from '../../../model/vocabulary/family';
import { LAYERS } from '../../../model/vocabulary/layers';
import { MAX_LAYERS } from '../../../model/vocabulary/limits';
import { headRange, report, type Compilation, type MappingNode } from './compilation';
import { nameLayers } from './layer-names';
import { readVariant } from './read-variant';

/** The values of a layer, by its type. */
export type LayerValues = VariantValue<typeof LAYERS>;

/** A layer whose keys are all right; its shapes are not known yet. */
export interface ReadLayer {
  readonly values: LayerValues;
  readonly name: string;
  /** Names from the root joined by dots. */
  readonly path: string;
  readonly node: MappingNode;
  readonly source: SourcePath;
  /** Layers inside a residual; empty for every other layer. */
  readonly inner: readonly (ReadLayer | undefined)[];
  readonly shortcut: readonly (ReadLayer | undefined)[];
}

/** The layers of a file; one is `undefined` where it has a problem, which is reported. */
export interface ReadLayers {
  readonly layers: readonly (ReadLayer | undefined)[];
  /** Paths of all layers without a problem, and of those with one as far as they have a name. */
  readonly paths: ReadonlySet<string>;
  readonly broken: ReadonlySet<string>;
}

/** Reads a list of layers and what is inside them. */
export function readLayers(compilation: Compilation, node: SourceNode, path: SourcePath): ReadLayers {
  const found: Found = { count: 0, paths: new Set(), broken: new Set() };
  const layers = readList(compilation, node, path, '', found, false);
  return { layers, paths: found.paths, broken: found.broken };
}

interface Found {
  count: number;
  readonly paths: Set<string>;
  readonly broken: Set<string>;
}

function readList(
  compilation: Compilation,
  node: SourceNode,
  path: SourcePath,
  prefix: string,
  found: Found,
  insideResidual: boolean,
): readonly (ReadLayer | undefined)[] {
  if (node.kind !== 'sequence') {
    return [];
  }
  if (node.items.length === 0) {
    report(
      compilation,
      'no-layers',
      '`layers` is empty; add at least one layer, such as `{ type: dense, units: 1 }`.',
      node.range,
    );
  }
  const names = nameLayers(compilation, node.items, insideResidual);
  return node.items.map((item, index) => {
    found.count += 1;
    if (found.count > MAX_LAYERS) {
      if (found.count === MAX_LAYERS + 1) {
        report(
          compilation,
          'limit',
          `A model may have at most ${MAX_LAYERS} layers, those inside residuals included; this one ` + `is too many.`,
          item.range,
        );
      }
      return undefined;
    }
    const source = [...path, index];
    const values = readVariant(compilation, LAYERS, 'layer', item, source);
    const name = names[index];
    const own = `${prefix}${name ?? ''}`;
    if (values === undefined || name === undefined || item.kind !== 'mapping') {
      found.broken.add(own);
      return undefined;
    }
    found.paths.add(own);
    const inside = (key: 'layers' | 'shortcut'): readonly (ReadLayer | undefined)[] => {
      const entry = values.type === 'residual' ? item.entries.find(candidate => candidate.key === key) : undefined;
      return entry
        ? readList(
            compilation,
            entry.value,
            [...source, key],
            key === 'layers' ? `${own}.` : `${own}.shortcut.`,
            found,
            key === 'layers',
          )
        : [];
    };
    return { values, name, path: own, node: item, source, inner: inside('layers'), shortcut: inside('shortcut') };
  });
}

/** Where a problem of the layer as a whole is shown. */
export function rangeOfLayer(layer: ReadLayer) {
  return headRange(layer.node);
}
