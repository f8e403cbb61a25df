import { criticalGain } from '../../diagnosis/evidence/initial-gain';
import { activationAfter } from '../../diagnosis/layers';
import { keepNames, mentionedNames } from '../../frontends/model-file/edit/layer-references';
import { wrapItems } from '../../frontends/model-file/edit/list-items';
import type { LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { nodeAt } from '../../frontends/model-file/source-range';
import { distinct, editInTurn, isModel, listOf } from './layer-insertion';
import { hiddenKernels, isForwardKernel, ownLayers, type ForwardKernel } from '../own-layers';
import { roundDown } from '../round-down';

/** With fewer the gradient has no long way to go. */
const FEWEST = 3;

/** A layer with what belongs to it, as siblings in one list of the file. */
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
export const residualConnections: FixMaker = ({ document, model }) => {
  const own = ownLayers(model);
  // A layer that says itself what it reads, or that others name, has its ways already.
  const mentioned = mentionedNames(document, model);
  const isPlain = ({ name, source }: LayerSpec): boolean =>
    !mentioned.has(name) && nodeAt(document, [...source, 'inputs']) === undefined;
  const blocks = hiddenKernels(model)
    .filter(kernel => kernel.source.length === 2 && isPlain(kernel))
    .map(kernel => blockOf(kernel, own.filter(isPlain)))
    .filter(({ kernel, last }) => String(kernel.inputShape) === String(last.outputShape));
  if (blocks.length < FEWEST) return undefined;
  const edits = editInTurn(
    document,
    [
      ...keepNames(document, model),
      ...blocks.map(({ kernel }) => ({
        path: [...kernel.source, 'kernel_initializer'],
        value: {
          type: 'variance-scaling',
          scale: roundDown(criticalGain(activationAfter(model, kernel).activation) ** 2 / blocks.length, 2),
        },
      })),
    ],
    changed =>
      distinct(
        blocks.flatMap(({ kernel, last }) => {
          const list = listOf(changed, kernel.source);
          return (
            (list &&
              wrapItems(
                changed,
                list,
                Number(kernel.source[1]),
                Number(last.source[1]),
                { type: 'residual' },
                'layers',
              )) ??
            []
          );
        }),
      ),
  );
  return isModel(document, edits)
    ? { id: 'residual-connections', title: `Put shortcuts around ${blocks.length} layers`, edits }
    : undefined;
};

/** The layer up to the next one that is more than its norm, activation or dropout. */
function blockOf(kernel: ForwardKernel, own: readonly LayerSpec[]): Block {
  let last: LayerSpec = kernel;
  for (const next of own.slice(own.indexOf(kernel) + 1)) {
    const belongs = next.type === 'activation' || next.type === 'dropout' || next.type.endsWith('-norm');
    if (!belongs || isForwardKernel(next) || next.source.length !== 2) break;
    last = next;
  }
  return { kernel, last };
}
