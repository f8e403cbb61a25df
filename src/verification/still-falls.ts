/** Whether a candidate's loss was on its way down when its runs ended. */
import { median } from '../record/median';
import type { CandidateResult } from './candidate-result';

/** Share of a run that its end and its middle are judged by. */
const WINDOW = 0.1;
/** The loss falls while its end is this much below its middle. */
const FALLS_TO = 0.95;

/** Whether, in more than half of its runs, the loss of the last tenth is clearly below that of the middle one. */
export function stillFalls({ trials }: Pick<CandidateResult, 'trials'>): boolean {
  const falling = trials.filter(({ progress }) => {
    if (!progress) return false;
    const { relativeLoss } = progress;
    const width = Math.max(1, Math.round(WINDOW * relativeLoss.length));
    const middle = Math.floor((relativeLoss.length - width) / 2);
    return median(relativeLoss.slice(-width)) < FALLS_TO * median(relativeLoss.slice(middle, middle + width));
  });
  return falling.length > trials.length / 2;
}
