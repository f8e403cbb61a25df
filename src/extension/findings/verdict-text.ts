/** A verdict in as few words as a lens or the status bar has room for. */
import * as vscode from 'vscode';
import type { Learning } from '../../diagnosis/evidence/learning';
import type { Severity } from '../../diagnosis/finding';
import { ruleMeta } from '../../diagnosis/rules/index';
import { formatNumber } from '../../record/number-text';
import type { RunVerdict } from '../../diagnosis/verdict';
import type { Chance } from '../../verification/chance';
import type { PresentVerdict } from './present-verdict';

/**
 * "Last run: Trains · loss 0.02", "Not learning · loss 0.163 (constant 0.165)", "Faulty: exploding in time in memory ·
 * loss 0.48".
 */
export function lensText({ run, root, learning }: PresentVerdict, chance: Chance | undefined): string | undefined {
  if (!run || !learning) return undefined;
  const loss = lossText(learning);
  if (run.verdict === 'trains') return vscode.l10n.t('Last run: {0} · {1}', run.label, loss);
  if (root === undefined) {
    const seeds =
      chance && chance.trainsIn < chance.seeds && learning.state === 'learning'
        ? [vscode.l10n.t('trains with {0} of {1} seeds', chance.trainsIn, chance.seeds)]
        : [];
    return [run.label, ...seeds, loss].join(' · ');
  }
  const words = ruleMeta(root.rule).word;
  const what = root.layer === undefined ? words : vscode.l10n.t('{0} in {1}', words, root.layer);
  return vscode.l10n.t('{0}: {1} · {2}', run.label, what, loss);
}

/** "$(error) Faulty", with the sign of the verdict. */
export function statusBarText({ run, root }: PresentVerdict): string | undefined {
  return run && `$(${signOf(run, root?.severity)}) ${run.label}`;
}

function signOf({ verdict, unjudged }: RunVerdict, severity: Severity | undefined): string {
  switch (verdict) {
    case 'trains':
      return unjudged.length === 0 ? 'pass' : 'circle-outline';
    case 'not-learning':
      return 'circle-slash';
    case 'faulty':
      return severity === 'error' ? 'error' : 'warning';
  }
}

function lossText({ state, lateLoss, reference, referenceIsTrivial }: Learning): string {
  if (state === 'destroyed') return vscode.l10n.t('loss not finite');
  const loss = vscode.l10n.t('loss {0}', formatNumber(lateLoss));
  return state === 'learning' || !referenceIsTrivial
    ? loss
    : vscode.l10n.t('{0} (constant {1})', loss, formatNumber(reference));
}
