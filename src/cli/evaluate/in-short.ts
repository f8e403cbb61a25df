/** Cases in one line. */
import type { CureTrial } from './cure-trial';
import type { Outcome } from './outcome';
import type { Trial } from './trial';

/** "relative loss 1.02; warning dead-relu at h2". */
export function trialInShort({ outcome, findings }: Trial): string {
  const list = findings.map(
    ({ rule, severity, layer }) => `${severity} ${rule}${layer === undefined ? '' : ` at ${layer}`}`,
  );
  return `${lossInShort(outcome)}; ${list.join(', ') || 'no finding'}`;
}

/** "lower-learning-rate (Lower …: trains with 3 of 3 seeds); held back: 0.31, 0.97 (twin 0.62), not finite". */
export function cureInShort(cure: CureTrial | undefined): string {
  if (cure === undefined) return 'no alarm';
  if (cure.runs.length === 0) return cure.verdict;
  const runs = cure.runs.map(
    ({ outcome, twin }) =>
      `${outcome.finite ? outcome.relativeLoss.toPrecision(3) : 'not finite'}` +
      `${twin === undefined ? '' : ` (twin ${twin.relativeLoss.toPrecision(3)})`}`,
  );
  return `${cure.fixes.join(' + ')} (${cure.title}); held back: ${runs.join(', ')}`;
}

function lossInShort({ finite, relativeLoss }: Outcome): string {
  return finite ? `relative loss ${relativeLoss.toPrecision(3)}` : 'not finite';
}
