/** How the training worker talks to its host: by the channel of a child process, or by the port of a thread. */
import path from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';

/**
 * Time between the last job and the end of a thread. Not at once: V8 may still be compiling what has just run, and Node
 * 20 aborts the whole process now and then when a thread is taken down meanwhile (`GetForegroundTaskRunner`:
 * `(data.first) != nullptr`).
 */
const REST_MS = 250;

const MEGABYTE = 2 ** 20;
/** The watch needs next to nothing; its thread may not take room from the training. */
const WATCH_HEAP_MEGABYTES = 16;

/** A way to the host and back. */
export interface HostChannel {
  post(message: object): void;
  listen(receive: (message: unknown) => void): void;
  /** Memory that the operating system has given the process, buffers and code included. */
  residentBytes(): number;
  close(): void;
}

/** The channel to the host that started this worker. @throws Error where nothing did */
export function hostChannel(): HostChannel {
  const residentBytes = (): number => process.memoryUsage.rss();
  const port = parentPort;
  if (port) {
    return {
      post: message => port.postMessage(message),
      listen: receive => void port.on('message', receive),
      residentBytes,
      close: () => void setTimeout(() => port.close(), REST_MS),
    };
  }
  if (!process.send) throw new Error('This is the training worker of Gradient Health; it is started by the extension.');
  watchMemory(Number(process.argv[2]) * MEGABYTE);
  // A host that is gone wants nothing any more.
  process.on('disconnect', () => process.exit());
  return {
    post: message => void process.send!(message),
    listen: receive => void process.on('message', receive),
    residentBytes,
    close: () => process.disconnect(),
  };
}

/** Has another thread end this process where it holds more than it may, buffers included. */
function watchMemory(limitBytes: number): void {
  if (!(limitBytes > 0)) throw new Error('The training worker was started without a memory limit.');
  const watch = new Worker(path.join(__dirname, 'memory-watch.js'), {
    workerData: { limitBytes },
    resourceLimits: { maxOldGenerationSizeMb: WATCH_HEAP_MEGABYTES, maxYoungGenerationSizeMb: 4 },
  });
  watch.unref();
}
