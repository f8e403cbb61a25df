import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import { clipThreshold, parameterCount } from './clip-threshold';
import type { FixMaker } from '../fix-context';
import { roundDown } from '../round-down';

/**
 * Clips every element of the gradient to ±c / √n, n being the number of all parameters and c the norm that
 * `clipThreshold` gives: the root mean square of a gradient of that norm, and the largest bound under which no gradient
 * can exceed it. Changes the direction of the gradient, so it is the second choice; not offered where gradients are
 * clipped by a norm already, be it of all, of each parameter or of each unit.
 */
export const clipByValue: FixMaker = context => {
  const norm = clipThreshold(context);
  const { clip } = context.model;
  if (norm === undefined || (clip.type !== 'none' && clip.type !== 'value')) {
    return undefined;
  }
  const max = roundDown(norm / Math.sqrt(parameterCount(context.history.layout)), 2);
  if (clip.type === 'value' && clip.max <= max) {
    return undefined;
  }
  return {
    id: 'clip-by-value',
    title: `Clip every element of the gradient to ±${writtenNumber(max)}`,
    changes: [set({ setting: 'clip' }, { type: 'value', max })],
  };
};
