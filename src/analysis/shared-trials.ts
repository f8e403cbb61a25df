/**
 * Trainings made to measure cures, kept for whoever needs the same one: quick fixes, panel and comparison speak of the
 * same numbers.
 */
import { valuesOfRecord } from '../record/recorder';
import type { RunTrial, Trial } from '../verification/trial';
import { fingerprint } from '../worker/fingerprint';
import type { StartWorker } from '../worker/worker-handle';
import { workerTrials, type TrainingData } from '../worker/worker-trials';

/** Numbers in all the histories that are kept: 64 MB of doubles. What was not asked for longest goes first. */
const MAX_KEPT_VALUES = 2 ** 23;

export class SharedTrials {
  /** By model with its seed and data; the one asked for last comes last. */
  private readonly kept = new Map<string, Trial>();
  private values = 0;

  constructor(
    private readonly startWorker: StartWorker,
    private readonly maxValues = MAX_KEPT_VALUES,
  ) {}

  /** Trains on `data`. The same model with the same seed and data is trained once, whoever asks. */
  runner(data: TrainingData): RunTrial {
    const train = workerTrials(this.startWorker, data);
    return async (model, signal) => {
      const name = JSON.stringify([model, await fingerprint(data.files)]);
      const trial = this.kept.get(name) ?? (await train(model, signal));
      this.keep(name, trial);
      return trial;
    };
  }

  private keep(name: string, trial: Trial): void {
    this.drop(name);
    this.kept.set(name, trial);
    this.values += valuesIn(trial);
    for (const oldest of this.kept.keys()) {
      if (this.values <= this.maxValues) return;
      this.drop(oldest);
    }
  }

  private drop(name: string): void {
    const trial = this.kept.get(name);
    if (trial && this.kept.delete(name)) this.values -= valuesIn(trial);
  }
}

function valuesIn({ history }: Trial): number {
  return history.records.length * valuesOfRecord(history.layout);
}
