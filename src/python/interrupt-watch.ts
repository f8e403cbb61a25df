/**
 * A thread beside Python that stops it when its time is over: the thread that runs Python hears nothing meanwhile. Waits
 * for the number of milliseconds that the other side writes, and writes 2 into Python's memory unless it is told before.
 * What does not heed that ends with its process, also where the host that would end it is gone.
 */
import { workerData } from 'node:worker_threads';

export interface InterruptWatchData {
  /** Python's memory: 2 raises `KeyboardInterrupt`. */
  readonly interrupt: SharedArrayBuffer;
  /** One number: milliseconds of the call that runs, 0 where none does. */
  readonly control: SharedArrayBuffer;
}

const INTERRUPT = 2;
/** Longer than the host waits before it ends the process itself. */
const HEED_MS = 2000;

const { interrupt, control } = workerData as InterruptWatchData;
const flag = new Uint8Array(interrupt);
const allowed = new Int32Array(control);

for (;;) {
  Atomics.wait(allowed, 0, 0);
  const milliseconds = Atomics.load(allowed, 0);
  if (milliseconds === 0) continue;
  if (Atomics.wait(allowed, 0, milliseconds, milliseconds) === 'timed-out') {
    Atomics.store(flag, 0, INTERRUPT);
    if (Atomics.wait(allowed, 0, milliseconds, HEED_MS) === 'timed-out') process.kill(process.pid, 'SIGKILL');
  }
}
