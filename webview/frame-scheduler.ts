/** Draws at most once a frame, and at most so many times a second. */

/** Most drawings of charts a second: more would only cost the editor's frames. */
export const DRAWINGS_PER_SECOND = 12;

/** A drawing that takes long is followed by a rest of so many times its length, so that the page stays responsive… */
const REST_FACTOR = 4;

/** …but of no more than so many milliseconds: the first drawing is always a long one. */
const LONGEST_REST = 400;

/** Milliseconds of a frame after which the drawings still waiting are left to the next. */
const FRAME_BUDGET = 6;

/** The clock of the window as the scheduler uses it; a test brings its own. */
export interface FrameClock {
  readonly now: () => number;
  readonly requestFrame: (callback: () => void) => void;
  readonly delay: (callback: () => void, milliseconds: number) => void;
}

/** Takes callbacks in their order, few a frame: all charts in one frame would make it a long one. */
function fewAFrame(): (callback: () => void) => void {
  const queue: (() => void)[] = [];
  let requested = false;
  const request = (): void => {
    if (requested || queue.length === 0) return;
    requested = true;
    requestAnimationFrame(() => {
      requested = false;
      const start = performance.now();
      const due = queue.splice(0);
      // One at least; what is left keeps its turn before what is asked for meanwhile.
      try {
        do due.shift()?.();
        while (due.length > 0 && performance.now() - start < FRAME_BUDGET);
      } finally {
        queue.unshift(...due);
        request();
      }
    });
  };
  return callback => {
    queue.push(callback);
    request();
  };
}

export const WINDOW_CLOCK: FrameClock = {
  now: () => performance.now(),
  requestFrame: fewAFrame(),
  delay: (callback, milliseconds) => void setTimeout(callback, milliseconds),
};

/**
 * A function that asks for `draw`. Many calls become one drawing, in the next frame that is late enough; the last call
 * is never lost. A hidden page gets no frames, and draws when it is seen again.
 */
export function createScheduler(
  draw: () => void,
  clock: FrameClock = WINDOW_CLOCK,
  perSecond: number = DRAWINGS_PER_SECOND,
): () => void {
  const interval = 1000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  let waiting = false;
  const run = (): void => {
    waiting = false;
    const start = clock.now();
    draw();
    const end = clock.now();
    next = Math.max(start + interval, end + Math.min(LONGEST_REST, REST_FACTOR * (end - start)));
  };
  return () => {
    if (waiting) return;
    waiting = true;
    const rest = next - clock.now();
    if (rest <= 0) clock.requestFrame(run);
    else clock.delay(() => clock.requestFrame(run), rest);
  };
}
