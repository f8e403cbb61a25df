/** Trainings that are made once, whoever asks for them: quick fixes, the panel and the comparison of cures. */
import type { RunTrial, Trial } from './trial';

/** Trainings that are remembered: those of one comparison with some of the one before. */
const MOST_REMEMBERED = 150;

/**
 * Wraps a runner so that a model that was trained to its end is not trained again. The whole model is the key, its seed and steps
 * among it; the data files are not, so a memo lives no longer than they do. Only trainings that came to their end are remembered:
 * one that failed may succeed another time.
 */
export function memoizeTrials(run: RunTrial, most = MOST_REMEMBERED): RunTrial {
  const known = new Map<string, Trial>();
  return async (model, signal) => {
    const key = JSON.stringify(model);
    const trial = known.get(key) ?? await run(model, signal);
    const { outcome } = trial.history;
    if (outcome?.kind !== 'completed' && outcome?.kind !== 'not-finite') return trial;
    // Asked last, forgotten last.
    known.delete(key);
    known.set(key, trial);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return trial;
  };
}
