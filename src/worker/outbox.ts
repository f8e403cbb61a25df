/** Queue of messages to a process, in their order. */

/**
 * Sends small messages at once, and large ones one per turn of the event loop, each after the one before has left:
 * whoever sends hears others in between.
 */
export class Outbox<Message> {
  private readonly waiting: Message[] = [];
  private sending = false;

  /** @param send calls `done` when the message has left, or never will */
  constructor(
    private readonly send: (message: Message, done: () => void) => void,
    private readonly isLarge: (message: Message) => boolean,
  ) {}

  post(...messages: readonly Message[]): void {
    this.waiting.push(...messages);
    this.next();
  }

  private next(): void {
    while (!this.sending && this.waiting.length > 0) {
      const message = this.waiting.shift()!;
      if (!this.isLarge(message)) {
        this.send(message, () => undefined);
        continue;
      }
      this.sending = true;
      this.send(message, () =>
        setImmediate(() => {
          this.sending = false;
          this.next();
        }),
      );
    }
  }
}
