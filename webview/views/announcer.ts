/** Tells a screen reader how the run goes, seldom enough to listen to. */
import type { PageState } from '../state/reducer';
import { element, setText } from './dom';
import { describeProgress } from './header';
import type { View } from './view';

/** Milliseconds between announcements while nothing but the step changes. */
const INTERVAL = 8000;

export function createAnnouncer(now: () => number = () => performance.now()): View {
  const root = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  let lastState: string | undefined;
  let lastTime = Number.NEGATIVE_INFINITY;
  return {
    root,
    update: ({ state }) => {
      const changed = state.status.state !== lastState;
      if (!changed && (state.status.state !== 'running' || now() - lastTime < INTERVAL)) return;
      lastState = state.status.state;
      lastTime = now();
      setText(root, announcement(state));
    },
  };
}

/** One sentence on where the run stands. */
export function announcement(state: PageState): string {
  const { status, findings } = state;
  const progress = describeProgress(state).replaceAll(' · ', ', ');
  switch (status.state) {
    case 'idle':
      return '';
    case 'starting':
      return 'Training starts.';
    case 'running':
      return `Training: ${progress}.`;
    case 'stopping':
      return 'Training is being stopped.';
    case 'done':
      return `Training is done: ${progress}. ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}. ${status.message}`.trim();
    case 'cancelled':
      return `Training was stopped: ${progress}.`;
    case 'failed':
      return `Training failed. ${status.message}`;
  }
}
