import { set, type Change } from '../../model/change';
import { MODEL_INPUT_PATH, type LayerSpec, type ModelSpec } from '../../model/model-spec';
import { criticalGain } from '../../diagnosis/evidence/initial-gain';
import { activationAfter, allLayers } from '../../diagnosis/layers';
import type { FixMaker } from '../fix-context';
import { hiddenKernels, isForwardKernel, type ForwardKernel } from '../own-layers';
import { roundDown } from '../round-down';

/** With fewer the gradient has no long way to go. */
const MIN_LAYERS_FOR_SHORTCUTS = 3;

/** A layer with what belongs to it, as neighbors in one list. */
interface Block {
  readonly kernel: ForwardKernel;
  readonly last: LayerSpec;
}

/**
 * Gives every hidden layer whose output has the shape of its input a shortcut around it (He et al. 2016), through which
 * the gradient reaches the first layer whatever the layers do. The weights inside start so small that the sum of all L
 * branches has the size of one signal: their variance is that of the activation's critical gain over L (De and Smith
 * 2020; Zhang et al. 2019).
 */
export const residualConnections: FixMaker = ({ model }) => {
  const plain = model.layers.filter((_, index) => isPlain(model, index));
  const blocks = hiddenKernels(model)
    .filter(kernel => plain.includes(kernel))
    .map(kernel => blockOf(kernel, plain))
    .filter(({ kernel, last }) => String(kernel.inputShape) === String(last.outputShape));
  if (blocks.length < MIN_LAYERS_FOR_SHORTCUTS) return undefined;
  const scaleOf = (kernel: ForwardKernel): number =>
    roundDown(criticalGain(activationAfter(model, kernel).activation) ** 2 / blocks.length, 2);
  return {
    id: 'residual-connections',
    title: `Add shortcuts around ${blocks.length} layers`,
    changes: blocks.flatMap(({ kernel, last }): Change[] => [
      set({ layer: kernel.path, part: 'kernelInitializer' }, { type: 'variance-scaling', scale: scaleOf(kernel) }),
      { kind: 'wrap', from: kernel.path, to: last.path, in: 'residual' },
    ]),
  };
};

/** Whether a layer reads the one before it alone, and nothing but the one after it has to do with it. */
function isPlain({ layers }: ModelSpec, index: number): boolean {
  const { path } = layers[index];
  const isNext = (at: number, before: string): boolean =>
    layers[at].inputs.length === 1 && layers[at].inputs[0] === before;
  return (
    isNext(index, layers[index - 1]?.path ?? MODEL_INPUT_PATH) &&
    allLayers(layers).every(
      other =>
        other.tiedTo?.path !== path &&
        (!other.inputs.includes(path) ||
          (other === layers[index + 1] && isNext(index + 1, path)) ||
          isInside(layers[index + 1], other)),
    )
  );
}

/** Whether the layer stands inside the next one, whose input it reads. */
function isInside(next: LayerSpec | undefined, layer: LayerSpec): boolean {
  return next !== undefined && next !== layer && allLayers([next]).includes(layer);
}

/** The layer up to the next one that is more than its norm, activation or dropout. */
function blockOf(kernel: ForwardKernel, plain: readonly LayerSpec[]): Block {
  let last: LayerSpec = kernel;
  for (const next of plain.slice(plain.indexOf(kernel) + 1)) {
    const belongs = next.type === 'activation' || next.type === 'dropout' || next.type.endsWith('-norm');
    if (!belongs || isForwardKernel(next)) break;
    last = next;
  }
  return { kernel, last };
}
