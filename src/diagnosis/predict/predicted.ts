/** A predicted finding, before it is ranked. */
import type { Finding } from '../finding';

/** Fills in what all predictions share. */
export function predicted(
  found: Pick<Finding, 'rule' | 'layer' | 'at' | 'message' | 'measured' | 'fixes'> &
    Partial<Pick<Finding, 'related' | 'step'>>,
): Finding {
  return { severity: 'information', step: 0, related: [], ...found };
}

/** "with all 3 seeds", "with 2 of 5 seeds". */
export function inSeeds(found: number, tried: number): string {
  if (tried === 1) return 'with the 1 seed tried';
  return found === tried ? `with all ${tried} seeds tried` : `with ${found} of ${tried} seeds tried`;
}
