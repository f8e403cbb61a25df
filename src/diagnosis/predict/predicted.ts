/** A predicted finding, before it is ranked. */
import type { Finding } from '../finding';

/** Fills in what all predictions share. */
export function predicted(
  found: Pick<Finding, 'rule' | 'layer' | 'at' | 'message' | 'measured' | 'fixes'> &
    Partial<Pick<Finding, 'related' | 'step'>>,
): Finding {
  return { severity: 'information', step: 0, related: [], ...found };
}

/** "in all 3 seeds", "in 2 of 5 seeds". */
export function inSeeds(found: number, tried: number): string {
  if (tried === 1) return 'with the one seed tried';
  return found === tried ? `in all ${tried} seeds tried` : `in ${found} of ${tried} seeds tried`;
}
