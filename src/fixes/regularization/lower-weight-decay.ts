import { changeValues } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import type { FixMaker } from '../fix-context';
import { customaryDecay } from './customary-decay';

/** A decay within this factor of the customary one crushes nothing. */
const NEAR = 2;

/**
 * Lowers a weight decay that pulls the weights to 0 faster than the gradient builds them up to the customary one (see
 * `customaryDecay`).
 */
export const lowerWeightDecay: FixMaker = ({ document, model: { optimizer } }) => {
  const decay = customaryDecay(optimizer.type);
  return optimizer.weightDecay <= NEAR * decay
    ? undefined
    : {
        id: 'lower-weight-decay',
        title: `Lower the weight decay to ${formatNumber(decay)}`,
        edits: changeValues(document, [{ path: ['optimizer', 'weight_decay'], value: decay }]),
      };
};
