/** Worker threads of the same bundle that answer requests, as many at a time as the pool is large. */
import { setTimeout } from 'node:timers/promises';
import { Worker, type MessagePort } from 'node:worker_threads';

/**
 * A thread without work rests so long before it is ended: Node 20 may abort when V8 is still compiling in it (see
 * `training/worker.ts`).
 */
const REST_MS = 250;

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

interface Task<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Starts threads when they are first needed and keeps them, warm, until it is closed. */
export class WorkerPool<Request, Answer> {
  private readonly waiting: Task<Request, Answer>[] = [];
  private readonly idle: Worker[] = [];
  private readonly threads = new Set<Worker>();

  /** @param file the bundle, which answers each message with `answerIn` */
  constructor(
    private readonly file: string,
    readonly size: number,
  ) {}

  /** Answers in a thread that is free, or once one is. Rejects with the worker's sentence where it failed. */
  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      const free = this.idle.pop() ?? (this.threads.size < this.size ? this.start() : undefined);
      if (free) void this.serve(free);
    });
  }

  /** Ends all threads; requests that were not begun are rejected. */
  async close(): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The worker pool was closed.'));
    if (this.threads.size === 0) return;
    await setTimeout(REST_MS);
    await Promise.all([...this.threads].map(worker => worker.terminate()));
  }

  private start(): Worker {
    const worker = new Worker(this.file);
    this.threads.add(worker);
    // A thread that crashed is replaced by a new one with the next request.
    worker.once('exit', () => this.threads.delete(worker));
    return worker;
  }

  private async serve(worker: Worker): Promise<void> {
    for (let task = this.waiting.shift(); task; task = this.waiting.shift()) {
      try {
        const reply = await ask<Request, Answer>(worker, task.request);
        if ('error' in reply) task.reject(new Error(reply.error));
        else task.resolve(reply.answer);
      } catch (error) {
        task.reject(error instanceof Error ? error : new Error(String(error)));
        this.threads.delete(worker);
        if (this.waiting.length > 0) void this.serve(this.start());
        return;
      }
    }
    this.idle.push(worker);
  }
}

/**
 * Answers in the order of the requests.
 * @param file the bundle, which answers each message with a `Reply`
 * @throws Error with the sentence of the first request that failed
 */
export async function inWorkers<Request, Answer>(
  file: string,
  requests: readonly Request[],
  workers: number,
  onAnswer: (done: number) => void,
): Promise<readonly Answer[]> {
  const pool = new WorkerPool<Request, Answer>(file, workers);
  let done = 0;
  try {
    return await Promise.all(
      requests.map(async request => {
        const answer = await pool.ask(request);
        onAnswer(++done);
        return answer;
      }),
    );
  } finally {
    await pool.close();
  }
}

/** In a worker: answers every request that comes in. */
export function answerIn<Request, Answer>(
  port: MessagePort | null,
  answer: (request: Request) => Promise<Answer>,
): void {
  port?.on('message', (request: Request) => {
    // Begun in a promise, so that what is thrown at once is a reply too.
    Promise.resolve()
      .then(() => answer(request))
      .then(
        reply => port.postMessage({ answer: reply } satisfies Reply<Answer>),
        (error: unknown) =>
          port.postMessage({
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          } satisfies Reply<Answer>),
      );
  });
}

/** Rejects where the thread ends before it replies. */
function ask<Request, Answer>(worker: Worker, request: Request): Promise<Reply<Answer>> {
  return new Promise((resolve, reject) => {
    const end = (code: number): void => reject(new Error(`A worker ended with code ${code} before it answered.`));
    worker.once('message', (reply: Reply<Answer>) => {
      worker.off('error', reject);
      worker.off('exit', end);
      resolve(reply);
    });
    worker.once('error', reject);
    worker.once('exit', end);
    worker.postMessage(request);
  });
}
