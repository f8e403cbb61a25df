/** Runs requests in worker threads of the same bundle, as many at a time as there are cores. */
import { setTimeout } from 'node:timers/promises';
import { Worker, type MessagePort } from 'node:worker_threads';

/** A thread without work rests so long before it is ended: Node 20 may abort when V8 is still compiling in it (see `training/worker.ts`). */
const REST_MS = 250;

type Reply<Answer> = { readonly answer: Answer } | { readonly error: string };

/**
 * Answers in the order of the requests.
 * @param file the bundle, which answers each message with a `Reply`
 * @throws Error with the sentence of the first request that failed
 */
export async function inWorkers<Request, Answer>(
  file: string, requests: readonly Request[], workers: number, onAnswer: (done: number) => void,
): Promise<readonly Answer[]> {
  const answers = new Array<Answer>(requests.length);
  let next = 0;
  let done = 0;
  const serve = async (): Promise<void> => {
    const worker = new Worker(file);
    try {
      while (next < requests.length) {
        const index = next++;
        answers[index] = await ask<Request, Answer>(worker, requests[index]);
        onAnswer(++done);
      }
    } finally {
      await setTimeout(REST_MS);
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, requests.length) }, serve));
  return answers;
}

/** In a worker: answers every request that comes in. */
export function answerIn<Request, Answer>(port: MessagePort | null, answer: (request: Request) => Promise<Answer>): void {
  port?.on('message', (request: Request) => {
    // Begun in a promise, so that what is thrown at once is a reply too.
    Promise.resolve().then(() => answer(request)).then(
      (reply) => port.postMessage({ answer: reply } satisfies Reply<Answer>),
      (error: unknown) => port.postMessage({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Reply<Answer>),
    );
  });
}

function ask<Request, Answer>(worker: Worker, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: Reply<Answer>): void => {
      worker.off('error', reject);
      if ('error' in reply) reject(new Error(reply.error));
      else resolve(reply.answer);
    };
    worker.once('message', onMessage);
    worker.once('error', reject);
    worker.postMessage(request);
  });
}
