import type { Finding } from '../../diagnosis/finding';
import type { Fix } from '../../fixes/fix';
import type { Verification } from './verifications';

/**
 * The cures of a finding as they stand once measured: only those that help, best first, with their effect in the title. As they
 * were proposed where nothing is known yet. The edits stay those of `proposed`, which are of the present text.
 */
export function measuredFixes(proposed: readonly Fix[], finding: Finding, verification: Verification | undefined): readonly Fix[] {
  if (!verification || !isOf(verification, finding) || verification.state.kind !== 'done') return proposed;
  const { verdict, fixes } = verification.state.verified;
  if (verdict === 'unknown' || verdict === 'no-candidate') return proposed;
  return fixes.flatMap(({ id, title, preferred }) => {
    const own = proposed.find((fix) => fix.id === id);
    return own ? [{ ...own, title, preferred }] : [];
  });
}

/** Whether a verification speaks of a finding, wherever in the text that stands by now. */
export function isOf(verification: Verification, finding: Finding): boolean {
  return verification.finding.rule === finding.rule && verification.finding.layer === finding.layer;
}
