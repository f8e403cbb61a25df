import { stepsWithGradient } from '../evidence/recorded-norms';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { ordinaryOf, rateChanges } from './ordinary-rate';
import { roundDown } from '../round-down';
import { changePerRate } from '../evidence/step-size';

/**
 * Relative change of the weights in an update that training withstands; the upper end of the customary 1e-3 to 1e-2.
 */
const SOUND_CHANGE = 1e-2;
/** A smaller raise changes little. */
const WORTHWHILE = 2;

/**
 * Raises a rate at which the weights hardly move to the one at which an update changes them by 1e-2 of their norm
 * (median of the run, see `changePerRate`), but not beyond what well scaled networks bear (see `ordinaryRate`).
 */
export const raiseLearningRate: FixMaker = ({ model, history, value }) => {
  const change = changePerRate(model, history.layout, stepsWithGradient(history));
  const rate = value ?? roundDown(Math.min(SOUND_CHANGE / change, ordinaryOf(model.optimizer)), 1);
  if (!(rate >= (value === undefined ? WORTHWHILE : 1) * model.optimizer.learningRate)) return undefined;
  return {
    id: 'raise-learning-rate',
    title: `Raise the learning rate to ${writtenNumber(rate)}`,
    changes: rateChanges(model, rate),
  };
};
