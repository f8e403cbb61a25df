/**
 * Works through `tasks` in their order, at most `concurrency` at a time; none is begun once `stopped` says so. Resolves
 * when all that were begun have ended; rejects with the first error, after the others have ended.
 */
export async function runPool(
  tasks: readonly (() => Promise<void>)[],
  concurrency: number,
  stopped: () => boolean,
): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    while (next < tasks.length && errors.length === 0 && !stopped()) {
      try {
        await tasks[next++]();
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, tasks.length)) }, work));
  if (errors.length > 0) throw errors[0];
}
