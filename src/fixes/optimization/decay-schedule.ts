import { set } from '../../model/change';
import type { FixMaker } from '../fix-context';

/**
 * Lets a constant rate fall along half a cosine to 0 (Loshchilov and Hutter 2017): large steps while there is far to
 * go, small ones where a constant rate would bounce around the minimum.
 */
export const decaySchedule: FixMaker = ({ model }) =>
  model.schedule.type !== 'constant'
    ? undefined
    : {
        id: 'decay-schedule',
        title: 'Decay the learning rate along a cosine',
        changes: [set({ setting: 'schedule' }, { type: 'cosine' })],
      };
