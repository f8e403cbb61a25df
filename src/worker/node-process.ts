/**
 * A script in a process of its own, so that its death is a message: whatever a thread runs out of, its process dies
 * with it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { inPieces, type FilePiece } from '../protocol/file-pieces';
import { Outbox } from './outbox';
import type { WorkerEnd } from './worker-handle';

/** End of what a dying process writes that is kept for the log. */
const KEPT_OUTPUT = 4096;
/** Output of V8 and the memory watch before they end a process. */
const OUT_OF_MEMORY = /out of memory/i;
/**
 * Variables without which a program does not start on some systems. The rest of the editor's environment is no business
 * of a training run.
 */
const NEEDED_VARIABLES = ['SystemRoot', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

export interface NodeProcessOptions<Send, Receive> {
  readonly script: string;
  readonly memoryMegabytes: number;
  /** The argument of the script; the memory limit in megabytes without it. */
  readonly argument?: string;
  /** Further options of Node. */
  readonly nodeOptions?: readonly string[];
  readonly accepts: (message: unknown) => message is Receive;
  /** Whether sending takes so long that other work should come between. */
  readonly isLarge?: (message: Send) => boolean;
  readonly onMessage: (message: Receive) => void;
  /** Is called once, whatever ended it. */
  readonly onEnd: (end: WorkerEnd) => void;
}

export class NodeProcess<Send extends object, Receive> {
  private readonly child: ChildProcess;
  private readonly outbox: Outbox<Send | FilePiece>;
  private output = '';
  private gone = false;

  constructor(private readonly options: NodeProcessOptions<Send, Receive>) {
    const { script, memoryMegabytes, argument = String(memoryMegabytes), nodeOptions = [], isLarge } = options;
    this.child = fork(script, [argument], {
      serialization: 'advanced',
      // Set in any case: what the host is debugged with would be inherited.
      execArgv: [`--max-old-space-size=${memoryMegabytes}`, ...nodeOptions],
      env: { ELECTRON_RUN_AS_NODE: '1', ...environment() },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.outbox = new Outbox(
      (message, done) => this.send(message, done),
      message => isPiece(message) || isLarge?.(message) === true,
    );
    this.child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT_OUTPUT)));
    this.child.on('message', (message: unknown) => this.receive(message));
    this.child.on('error', error => this.end({ kind: 'error', message: error.message }));
    // After `exit` and the end of its output, which says why.
    this.child.on('close', (code, signal) => this.end(this.endOf(code, signal)));
    this.unref();
  }

  get isGone(): boolean {
    return this.gone;
  }

  /** Sends messages in their order; large files of theirs go ahead in pieces. */
  post(message: Send): void {
    this.outbox.post(...inPieces(message));
  }

  /** Keeps the host alive as long as it lives. */
  ref(): void {
    this.child.ref();
    this.child.channel?.ref();
  }

  /** Lets the host end before it. */
  unref(): void {
    this.child.unref();
    this.child.channel?.unref();
    (this.child.stderr as { unref?: () => void } | null)?.unref?.();
  }

  /** Ends it at once, in the middle of whatever it does. Resolves when it is gone. */
  terminate(): Promise<void> {
    return new Promise(resolve => {
      if (this.gone) return resolve();
      this.child.once('close', () => resolve());
      this.child.kill('SIGKILL');
    });
  }

  private send(message: Send | FilePiece, done: () => void): void {
    // A process that has just died says so by its end; what was sent to it meanwhile is lost with it.
    if (this.child.connected) this.child.send(message, done);
    else done();
  }

  private receive(message: unknown): void {
    if (this.options.accepts(message)) this.options.onMessage(message);
    else this.end({ kind: 'error', message: 'it sent an unknown message' });
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
    if (reason.kind === 'error') this.child.kill('SIGKILL');
    this.options.onEnd(reason);
  }
}

function isPiece(message: object): message is FilePiece {
  return 'type' in message && message.type === 'piece';
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    NEEDED_VARIABLES.filter(name => process.env[name] !== undefined).map(name => [name, process.env[name]]),
  );
}
