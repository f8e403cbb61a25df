import { describe, expect, it } from 'vitest';
import { RunQueue, type Work } from '../../src/extension/runs/run-queue';

/** Work that goes on until it is cancelled or ended by the test. */
function openWork(): { readonly work: Work; readonly end: () => void; started: boolean; aborted: boolean } {
  let finish = (): void => undefined;
  const ended = new Promise<void>(resolve => {
    finish = resolve;
  });
  const made = {
    started: false,
    aborted: false,
    end: () => finish(),
    work: (signal: AbortSignal): Promise<void> => {
      made.started = true;
      signal.addEventListener('abort', () => {
        made.aborted = true;
        finish();
      });
      return ended;
    },
  };
  return made;
}

const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

describe('the queue of runs', () => {
  it('runs two files at once and lets a third wait for room', async () => {
    const queue = new RunQueue(2);
    const [a, b, c] = [openWork(), openWork(), openWork()];
    const done = [queue.enqueue('a', a.work), queue.enqueue('b', b.work), queue.enqueue('c', c.work)];
    expect([a.started, b.started, c.started]).toEqual([true, true, false]);
    a.end();
    await done[0];
    await turn();
    expect(c.started).toBe(true);
    b.end();
    c.end();
    await Promise.all(done);
    expect(queue.isActive('a') || queue.isActive('b') || queue.isActive('c')).toBe(false);
  });

  it('cancels an earlier run of the same file and starts the later one only when it has ended', async () => {
    const queue = new RunQueue(2);
    const [first, second] = [openWork(), openWork()];
    const one = queue.enqueue('a', first.work);
    const two = queue.enqueue('a', second.work);
    expect(first.aborted).toBe(true);
    expect(second.started).toBe(false);
    await one;
    await turn();
    expect(second.started).toBe(true);
    second.end();
    await two;
  });

  it('settles the promise of a run that is cancelled while it waits, and never starts it', async () => {
    const queue = new RunQueue(1);
    const [first, waiting] = [openWork(), openWork()];
    const one = queue.enqueue('a', first.work);
    const two = queue.enqueue('b', waiting.work);
    expect(queue.cancel('b')).toBe(true);
    await two;
    first.end();
    await one;
    await turn();
    expect(waiting.started).toBe(false);
  });

  it('hands on what a run throws and goes on with the next', async () => {
    const queue = new RunQueue(1);
    const broken = queue.enqueue('a', () => Promise.reject(new Error('broken')));
    const next = openWork();
    const done = queue.enqueue('b', next.work);
    await expect(broken).rejects.toThrow('broken');
    await turn();
    expect(next.started).toBe(true);
    next.end();
    await done;
  });

  it('leaves no promise open when everything is cancelled', async () => {
    const queue = new RunQueue(2);
    const done = ['a', 'b', 'c', 'd', 'a'].map(key => queue.enqueue(key, openWork().work));
    queue.cancelAll();
    await Promise.all(done);
    expect(queue.cancel('a')).toBe(false);
  });
});
