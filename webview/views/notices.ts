/**
 * Sentences that the user has to know now: why a run ended early, that the text has changed, that a request was
 * refused.
 */
import type { RunState } from '../../src/protocol/panel-messages';
import { element, setAttributes, show } from './dom';
import { icon } from './icons';
import { inlineCode } from './inline-code';
import type { Actions, View } from './view';

type Tone = 'error' | 'warning' | 'information';

const STALE =
  'The model file has changed since this run. The results below belong to the earlier text: train again to see the change.';

export function createNotices(actions: Actions): View {
  const message = createNotice();
  const stale = createNotice();
  const refusal = createNotice(actions.dismissRefusal);
  setAttributes(refusal.root, { role: 'alert' });
  return {
    root: element('div', { class: 'notices' }, message.root, refusal.root, stale.root),
    update: ({ state }) => {
      // While a run starts, the header shows how far reading its data is.
      message.update(state.status.state === 'starting' ? '' : state.status.message, toneOf(state.status.state));
      refusal.update(state.refusal ?? '', 'warning');
      stale.update(state.stale && state.current !== undefined ? STALE : '', 'information');
    },
  };
}

function toneOf(state: RunState): Tone {
  if (state === 'failed') return 'error';
  return state === 'done' || state === 'idle' || state === 'interrupted' ? 'warning' : 'information';
}

interface Notice {
  readonly root: HTMLElement;
  readonly update: (text: string, tone: Tone) => void;
}

function createNotice(dismiss?: () => void): Notice {
  const sign = element('span', { class: 'notice-sign' });
  const words = element('p');
  const close = element(
    'button',
    { type: 'button', class: 'icon-button', title: 'Dismiss', 'aria-label': 'Dismiss' },
    icon('close'),
  );
  if (dismiss !== undefined) close.addEventListener('click', dismiss);
  const root = element('div', { class: 'notice', hidden: true }, sign, words, dismiss && close);
  let shownText = '';
  let shownTone: Tone | undefined;
  return {
    root,
    update: (text, tone) => {
      if (text !== shownText) words.replaceChildren(...inlineCode(text));
      shownText = text;
      show(root, text !== '');
      if (tone === shownTone) return;
      shownTone = tone;
      sign.replaceChildren(icon(tone));
      setAttributes(root, { class: `notice notice-${tone}` });
    },
  };
}
