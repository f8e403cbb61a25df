import { changeValues } from '../../spec/edit';
import { formatNumber } from '../../spec/edit/format-value';
import type { OptimizerSpec } from '../../spec/model-spec';
import { nodeAt } from '../../spec/source-range';
import type { FixMaker } from '../fix-context';

/** Ten times adamw's default, which Loshchilov and Hutter (2019) found best on small data. */
const DECOUPLED = 0.1;
/** Customary with sgd since Krizhevsky et al. 2012. */
const COUPLED = 5e-4;

/**
 * Pulls the weights towards 0 at every step. The decay of lion, muon and adamw acts apart from the gradient; adam's is lost in its
 * scaling, so adam becomes adamw (Loshchilov and Hutter 2019).
 */
export const weightDecay: FixMaker = ({ document, model: { optimizer } }) => {
  const type = optimizer.type === 'adam' && !optimizer.amsgrad ? 'adamw' : optimizer.type;
  const decay = isDecoupled(type) ? DECOUPLED : COUPLED;
  if (optimizer.weightDecay >= decay && type === optimizer.type) return undefined;
  const isMapping = nodeAt(document, ['optimizer'])?.kind === 'mapping';
  return {
    id: 'weight-decay',
    title: type === optimizer.type
      ? `Set weight decay to ${formatNumber(decay)}` : `Use adamw with weight decay ${formatNumber(decay)} instead of adam`,
    edits: changeValues(document, isMapping
      ? [{ path: ['optimizer', 'type'], value: type }, { path: ['optimizer', 'weight_decay'], value: decay }]
      : [{ path: ['optimizer'], value: { type, weight_decay: decay } }]),
  };
};

function isDecoupled(type: OptimizerSpec['type']): boolean {
  return type === 'adamw' || type === 'lion' || type === 'muon';
}
