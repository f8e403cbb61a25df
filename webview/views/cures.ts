/** The cures of a finding, each in a line with its button: a few in sight, the rest folded. */
import type { PanelFinding, PanelFix } from '../../src/protocol/panel-messages';
import { createButton } from '../controls/controls';
import { element } from './dom';
import type { Folds } from './fold';
import { inlineCode } from './inline-code';

/** Cures in sight: more than these nobody weighs against each other. */
const IN_SIGHT = 3;

export interface CureActions {
  readonly apply: (fix: PanelFix) => void;
}

/** @param primary the place of the cure whose button stands out, if any does */
export function curesOf(
  { rule, layer, fixes }: PanelFinding,
  primary: number | undefined,
  folds: Folds,
  actions: CureActions,
): HTMLElement {
  const lines = fixes.map((fix, index) => cureLine(fix, index === primary, actions));
  const more = lines.slice(IN_SIGHT);
  return element(
    'div',
    { class: 'cures', role: 'group', 'aria-label': `Cures for ${rule}` },
    element('ul', {}, ...lines.slice(0, IN_SIGHT)),
    more.length === 0
      ? undefined
      : folds.fold(`cures ${rule} ${layer ?? ''}`, [`${more.length} more`], element('ul', {}, ...more)),
  );
}

function cureLine(fix: PanelFix, isPrimary: boolean, { apply }: CureActions): HTMLElement {
  const button =
    fix.notWritable === undefined
      ? createButton('Apply', isPrimary ? 'primary' : 'secondary', () => apply(fix))
      : undefined;
  button?.root.setAttribute('aria-label', `Apply: ${fix.title.replaceAll('`', '')}`);
  return element(
    'li',
    { class: 'cure' },
    ...(button ? [button.root, ' '] : []),
    element(
      'span',
      {},
      ...inlineCode(fix.title),
      ...(fix.causal === true ? [' ', element('span', { class: 'cure-cause' }, 'undoes the cause')] : noteOf(fix.why)),
      ...noteOf(fix.notWritable),
    ),
  );
}

/** Why a cure is preferred that leaves the cause in place, or why one has no button. */
function noteOf(reason: string | undefined): readonly (Node | string)[] {
  return reason === undefined ? [] : [' ', element('span', { class: 'cure-why' }, reason)];
}
