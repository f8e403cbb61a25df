import type { Finding } from '../../diagnosis/finding';
import type { Fix } from '../../fixes/fix';
import type { FixDraft } from '../../fixes/fix-context';
import type { Verification } from './verifications';

/**
 * The cures of a finding as they stand once measured: only those that help, best first, with their effect in the title. As they
 * were proposed where nothing is known yet.
 *
 * @param remake makes a measured cure of the present text
 */
export function measuredFixes(
  proposed: readonly Fix[], finding: Finding, verification: Verification | undefined, remake: (fix: Fix) => FixDraft | undefined,
): readonly Fix[] {
  if (!verification || !isOf(verification, finding) || verification.state.kind !== 'done') return proposed;
  const { verdict, fixes } = verification.state.verified;
  if (verdict === 'unknown' || verdict === 'no-candidate') return proposed;
  return fixes.flatMap((fix) => {
    const own = remake(fix);
    return own ? [{ ...own, title: fix.title, preferred: fix.preferred, ...(fix.why !== undefined && { why: fix.why }) }] : [];
  });
}

/** Whether a verification speaks of a finding, wherever in the text that stands by now. */
export function isOf(verification: Verification, finding: Finding): boolean {
  return verification.finding.rule === finding.rule && verification.finding.layer === finding.layer;
}
