import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';

/**
 * Customary factors; the framework's own examples take 1e-4 for squares and a tenth of it for sizes, whose slope does
 * not fade.
 */
const CUSTOMARY = { l1: 1e-5, l2: 1e-4 } as const;
/** A factor below this many times the customary one crushes nothing. */
const HARMFUL_PENALTY_FACTOR = 10;

/** Lowers penalties that outweigh the task, so that every weight goes to 0, to customary ones. */
export const lowerPenalty: FixMaker = ({ model: { regularization } }) => {
  const strong = (['l1', 'l2'] as const).filter(
    kind => regularization[kind] >= HARMFUL_PENALTY_FACTOR * CUSTOMARY[kind],
  );
  return strong.length === 0
    ? undefined
    : {
        id: 'lower-penalty',
        title: `Lower ${strong.map(kind => `${kind} to ${writtenNumber(CUSTOMARY[kind])}`).join(' and ')}`,
        changes: strong.map(kind => set({ setting: 'regularization', part: kind }, CUSTOMARY[kind])),
      };
};
