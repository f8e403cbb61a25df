import { changeValues } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { FixMaker } from '../fix-context';
import { customaryDecay } from './customary-decay';

/**
 * Pulls the weights towards 0 at every step. The decay of lion, muon and adamw acts apart from the gradient; adam's is
 * lost in its scaling, so adam becomes adamw (Loshchilov and Hutter 2019).
 */
export const weightDecay: FixMaker = ({ document, model: { optimizer } }) => {
  const type = optimizer.type === 'adam' && !optimizer.amsgrad ? 'adamw' : optimizer.type;
  const decay = customaryDecay(type);
  if (optimizer.weightDecay >= decay && type === optimizer.type) return undefined;
  const isMapping = nodeAt(document, ['optimizer'])?.kind === 'mapping';
  return {
    id: 'weight-decay',
    title:
      type === optimizer.type
        ? `Set weight decay to ${formatNumber(decay)}`
        : `Use adamw with weight decay ${formatNumber(decay)} instead of adam`,
    edits: changeValues(
      document,
      isMapping
        ? [
            { path: ['optimizer', 'type'], value: type },
            { path: ['optimizer', 'weight_decay'], value: decay },
          ]
        : [{ path: ['optimizer'], value: { type, weight_decay: decay } }],
    ),
  };
};
