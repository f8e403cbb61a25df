import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacedSender } from '../../src/extension/panel/paced-sender';

describe('a paced sender', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends the first request at once and gathers the others', async () => {
    const send = vi.fn(() => Promise.resolve());
    const sender = new PacedSender(send, 100);
    for (let count = 0; count < 50; count++) sender.request();
    expect(send).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(send).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('waits for a slow receiver', async () => {
    let taken = (): void => undefined;
    const send = vi.fn(
      () =>
        new Promise<void>(resolve => {
          taken = resolve;
        }),
    );
    const sender = new PacedSender(send, 10);
    sender.request();
    sender.request();
    await vi.advanceTimersByTimeAsync(1000);
    expect(send).toHaveBeenCalledTimes(1);
    taken();
    await vi.advanceTimersByTimeAsync(10);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('goes on after a message that was not taken', async () => {
    const send = vi.fn(() => Promise.reject(new Error('closed')));
    const sender = new PacedSender(send, 10);
    sender.request();
    sender.request();
    await vi.advanceTimersByTimeAsync(20);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('sends nothing once it is disposed of', async () => {
    const send = vi.fn(() => Promise.resolve());
    const sender = new PacedSender(send, 10);
    sender.request();
    sender.request();
    sender.dispose();
    await vi.advanceTimersByTimeAsync(100);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
