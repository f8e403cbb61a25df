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
  const button = createButton('Apply', isPrimary ? 'primary' : 'secondary', () => apply(fix));
  button.update({ disabled: fix.notWritable !== undefined });
  button.root.setAttribute('aria-label', `Apply: ${fix.title.replaceAll('`', '')}`);
  return element(
    'li',
    { class: 'cure' },
    button.root,
    ' ',
    element(
      'span',
      {},
      ...inlineCode(fix.title),
      ...(fix.causal === true && fix.notWritable === undefined
        ? [' ', element('span', { class: 'cure-cause' }, 'undoes the cause')]
        : whyOf(fix)),
    ),
  );
}

/** Why it cannot be applied; a preferred cure that leaves the cause in place says why it is. */
function whyOf({ why, notWritable }: PanelFix): readonly (Node | string)[] {
  if (notWritable !== undefined) return [' ', element('span', { class: 'cure-why' }, notWritable)];
  return why === undefined ? [] : [' ', element('span', { class: 'cure-why' }, why)];
}
