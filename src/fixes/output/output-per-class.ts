import { set, type ChangeValue } from '../../model/change';
import { answerLayer, ownLayers } from '../own-layers';
import type { ModelSpec, LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { isYesOrNo } from './class-data';
import { outputActivation } from './output-activation';

/**
 * Gives a single output that is to tell two classes apart a unit for each of them, with cross-entropy: softmax over one
 * unit is 1 whatever the weights. A softmax or sigmoid at the output goes, since the loss takes raw scores.
 */
export const outputPerClass: FixMaker = ({ model }) => {
  const answer = answerLayer(model);
  const output = outputActivation(model);
  if (!answer || !isSingleUnit(answer) || !ownLayers(model).includes(answer) || !isYesOrNo(model)) return undefined;
  if (output && !['softmax', 'sigmoid', 'hard-sigmoid'].includes(output.activation)) return undefined;
  return {
    id: 'output-per-class',
    title: `Give ${answer.path} a unit for each of 2 classes, with cross-entropy${output ? ` instead of ${output.activation}` : ''}`,
    changes: [
      set({ layer: answer.path, part: 'units' }, 2),
      ...(output ? [output.removal] : []),
      set({ setting: 'loss' }, crossEntropy(model)),
    ],
  };
};

function isSingleUnit(layer: LayerSpec): boolean {
  return layer.type === 'dense' && layer.units === 1 && layer.tiedTo === undefined && String(layer.outputShape) === '1';
}

/** Cross-entropy that counts the classes as the loss before it did. */
function crossEntropy({ loss }: ModelSpec): ChangeValue {
  const weight = loss.type === 'binary-cross-entropy' ? loss.posWeight : 1;
  return { type: 'cross-entropy', ...(weight !== 1 && { classWeights: [1, weight] }) };
}
