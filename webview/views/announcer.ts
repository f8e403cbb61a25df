/** Tells a screen reader how the run goes, seldom enough to listen to. */
import { element, setText } from './dom';
import { announcement } from './status-text';
import type { View } from './view';

/** Milliseconds between announcements while nothing but the step changes. */
const INTERVAL = 8000;

export function createAnnouncer(now: () => number = () => performance.now()): View {
  const root = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  let lastState: string | undefined;
  let lastVerdict: string | undefined;
  let lastTime = Number.NEGATIVE_INFINITY;
  return {
    root,
    update: ({ state }) => {
      const verdict = state.status.state === 'done' ? state.verdict?.summary : undefined;
      const changed = state.status.state !== lastState || verdict !== lastVerdict;
      if (!changed && (state.status.state !== 'running' || now() - lastTime < INTERVAL)) return;
      lastState = state.status.state;
      lastVerdict = verdict;
      lastTime = now();
      setText(root, announcement(state));
    },
  };
}
