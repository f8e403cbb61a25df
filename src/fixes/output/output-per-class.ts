import { answerLayer, ownLayers } from '../own-layers';
import { changeValues } from '../../frontends/model-file/edit';
import type { ModelSpec, LayerSpec } from '../../model/model-spec';
import type { FixMaker } from '../fix-context';
import { isYesOrNo } from './class-data';
import { outputActivation } from './output-activation';

/**
 * Gives a single output that is to tell two classes apart a unit for each of them, with cross-entropy: softmax over one
 * unit is 1 whatever the weights. A softmax or sigmoid at the output goes, since the loss takes raw scores.
 */
export const outputPerClass: FixMaker = ({ document, model }) => {
  const answer = answerLayer(model);
  const output = outputActivation(model);
  if (!answer || !isSingleUnit(answer) || !ownLayers(model).includes(answer) || !isYesOrNo(model)) return undefined;
  if (output && !['softmax', 'sigmoid', 'hard-sigmoid'].includes(output.activation)) return undefined;
  return {
    id: 'output-per-class',
    title: `Give ${answer.path} a unit for each of 2 classes, with cross-entropy${output ? ` instead of ${output.activation}` : ''}`,
    edits: changeValues(document, [
      { path: [...answer.source, 'units'], value: 2 },
      ...(output ? [output.removal] : []),
      { path: ['loss'], value: crossEntropy(model) },
    ]),
  };
};

function isSingleUnit(layer: LayerSpec): boolean {
  return layer.type === 'dense' && layer.units === 1 && layer.tiedTo === undefined && String(layer.outputShape) === '1';
}

/** Cross-entropy that counts the classes as the loss before it did. */
function crossEntropy({
  loss,
}: ModelSpec): 'cross-entropy' | { readonly type: string; readonly class_weights: readonly number[] } {
  const weight = loss.type === 'binary-cross-entropy' ? loss.posWeight : 1;
  return weight === 1 ? 'cross-entropy' : { type: 'cross-entropy', class_weights: [1, weight] };
}
