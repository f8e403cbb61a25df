/** The finding of `poor-initialization`, whichever measure raises it. */
import { alikePlaces } from '../alike';
import type { Place } from '../../model/place';
import { placeOf } from '../layers';
import type { Finding } from '../finding';
import type { KernelLayer } from '../layers';
import type { RuleContext } from '../rule';
import { FITTING_WEIGHTS } from '../undoing';

/** A fault that one measure found. */
export interface WeightFault {
  readonly layer: KernelLayer;
  readonly at: Place;
  readonly message: string;
  readonly measured: Finding['measured'];
  /** Other layers with the same fault. */
  readonly others: readonly KernelLayer[];
  /** The text that follows the name of each. */
  readonly alike: string;
  /** Cures, best first; fitting weights by default. */
  readonly fixes?: Finding['fixes'];
}

/** Makes the finding about a fault of the first weights or biases. */
export function initializationFinding(
  { learning, windows }: RuleContext['evidence'],
  { layer, at, message, measured, others, alike, fixes = FITTING_WEIGHTS }: WeightFault,
): Finding {
  return {
    rule: 'poor-initialization',
    severity: learning.state === 'destroyed' ? 'error' : 'warning',
    layer: layer.path,
    at,
    message,
    measured: { ...measured, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.early[0]?.step ?? 0,
    related: alikePlaces(others, placeOf, path => `\`${path}\` ${alike}`),
    fixes,
    causal: fixes,
  };
}
