/** Sends no faster than its receiver takes in, and no more often than the eye can follow. */

/**
 * Calls `send` after `request`, at most once every `intervalMs`, and never again before the promise of the last call
 * has settled. Requests that come meanwhile are one.
 */
export class PacedSender {
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;
  private disposed = false;

  constructor(
    private readonly send: () => PromiseLike<unknown>,
    private readonly intervalMs: number,
  ) {}

  request(): void {
    this.wanted = true;
    this.next();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  private next(): void {
    if (this.disposed || !this.wanted || this.sending || this.timer) return;
    this.wanted = false;
    this.sending = true;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.next();
    }, this.intervalMs);
    const done = (): void => {
      this.sending = false;
      this.next();
    };
    // A message that a closing page no longer takes is not sent again: the next page is given everything.
    this.send().then(done, done);
  }
}
