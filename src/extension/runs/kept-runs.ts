/**
 * The latest finished runs of other texts of a model file, so that a text that comes back by undo or redo finds its run
 * again.
 */
import type { Source } from '../../frontends/frontend';
import { sameSource } from '../../frontends/same-source';
import type { TrainingRequest } from './run-state';
import type { RecordedRun } from './recorded-run';

/** Texts per model file whose run is kept. */
const KEPT_TEXTS = 5;

export interface KeptRun {
  readonly run: RecordedRun;
  /** `undefined` for a run of an earlier session. */
  readonly request: TrainingRequest | undefined;
}

export class KeptRuns {
  /** The one kept last comes last. */
  private readonly runs = new Map<string, readonly KeptRun[]>();

  /** Keeps a run that has ended, in place of an earlier one of the same model. */
  keep(key: string, kept: KeptRun): void {
    if (!kept.run.history.outcome) return;
    const others = this.of(key).filter(({ run }) => !sameSource(run.source, kept.run.source));
    this.runs.set(key, [...others, kept].slice(-KEPT_TEXTS));
  }

  find(key: string, source: Source): KeptRun | undefined {
    return this.of(key).find(({ run }) => sameSource(run.source, source));
  }

  /** The runs that are kept of a file. */
  all(key: string): readonly RecordedRun[] {
    return this.of(key).map(({ run }) => run);
  }

  /** Replaces every run by what `change` makes of it. */
  update(key: string, change: (run: RecordedRun) => RecordedRun): void {
    if (this.runs.has(key))
      this.runs.set(
        key,
        this.of(key).map(({ run, request }) => ({ run: change(run), request })),
      );
  }

  /** The largest number of a kept run; 0 where none is kept. */
  highestId(key: string): number {
    return Math.max(0, ...this.of(key).map(({ run }) => run.id));
  }

  forget(key: string): void {
    this.runs.delete(key);
  }

  /** Keeps what is kept under a new name. */
  move(from: string, to: string): void {
    const kept = this.of(from);
    this.forget(from);
    if (kept.length > 0) this.runs.set(to, kept);
  }

  private of(key: string): readonly KeptRun[] {
    return this.runs.get(key) ?? [];
  }
}
