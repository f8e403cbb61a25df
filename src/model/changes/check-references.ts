import type { LayerDraft } from '../layer-draft';
import { MODEL_INPUT_PATH } from '../model-spec';
import type { ProblemLog } from '../resolve/problem-log';
import { layerText } from '../resolve/shape-text';

const JOINS: ReadonlySet<string> = new Set(['add', 'multiply', 'concatenate']);

/** Reports layers that read or share what is no layer before them, or read more or fewer than they can. */
export function checkReferences(log: ProblemLog, layers: readonly LayerDraft[]): void {
  const known = new Set([MODEL_INPUT_PATH]);
  // Layers inside a block are not drafted.
  const blocks: string[] = [];
  const isKnown = (path: string): boolean => known.has(path) || blocks.some(block => path.startsWith(`${block}.`));
  const check = (list: readonly (LayerDraft | undefined)[]): void => {
    const names = new Set<string>();
    for (const layer of list) {
      if (!layer) continue;
      const { path, inputs, tiedTo } = layer;
      if (names.has(layer.name)) log.report('duplicate-name', `Two layers are named \`${path}\`.`, { layer: path });
      names.add(layer.name);
      const unknown = [...inputs, ...(tiedTo ? [tiedTo.path] : [])].find(other => !isKnown(other));
      if (unknown !== undefined) {
        const message = `No layer before ${layerText(layer)} is \`${unknown}\`.`;
        log.report('unknown-layer-name', message, {
          layer: path,
          part: inputs.includes(unknown) ? 'inputs' : 'tiedTo',
        });
      }
      if (JOINS.has(layer.type) ? inputs.length < 2 : inputs.length !== 1) {
        const message = `${layerText(layer)} cannot read ${inputs.length} ${inputs.length === 1 ? 'layer' : 'layers'}.`;
        log.report('wrong-inputs', message, { layer: path, part: 'inputs' });
      }
      if (layer.type === 'residual') {
        check(layer.layers);
        check(layer.shortcut);
      }
      known.add(path);
      if (layer.type === 'transformer-block') blocks.push(path);
    }
  };
  check(layers);
}
