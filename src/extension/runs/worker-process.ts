/** A training worker as a process of its own, so that its death is a message: whatever a thread runs out of, its process dies with it. */
import { fork, type ChildProcess } from 'node:child_process';
import { isFromWorker } from '../../protocol/parse-message';
import type { ToWorker } from '../../protocol/worker-messages';
import type { WorkerEnd, WorkerListener } from './worker-handle';

/** A process waits so long for its next run: what it has loaded and compiled makes that one start in a quarter of the time. */
const REST_MS = 600_000;
/** A process that holds more is not kept: it holds what its last model needed, and the next may need nothing like it. */
const RESTING_BYTES = 200 * 2 ** 20;
/** End of what a dying process writes that is kept for the log. */
const KEPT_OUTPUT = 4096;
/** What V8 and the memory watch write before they end a process. */
const OUT_OF_MEMORY = /out of memory/i;
/** Variables without which a program does not start on some systems. The rest of the editor's environment is no business of a training run. */
const NEEDED_VARIABLES = ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

export class WorkerProcess {
  private readonly child: ChildProcess;
  /** Of the run that it serves; none while it rests. */
  private listener: WorkerListener | undefined;
  private restTimer: NodeJS.Timeout | undefined;
  private residentBytes = 0;
  private output = '';
  private gone = false;

  /** @param onGone is called when it can serve no more */
  constructor(script: string, readonly memoryMegabytes: number, private readonly onGone: (worker: WorkerProcess) => void) {
    this.child = fork(script, [String(memoryMegabytes)], {
      serialization: 'advanced',
      // Set in any case: what the host is debugged with would be inherited.
      execArgv: [`--max-old-space-size=${memoryMegabytes}`],
      env: { ELECTRON_RUN_AS_NODE: '1', ...environment() },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT_OUTPUT)));
    this.child.on('message', (message: unknown) => this.receive(message));
    this.child.on('error', (error) => this.end({ kind: 'error', message: error.message }));
    // After `exit` and the end of its output, which says why.
    this.child.on('close', (code, signal) => this.end(this.endOf(code, signal)));
    this.unref();
  }

  /** Whether it holds so little that it may wait for another run. */
  get mayRest(): boolean {
    return !this.gone && this.residentBytes <= RESTING_BYTES;
  }

  serve(listener: WorkerListener): void {
    clearTimeout(this.restTimer);
    this.child.ref();
    this.child.channel?.ref();
    this.listener = listener;
  }

  post(message: ToWorker): void {
    // A process that has just died says so by its end; what was sent to it meanwhile is lost with it.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Waits for its next run, from now on. What waits keeps no process alive. */
  rest(): void {
    this.listener = undefined;
    this.unref();
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.close(), REST_MS);
    this.restTimer.unref();
  }

  /** Ends it once it is at rest. */
  close(): void {
    this.onGone(this);
    this.listener = undefined;
    clearTimeout(this.restTimer);
    this.post({ type: 'close' });
    this.unref();
  }

  /** Ends it at once, in the middle of whatever it does. Resolves when it is gone. */
  terminate(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone) return resolve();
      this.child.once('close', () => resolve());
      this.child.kill('SIGKILL');
    });
  }

  private receive(message: unknown): void {
    if (!isFromWorker(message)) return this.end({ kind: 'error', message: 'it sent a message that is not understood' });
    if (message.type === 'resident') this.residentBytes = message.bytes;
    else this.listener?.onMessage(message);
  }

  private endOf(code: number | null, signal: NodeJS.Signals | null): WorkerEnd {
    // A system that runs out of memory ends processes as `terminate` does.
    const isKilled = signal === 'SIGKILL' && !this.child.killed;
    if (OUT_OF_MEMORY.test(this.output) || isKilled) return { kind: 'out-of-memory' };
    return { kind: 'exit', code: code ?? signal ?? 'unknown' };
  }

  private end(reason: WorkerEnd): void {
    if (this.gone) return;
    this.gone = true;
    this.onGone(this);
    clearTimeout(this.restTimer);
    if (reason.kind === 'error') this.child.kill('SIGKILL');
    const { listener } = this;
    this.listener = undefined;
    listener?.onEnd(reason);
  }

  private unref(): void {
    this.child.unref();
    this.child.channel?.unref();
    (this.child.stderr as { unref?: () => void } | null)?.unref?.();
  }
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(NEEDED_VARIABLES.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
}
