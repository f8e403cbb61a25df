/** The one button that stands out: what the user most likely wants next. */
import type { PanelFix } from '../../src/protocol/panel-messages';
import type { PageState } from './reducer';

export type PrimaryAction =
  | { readonly kind: 'train' }
  /** A cure of a finding, by their places in the lists. */
  | { readonly kind: 'fix'; readonly finding: number; readonly fix: number }
  /** A row of the comparison, by its id. */
  | { readonly kind: 'cure'; readonly id: string }
  /** Nothing that was measured speaks for one of the buttons. */
  | { readonly kind: 'none' };

type Known = Pick<PageState, 'status' | 'stale' | 'findings' | 'comparison'>;

/**
 * The measured cure that is preferred, else the best of the comparison, else to train where there is nothing to cure. A
 * run that was interrupted is run again first.
 */
export function primaryAction({ status, stale, findings, comparison }: Known): PrimaryAction {
  if (status.state === 'starting' || status.state === 'running' || status.state === 'stopping') return { kind: 'none' };
  if (stale || status.state === 'interrupted') return { kind: 'train' };
  const isFirst = ({ preferred, notWritable }: PanelFix): boolean => preferred && notWritable === undefined;
  const finding = findings.findIndex(({ fixes }) => fixes.some(isFirst));
  if (finding >= 0) return { kind: 'fix', finding, fix: findings[finding].fixes.findIndex(isFirst) };
  const best = comparison?.applicable
    ? comparison.rows.find(
        ({ effect, notWritable }) => notWritable === undefined && (effect === 'cures' || effect === 'improves'),
      )
    : undefined;
  if (best) return { kind: 'cure', id: best.id };
  return findings.some(({ fixes }) => fixes.length > 0) ? { kind: 'none' } : { kind: 'train' };
}
