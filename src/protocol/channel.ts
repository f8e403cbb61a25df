/** One typed channel over any port that posts and hears messages: a worker, a webview, or a test's pair of arrays. */

/** The port that a channel uses. `onMessage` returns a function that stops listening. */
export interface MessagePort {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
}

interface Message {
  readonly type: string;
}

/** How a request is answered: by a message of the type `reply`, or by one that `refusal` finds a sentence in. */
export interface Expectation<Receive extends Message, Reply extends Receive['type']> {
  readonly reply: Reply;
  /** The sentence of a refusal, or `undefined` for every other message. */
  readonly refusal: (message: Receive) => string | undefined;
}

interface PendingRequest<Receive> {
  readonly offer: (message: Receive) => boolean;
  readonly reject: (reason: Error) => void;
}

/** Rejects a request that can no longer be answered, because its channel was closed. */
export class ChannelClosedError extends Error {
  override readonly name = 'ChannelClosedError';
}

/**
 * Sends `Send` and hears `Receive`, both unions told apart by `type`. A request never stays open: it ends with its
 * reply, with a refusal, or with a `ChannelClosedError` when the channel is disposed of. Messages that `accepts` turns
 * down are dropped.
 */
export class Channel<Send extends Message, Receive extends Message> {
  private readonly listeners = new Map<string, Set<(message: Receive) => void>>();
  private pending: PendingRequest<Receive>[] = [];
  private readonly stopListening: () => void;
  private closed = false;

  constructor(
    private readonly port: MessagePort,
    accepts: (message: unknown) => message is Receive,
  ) {
    this.stopListening = port.onMessage(message => {
      if (!this.closed && accepts(message)) this.receive(message);
    });
  }

  /** Posts `message`; does nothing once the channel is closed. */
  send(message: Send): void {
    if (!this.closed) this.port.postMessage(message);
  }

  /** Calls `listener` for every message of `type`. Returns a function that stops it. */
  on<Type extends Receive['type']>(
    type: Type,
    listener: (message: Extract<Receive, { type: Type }>) => void,
  ): () => void {
    const ofType = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, ofType);
    // The map's key is the discriminant, so a listener hears only messages of its own type.
    const general = listener as (message: Receive) => void;
    ofType.add(general);
    return () => ofType.delete(general);
  }

  /** Posts `message` and waits for its answer; requests that wait for the same type are answered in their order. */
  request<Reply extends Receive['type']>(
    message: Send,
    expectation: Expectation<Receive, Reply>,
  ): Promise<Extract<Receive, { type: Reply }>> {
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(new ChannelClosedError(`"${message.type}" was not sent: the channel is closed.`));
        return;
      }
      const offer = (received: Receive): boolean => {
        const refusal = expectation.refusal(received);
        if (refusal !== undefined) reject(new Error(refusal));
        else if (received.type === expectation.reply) resolve(received as Extract<Receive, { type: Reply }>);
        else return false;
        return true;
      };
      this.pending.push({ offer, reject });
      this.port.postMessage(message);
    });
  }

  /** Stops listening and rejects every request that is still open. Safe to call twice. */
  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopListening();
    this.listeners.clear();
    for (const request of this.pending)
      request.reject(new ChannelClosedError('The channel was closed before an answer came.'));
    this.pending = [];
  }

  private receive(message: Receive): void {
    const answered = this.pending.findIndex(request => request.offer(message));
    if (answered >= 0) this.pending.splice(answered, 1);
    for (const listener of [...(this.listeners.get(message.type) ?? [])]) listener(message);
  }
}
