import { describe, expect, it } from 'vitest';
import { createScheduler, type FrameClock } from '../../webview/frame-scheduler';

/** A clock that is moved by hand; frames come at its ticks. */
function fakeClock(): FrameClock & { readonly advance: (milliseconds: number) => void } {
  let time = 0;
  let frames: (() => void)[] = [];
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => time,
    requestFrame: callback => void frames.push(callback),
    delay: (run, milliseconds) => void timers.push({ at: time + milliseconds, run }),
    advance: milliseconds => {
      time += milliseconds;
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      due.forEach(({ run }) => run());
      const now = frames;
      frames = [];
      now.forEach(run => run());
    },
  };
}

describe('createScheduler', () => {
  it('makes one drawing of many requests, and never loses the last', () => {
    const clock = fakeClock();
    let drawings = 0;
    const request = createScheduler(() => drawings++, clock, 10);
    for (let count = 0; count < 50; count++) request();
    clock.advance(16);
    expect(drawings).toBe(1);
    request();
    clock.advance(16);
    expect(drawings).toBe(1);
    clock.advance(100);
    expect(drawings).toBe(2);
  });

  it('keeps to its rate under constant requests', () => {
    const clock = fakeClock();
    let drawings = 0;
    const request = createScheduler(() => drawings++, clock, 12);
    for (let time = 0; time < 2000; time += 10) {
      request();
      clock.advance(10);
    }
    expect(drawings).toBeGreaterThan(15);
    expect(drawings).toBeLessThanOrEqual(25);
  });

  it('rests after a long drawing', () => {
    const clock = fakeClock();
    let drawings = 0;
    const request = createScheduler(
      () => {
        drawings++;
        if (drawings === 1) clock.advance(100);
      },
      clock,
      12,
    );
    request();
    clock.advance(1);
    request();
    clock.advance(200);
    expect(drawings).toBe(1);
    clock.advance(250);
    expect(drawings).toBe(2);
  });
});
