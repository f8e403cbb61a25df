// The clock of every JavaScript engine of the bench: warms up for WARM_MS, then takes the median of WINDOW_MS of steps.
const WARM = Number(process.env.WARM_MS);
const WINDOW = Number(process.env.WINDOW_MS);

/**
 * `step` trains once and returns the loss. A step of more than a second is warmed up by two alone and timed once at
 * least.
 */
export async function measure(step, firstLoss) {
  let start = performance.now();
  await step(1);
  const slow = performance.now() - start > 1000;
  let count = 2;
  while (!slow && (count < 5 || performance.now() - start < WARM)) await step(count++);
  const times = [];
  let loss = firstLoss;
  const processorBefore = process.cpuUsage();
  start = performance.now();
  while (times.length < (slow ? 1 : 3) || performance.now() - start < WINDOW) {
    const before = performance.now();
    loss = await step(count++);
    times.push(performance.now() - before);
  }
  const { user, system } = process.cpuUsage(processorBefore);
  times.sort((a, b) => a - b);
  return {
    ms: times[times.length >> 1],
    cpu_ms: (user + system) / 1000 / times.length,
    steps: times.length,
    rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    loss0: firstLoss,
    loss,
  };
}
