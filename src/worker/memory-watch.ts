/**
 * A thread beside the training worker that watches what its process holds, and ends it where that is more than it may:
 * the heap has a limit of its own, but buffers lie outside it, and code that fills them hears no message.
 */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** Time between two looks: a busy process fills some hundred megabytes in it. */
const LOOK_MS = 50;
/** Memory of a process before it trains anything: Node itself, its code, the kernels. */
const OWN_BYTES = 128 * 2 ** 20;
const STANDARD_ERROR = 2;

const { limitBytes } = workerData as { readonly limitBytes: number };

setInterval(() => {
  const held = process.memoryUsage.rss();
  if (held <= limitBytes + OWN_BYTES) return;
  writeSync(STANDARD_ERROR, `out of memory: ${held} bytes are held, ${limitBytes} may be\n`);
  process.kill(process.pid, 'SIGKILL');
}, LOOK_MS);
