/**
 * How long the thread of the extension host is held, in processor time: other processes may take the core, but not this
 * number.
 */
import fs from 'node:fs';
import { Session, type Profiler } from 'node:inspector';
import path from 'node:path';

/** Time between two beats. A beat takes some hundredths of a millisecond. */
const BEAT_MS = 2;
const NANOSECONDS = 1e6;

/** The longest stretch between two beats, and all that the thread did, in processor milliseconds. */
export interface Held {
  readonly longest: number;
  readonly total: number;
}

/** Measures the thread that it is called in while `work` goes on. */
export async function heartbeatDuring(work: () => Promise<unknown>): Promise<Held> {
  let longest = 0;
  const begin = threadMilliseconds();
  let last = begin;
  const timer = setInterval(() => {
    const now = threadMilliseconds();
    longest = Math.max(longest, now - last);
    last = now;
  }, BEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const end = threadMilliseconds();
  return { longest: Math.max(longest, end - last), total: end - begin };
}

/** Does the same with a profile of the thread, which goes into `folder`. */
export async function profiledHeartbeat(
  name: string,
  folder: string | undefined,
  work: () => Promise<unknown>,
): Promise<Held> {
  if (!folder) return heartbeatDuring(work);
  const session = new Session();
  session.connect();
  const post = <Result>(method: string, parameters: object = {}): Promise<Result> =>
    new Promise((resolve, reject) => {
      session.post(method, parameters, (error, result) =>
        error ? reject(new Error(error.message)) : resolve(result as Result),
      );
    });
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: 500 });
  await post('Profiler.start');
  const held = await heartbeatDuring(work);
  const { profile } = await post<{ profile: Profiler.Profile }>('Profiler.stop');
  fs.writeFileSync(path.join(folder, `${name.replaceAll(/\W+/g, '-')}.cpuprofile`), JSON.stringify(profile));
  session.disconnect();
  return held;
}

/** Processor time of the main thread, whose number is that of the process. Linux alone tells it so exactly. */
function threadMilliseconds(): number {
  const [onProcessor] = fs.readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(onProcessor) / NANOSECONDS;
}
