/** Runs of many model files, of which a few go at a time. */

/** A piece of work. It must settle soon after `signal` is aborted; what it throws is thrown on to who asked for it. */
export type Work = (signal: AbortSignal) => Promise<void>;

interface Entry {
  readonly key: string;
  readonly work: Work;
  readonly controller: AbortController;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * At most `limit` pieces of work run at once, and at most one a key: asking again for a key cancels what waits or runs
 * for it. The promise of every piece settles: at its end, or at once when it is canceled while it waits.
 */
export class RunQueue {
  private readonly waiting: Entry[] = [];
  private readonly running = new Map<string, Entry>();

  constructor(private readonly limit: number) {}

  /** Runs `work` as soon as there is room. Resolves when it is done, or when it was canceled. */
  enqueue(key: string, work: Work): Promise<void> {
    this.cancel(key);
    return new Promise((resolve, reject) => {
      this.waiting.push({ key, work, controller: new AbortController(), resolve, reject });
      this.startNext();
    });
  }

  /** Cancels what waits or runs for `key`. True when there was something. */
  cancel(key: string): boolean {
    const position = this.waiting.findIndex(entry => entry.key === key);
    const waiting = position >= 0 ? this.waiting.splice(position, 1)[0] : undefined;
    waiting?.controller.abort();
    waiting?.resolve();
    const running = this.running.get(key);
    running?.controller.abort();
    return waiting !== undefined || running !== undefined;
  }

  cancelAll(): void {
    for (const key of [...this.waiting, ...this.running.values()].map(entry => entry.key)) this.cancel(key);
  }

  isActive(key: string): boolean {
    return this.running.has(key) || this.waiting.some(entry => entry.key === key);
  }

  private startNext(): void {
    while (this.running.size < this.limit) {
      // A key whose earlier run is still being canceled waits for its end.
      const position = this.waiting.findIndex(entry => !this.running.has(entry.key));
      if (position < 0) return;
      void this.run(this.waiting.splice(position, 1)[0]);
    }
  }

  private async run(entry: Entry): Promise<void> {
    this.running.set(entry.key, entry);
    try {
      await entry.work(entry.controller.signal);
      entry.resolve();
    } catch (error) {
      entry.reject(error);
    } finally {
      this.running.delete(entry.key);
      this.startNext();
    }
  }
}
