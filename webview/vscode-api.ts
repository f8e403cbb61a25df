/** The page's way to its host. `acquireVsCodeApi` may be called once; nothing else of the page gets hold of it. */
import type { FromPanel, ToPanel } from '../src/protocol/panel-messages';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

const KNOWN: Readonly<Record<ToPanel['type'], true>> = {
  hydrate: true,
  append: true,
  status: true,
  findings: true,
  comparison: true,
  refused: true,
};

/** Whether a message is one of the host's: the window may hear others'. */
function isToPanel(data: unknown): data is ToPanel {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    typeof data.type === 'string' &&
    Object.hasOwn(KNOWN, data.type)
  );
}

export function send(message: FromPanel): void {
  api.postMessage(message);
}

/** Hears the host's messages. They come as events from the window that holds this page; others are not ours. */
export function onMessage(heard: (message: ToPanel) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = typeof event.data === 'string' ? parsed(event.data) : event.data;
    if (isToPanel(message)) heard(message);
  });
}

/**
 * The host sends text: it writes that in a fraction of the time that the editor takes to make a message of an object.
 */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns the state that the page saved before it was hidden or reloaded. */
export function savedState(): unknown {
  return api.getState();
}

/** Saves what the host cannot know. It also hands it to the panel's serializer when the window is reloaded. */
export function saveState(state: unknown): void {
  api.setState(state);
}
