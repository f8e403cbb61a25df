/**
 * Entry of the tracer process: runs the user's Python in a closed context, in a process of its own that the system's
 * permissions keep from files and programs, as far as the Node that runs it has them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ClosedContext, type PythonFiles } from './closed-context';
import type { InterruptWatchData } from './interrupt-watch';
import { isToTracer, type FromTracer, type ToTracer, type TracerFailure, type TracerStart } from './tracer-messages';

/** Imports what nearly every file imports, so that the memory that is kept has it. */
const PREPARE = 'import sys; sys.path.insert(0, "/runtime.zip"); import gradient_health.serve';
const SERVE = 'from gradient_health.serve import serve';

const post = process.send?.bind(process);
if (!post) throw new Error('This is the tracer of Gradient Health; it is started by the extension.');
const send = (message: FromTracer): void => void post(message);
// A host that is gone wants nothing any more.
process.on('disconnect', () => process.exit());

const control = new Int32Array(new SharedArrayBuffer(4));
let queue: Promise<ClosedContext> = open(JSON.parse(process.argv[2]) as TracerStart);

process.on('message', message => {
  if (!isToTracer(message)) throw new Error('A message to the tracer is not understood.');
  queue = queue.then(context => {
    send(answer(context, message));
    return context;
  });
});

async function open({ folder, snapshot }: TracerStart): Promise<ClosedContext> {
  const kept = fs.existsSync(snapshot) ? fs.readFileSync(snapshot) : undefined;
  const files = readFiles(folder);
  const made = kept ?? (await makeSnapshot(files));
  const context = await ClosedContext.open({ ...files, snapshot: made });
  demand(context, SERVE);
  context.serveWith('serve');
  watch(context);
  // After the watch: that Python heeds it is written in the memory too.
  context.save();
  send({ type: 'ready', ...(!kept && { snapshot: made }) });
  return context;
}

async function makeSnapshot(files: PythonFiles): Promise<Uint8Array> {
  const context = await ClosedContext.open(files, true);
  demand(context, PREPARE);
  demand(context, 'import gc; gc.collect()');
  return context.snapshot();
}

function readFiles(folder: string): PythonFiles {
  const read = (name: string): Uint8Array => fs.readFileSync(path.join(folder, name));
  return {
    script: fs.readFileSync(path.join(folder, 'python.js'), 'utf8'),
    wasm: read('pyodide.asm.wasm'),
    lock: read('pyodide-lock.json'),
    standardLibrary: read('standard-library.zip'),
    runtime: read('runtime.zip'),
  };
}

function demand(context: ClosedContext, source: string): void {
  const done = context.run(source);
  if (!done.ok) throw new Error(done.error);
}

function watch(context: ClosedContext): void {
  const data: InterruptWatchData = { interrupt: context.interruptWith(), control: control.buffer };
  new Worker(path.join(__dirname, 'interrupt-watch.js'), { workerData: data }).unref();
}

function answer(context: ClosedContext, { id, request, timeoutMs }: ToTracer): FromTracer {
  allow(timeoutMs);
  const answered = context.call(request);
  allow(0);
  context.restore();
  return answered.ok ? { type: 'traced', id, answer: answered.text } : failure(id, answered.error);
}

function failure(id: number, error: string): FromTracer {
  // After an overflow of JavaScript's stack nobody knows what state Python is in.
  const ends = /RangeError: Maximum call stack/.test(error);
  return { type: 'failed', id, reason: reasonOf(error), message: error.slice(-2000), ends };
}

function allow(milliseconds: number): void {
  Atomics.store(control, 0, milliseconds);
  Atomics.notify(control, 0);
}

function reasonOf(error: string): TracerFailure {
  if (/KeyboardInterrupt/.test(error)) return 'time';
  if (/MemoryError|memory limit/.test(error)) return 'memory';
  return /RecursionError|Maximum call stack/.test(error) ? 'recursion' : 'internal';
}
