/**
 * The tracer as a host sees it: requests to a process that is started when it is needed, ended when nothing was asked
 * for a while, and replaced when it hangs or dies. One request at a time; a newer one of the same file replaces one that
 * waits.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../text/error-text';
import { NodeProcess } from '../worker/node-process';
import type { WorkerEnd } from '../worker/worker-handle';
import { permissionsFor } from './permissions';
import { isFromTracer, type FromTracer, type ToTracer, type TracerFailure, type TracerStart } from './tracer-messages';

/** The process is ended when it was asked nothing for so long: it holds 200 to 300 MB. */
const REST_MS = 60_000;
/** After the time of a request Python is interrupted; what does not heed that is ended after as much again. */
const GRACE_MS = 400;
/** A first start on a busy machine compiles Python and makes the snapshot. */
const START_MS = 60_000;
const MEMORY_MEGABYTES = 512;

export interface TracerOptions {
  /** Folder of the bundles, with `tracer.js`, `interrupt-watch.js` and `python/`. */
  readonly bundles: string;
  /** Folder that the snapshot is kept in; made where it is not there. */
  readonly cache: string;
  /** Names the build, so that no snapshot of another one is loaded. */
  readonly version: string;
  /** Is told what keeps the snapshot from being kept: the next start then takes longer. */
  readonly note?: (message: string) => void;
  readonly restMs?: number;
}

/** The Python side's answer as JSON, or why there is none. */
export type TracerAnswer =
  | { readonly kind: 'traced'; readonly answer: string }
  | { readonly kind: 'failed'; readonly reason: TracerFailure; readonly message: string }
  /** Another request took its place. */
  | { readonly kind: 'replaced' };

interface Request {
  readonly key: string;
  readonly json: string;
  readonly timeoutMs: number;
  readonly resolve: (answer: TracerAnswer) => void;
}

interface Running {
  readonly process: NodeProcess<ToTracer, FromTracer>;
  isReady: boolean;
}

export class Tracer {
  private running: Running | undefined;
  private waiting: Request[] = [];
  private current: Request | undefined;
  private ids = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isDisposed = false;

  constructor(private readonly options: TracerOptions) {}

  /** Starts the process, since it may be asked soon. */
  prepare(): void {
    if (!this.isDisposed) this.running ??= this.start();
  }

  /** Asks the Python side. `key` names the file: of requests that wait with one key only the last is asked. */
  trace(key: string, json: string, timeoutMs: number): Promise<TracerAnswer> {
    return new Promise(resolve => {
      if (this.isDisposed) return resolve({ kind: 'replaced' });
      const [replaced, others] = [
        this.waiting.filter(request => request.key === key),
        this.waiting.filter(request => request.key !== key),
      ];
      this.waiting = [...others, { key, json, timeoutMs, resolve }];
      replaced.forEach(request => request.resolve({ kind: 'replaced' }));
      this.next();
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.stop();
    [...this.waiting, ...(this.current ? [this.current] : [])].forEach(({ resolve }) => resolve({ kind: 'replaced' }));
    this.waiting = [];
    this.current = undefined;
  }

  private next(): void {
    if (this.current || this.waiting.length === 0) return;
    this.prepare();
    if (!this.running?.isReady) return;
    const request = this.waiting.shift()!;
    this.current = request;
    const { process } = this.running;
    process.ref();
    process.post({ type: 'trace', id: ++this.ids, request: request.json, timeoutMs: request.timeoutMs });
    this.await(request.timeoutMs + GRACE_MS, () => this.fail('time', 'It was stopped after its time.'));
  }

  private start(): Running {
    const { bundles, cache, version } = this.options;
    const start: TracerStart = {
      folder: path.join(bundles, 'python'),
      snapshot: path.join(cache, `python-${version}.snapshot`),
    };
    const process = new NodeProcess<ToTracer, FromTracer>({
      script: path.join(bundles, 'tracer.js'),
      memoryMegabytes: MEMORY_MEGABYTES,
      argument: JSON.stringify(start),
      nodeOptions: permissionsFor([bundles, start.snapshot]),
      accepts: isFromTracer,
      onMessage: message => {
        if (this.running === running) this.receive(message, start.snapshot);
      },
      onEnd: end => {
        if (this.running === running) this.ended(end);
      },
    });
    this.await(START_MS, () => this.fail('internal', 'Python did not start in time.'));
    const running: Running = { process, isReady: false };
    return running;
  }

  private receive(message: FromTracer, file: string): void {
    if (message.type === 'ready') {
      if (message.snapshot) {
        keepSnapshot(file, message.snapshot).catch((error: unknown) => this.options.note?.(errorText(error)));
      }
      this.running!.isReady = true;
      this.rest();
      return this.next();
    }
    if (message.id !== this.ids || !this.current) return;
    if (message.type === 'failed' && message.ends) this.stop();
    this.answer(
      message.type === 'traced'
        ? { kind: 'traced', answer: message.answer }
        : { kind: 'failed', reason: message.reason, message: message.message },
    );
  }

  private answer(answer: TracerAnswer): void {
    const { current } = this;
    this.current = undefined;
    this.rest();
    current?.resolve(answer);
    this.next();
  }

  private ended(end: WorkerEnd): void {
    this.running = undefined;
    clearTimeout(this.timer);
    const reason = end.kind === 'out-of-memory' ? 'memory' : 'internal';
    const message = end.kind === 'error' ? end.message : 'The Python process ended.';
    const { current } = this;
    this.current = undefined;
    // A process that ends before it is ready would end again: what waits is told.
    const told = current ? [current] : this.waiting.splice(0);
    told.forEach(({ resolve }) => resolve({ kind: 'failed', reason, message }));
    if (!this.isDisposed) this.next();
  }

  private fail(reason: TracerFailure, message: string): void {
    this.stop();
    const told = this.current ? [this.current] : this.waiting.splice(0);
    this.current = undefined;
    told.forEach(({ resolve }) => resolve({ kind: 'failed', reason, message }));
    this.next();
  }

  /** Ends the process; what it still says is of no interest. */
  private stop(): void {
    clearTimeout(this.timer);
    const { running } = this;
    this.running = undefined;
    void running?.process.terminate();
  }

  private rest(): void {
    this.running?.process.unref();
    this.await(this.options.restMs ?? REST_MS, () => this.stop());
    this.timer?.unref?.();
  }

  private await(milliseconds: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, milliseconds);
  }
}

/** Keeps the snapshot for later starts, in one step, and removes those of other versions. */
async function keepSnapshot(file: string, snapshot: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, snapshot);
  await rename(beside, file);
  for (const name of await readdir(folder)) {
    if (/^python-.*\.snapshot$/.test(name) && name !== path.basename(file)) await rm(path.join(folder, name));
  }
}
