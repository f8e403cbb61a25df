/** The cures of a finding beside the text as it is now. */
import { causalFixes, type Finding } from '../../diagnosis/finding';
import type { Fix, FixPart } from '../../fixes/fix';
import { sequenceKey } from '../../model/change';
import type { ProposedFixes } from '../../protocol/analysis-messages';
import type { WrittenFix } from '../../verification/change-source';
import type { Verification } from './verifications';

/** A cure for a finding, as it is offered. */
export interface PresentFix extends WrittenFix {
  /** Whether it undoes the cause; others only make it bearable. */
  readonly causal: boolean;
  /** Key of its changes, which distinguishes it from the other cures of its finding: see `sequenceKey`. */
  readonly key: string;
}

/** Whether a verification speaks of a finding, wherever in the text that stands by now. */
export function isOf(verification: Verification, finding: Finding): boolean {
  return verification.finding.rule === finding.rule && verification.finding.layer === finding.layer;
}

/**
 * The measured cures that are offered for a finding: only those that help, best first; none where nothing is known of
 * them yet.
 */
export function measuredOf(finding: Finding, verification: Verification | undefined): readonly Fix[] | undefined {
  if (!verification || !isOf(verification, finding) || verification.state.kind !== 'done') return undefined;
  const { verdict, fixes } = verification.state.verified;
  return verdict === 'unknown' || verdict === 'no-candidate' ? undefined : fixes;
}

/** Returns the parts of measured cures, to rebuild them on the present text. */
export function partsOf(fixes: readonly Fix[]): readonly (readonly FixPart[])[] {
  return fixes.map(({ id, parts }) => parts ?? [{ id }]);
}

/**
 * The cures as they are offered, as edits of the present text. Measured ones have their effect in the title and stand
 * in the order of what they do. Until a cure is measured none is preferred, and those that undo the cause come first.
 *
 * @param measured those that `found.remade` was made of
 */
export function presentFixes(
  finding: Finding,
  found: ProposedFixes,
  measured: readonly Fix[] | undefined,
): readonly PresentFix[] {
  if (!measured) {
    // Nothing is known of them yet: none is better than another.
    return causeFirst(
      withCause(
        found.proposed.map(fix => ({ ...fix, preferred: false })),
        finding,
      ),
    );
  }
  const remade = measured.flatMap(({ title, preferred, why }, index): WrittenFix[] => {
    const own = found.remade[index];
    return own ? [{ ...own, title, preferred, ...(why !== undefined && { why }) }] : [];
  });
  return withCause(remade, finding).toSorted((one, other) => Number(other.preferred) - Number(one.preferred));
}

function withCause(fixes: readonly WrittenFix[], finding: Finding): readonly PresentFix[] {
  return fixes.map((fix): PresentFix => ({ ...fix, causal: undoesCause(fix, finding), key: sequenceKey(fix.changes) }));
}

/** Those that undo the cause first: of many cures only the first are in sight. */
function causeFirst(fixes: readonly PresentFix[]): readonly PresentFix[] {
  return fixes.toSorted((one, other) => Number(other.causal) - Number(one.causal));
}

function undoesCause({ id, parts = [{ id }] }: Fix, finding: Finding): boolean {
  return parts.some(part => causalFixes(finding).includes(part.id));
}
