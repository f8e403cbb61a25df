/** The findings, with the cures to apply. */
import type { PanelChance, PanelFinding } from '../../src/protocol/panel-messages';
import type { Severity } from '../../src/diagnosis/finding';
import { createProgressRing } from '../controls/controls';
import { primaryAction } from '../state/primary-action';
import { curesOf } from './cures';
import { element, setText, show } from './dom';
import { createFolds, type Folds } from './fold';
import { icon } from './icons';
import { inlineCode } from './inline-code';
import { describeNoFindings, describeStart } from './status-text';
import { symptomsOf } from './symptoms';
import type { Actions, View } from './view';

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
  hint: 'Hint',
};

export function createFindings(actions: Actions): View {
  const count = element('span', { class: 'count' });
  const none = element('p', { class: 'none' });
  const list = element('ul', { class: 'findings' });
  const chance = element('p', { class: 'finding-verification', role: 'status' });
  const folds = createFolds();
  let shown = '';
  let told = '';
  const root = element(
    'section',
    { 'aria-labelledby': 'findings-title' },
    element('h2', { id: 'findings-title' }, 'Findings ', count),
    none,
    list,
    chance,
  );
  return {
    root,
    update: ({ state }) => {
      show(root, state.current !== undefined);
      setText(count, state.findings.length === 0 ? '' : String(state.findings.length));
      setText(none, describeNoFindings(state));
      show(none, state.findings.length === 0);
      show(list, state.findings.length > 0);
      show(chance, state.chance !== undefined);
      const telling = JSON.stringify(state.chance) ?? '';
      if (telling !== told)
        chance.replaceChildren(...(state.chance ? progressOf(state.chance, 'Stop trying seeds', actions) : []));
      told = telling;
      const primary = primaryAction(state);
      const key = JSON.stringify([state.findings, primary]);
      if (key === shown) return;
      shown = key;
      const focused = focusedIndex(list);
      list.replaceChildren(
        ...state.findings.map((finding, index) =>
          findingItem(
            finding,
            { index, primary: primary.kind === 'fix' && primary.finding === index ? primary.fix : undefined, folds },
            actions,
          ),
        ),
      );
      if (focused >= 0)
        focusable(list)
          .at(Math.min(focused, focusable(list).length - 1))
          ?.focus();
    },
  };
}

interface Place {
  readonly index: number;
  /** The cure of this finding whose button stands out. */
  readonly primary: number | undefined;
  readonly folds: Folds;
}

function findingItem(
  finding: PanelFinding,
  { index, primary, folds }: Place,
  { send, goToLayer, highlight }: Actions,
): HTMLElement {
  const { rule, severity, layer, message, step, symptoms, fixes, verification } = finding;
  const ruleButton = link(rule, `Read about the rule ${rule}`, () => send({ type: 'open-rule', rule }));
  const place =
    layer === undefined
      ? undefined
      : element(
          'span',
          {},
          'Layer ',
          link(layer, `Show the layer ${layer} in the model file`, () => goToLayer(layer)),
        );
  const item = element(
    'li',
    { class: `finding finding-${severity}` },
    element('span', { class: 'finding-sign' }, icon(severity, SEVERITY_NAMES[severity])),
    element(
      'div',
      { class: 'finding-body' },
      element('p', { class: 'finding-message' }, ...inlineCode(message)),
      element(
        'p',
        { class: 'finding-about' },
        ruleButton,
        ' ',
        place,
        place && ' ',
        element('span', {}, describeStart(step)),
      ),
      symptoms.length === 0 ? undefined : symptomsOf(finding, folds),
      verification === undefined
        ? undefined
        : element(
            'div',
            { class: 'finding-verification' },
            ...progressOf(verification, 'Stop measuring the cures', { send }),
          ),
      fixes.length === 0
        ? undefined
        : curesOf(finding, primary, folds, { apply: ({ id }) => send({ type: 'apply-fix', finding: index, fix: id }) }),
    ),
  );
  item.addEventListener('pointerenter', () => highlight(layer));
  item.addEventListener('pointerleave', () => highlight(undefined));
  return item;
}

/** A sentence that is the last one, or goes on and can be stopped. */
function progressOf(
  { running, message }: PanelChance,
  stop: string,
  { send }: Pick<Actions, 'send'>,
): readonly HTMLElement[] {
  const text = element('span', {}, message);
  return running
    ? [createProgressRing('Measuring'), text, link('Stop', stop, () => send({ type: 'stop-measuring' }))]
    : [text];
}

function link(text: string, title: string, pressed: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'link', title }, text);
  button.addEventListener('click', pressed);
  return button;
}

function focusable(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>('button, vscode-button, summary'));
}

/** Rebuilding the list must not throw keyboard users back to the top of the page. */
function focusedIndex(list: HTMLElement): number {
  return focusable(list).findIndex(control => control === document.activeElement);
}
