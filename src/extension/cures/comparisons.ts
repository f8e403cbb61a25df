/** Compares every cure of a run's root finding with the original, when the user asks for it. Knows no editor. */
import type { Finding } from '../../diagnosis/finding';
import type { RunHistory } from '../../record/run-history';
import type { CandidateResult } from '../../verification/candidate-result';
import type { Comparison } from '../../verification/compare-cures';
import type { Analysis } from '../analysis/analysis';
import type { ModelRuns, TrainingRequest } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { Measuring, type MeasuringLimits } from './measuring';
import { errorText } from '../../text/error-text';

export type ComparisonState =
  /** `results` are those that are there by now, in the order of their coming. */
  | {
      readonly kind: 'measuring';
      readonly finished: number;
      readonly planned: number;
      readonly results: readonly CandidateResult[];
    }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

export interface CureComparison {
  /** The run that is compared with; the edits of the results are of its text. */
  readonly run: RecordedRun;
  readonly finding: Finding;
  readonly state: ComparisonState;
}

/** One per run. Training its file again ends it; a run that is current again has its comparison back. */
export class Comparisons {
  private readonly states = new WeakMap<RunHistory, CureComparison>();
  private readonly going = new Map<string, Measuring>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly runs: ModelRuns,
    private readonly analysis: Pick<Analysis, 'compare'>,
  ) {
    this.subscription = runs.onDidChange((key, change) => {
      if (change === 'run' || change === 'forgotten') this.stop(key);
      if (change === 'run' || change === 'forgotten' || change === 'recalled') this.notify(key);
    });
  }

  onDidChange(listener: (key: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** That of the file's current run. */
  get(key: string): CureComparison | undefined {
    const { current } = this.runs.get(key);
    return current && this.states.get(current.history);
  }

  /** That of any run. */
  of(run: RecordedRun): CureComparison | undefined {
    return this.states.get(run.history);
  }

  /** Takes in the comparison of a run from an earlier session. */
  restore(run: RecordedRun, comparison: Pick<CureComparison, 'finding' | 'state'>): void {
    this.states.set(run.history, { run, ...comparison });
  }

  isMeasuring(key: string): boolean {
    return this.going.has(key);
  }

  stop(key: string): void {
    this.going.get(key)?.stop();
  }

  /**
   * Resolves when all is measured, the time is over, or it was stopped. An earlier comparison of the file is stopped
   * first.
   */
  async compare(
    key: string,
    run: RecordedRun,
    finding: Finding,
    request: TrainingRequest,
    limits: MeasuringLimits,
  ): Promise<void> {
    this.stop(key);
    const measuring = new Measuring(limits);
    this.going.set(key, measuring);
    const tell = (state: ComparisonState): void => {
      // A later comparison of the file speaks for itself.
      if (this.going.get(key) !== measuring) return;
      this.states.set(run.history, { run, finding, state });
      this.notify(key);
    };
    const results = new Map<string, CandidateResult>();
    tell({ kind: 'measuring', finished: 0, planned: 0, results: [] });
    try {
      const comparison = await this.analysis.compare(
        run,
        finding,
        measuring.of(request),
        ({ finished, planned, latest }) => {
          results.set(latest.id, latest);
          if (!measuring.cancel.aborted) tell({ kind: 'measuring', finished, planned, results: [...results.values()] });
        },
      );
      tell(comparison.baseline.seeds === 0 ? { kind: 'stopped' } : { kind: 'done', comparison });
    } catch (error) {
      tell(measuring.cancel.aborted ? { kind: 'stopped' } : { kind: 'failed', message: errorText(error) });
    } finally {
      measuring.end();
      if (this.going.get(key) === measuring) {
        this.going.delete(key);
        this.notify(key);
      }
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.listeners.clear();
    for (const measuring of this.going.values()) measuring.stop();
  }

  private notify(key: string): void {
    for (const listener of [...this.listeners]) listener(key);
  }
}
