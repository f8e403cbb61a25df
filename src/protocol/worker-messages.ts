/** Every message between the extension host (or the command line) and a training worker. */
import type { ModelSpec } from '../model/model-spec';
import type { BlamedPlace } from '../model/place';
import type { DataReport } from '../training/check-data';
import type { DataFiles } from '../training/data/given-files';
import type { ReadingProgress } from '../training/reading-progress';
import type { RunLayout, RunOutcome, StepRecord } from '../record/step-record';

export type ToWorker =
  | {
      readonly type: 'start';
      readonly model: ModelSpec;
      /** The files that `model.data` names; absent for generated data. */
      readonly files?: DataFiles;
      readonly memoryLimitBytes: number;
    }
  /** Reads the data without training. */
  | { readonly type: 'check'; readonly model: ModelSpec; readonly files?: DataFiles; readonly memoryLimitBytes: number }
  /** The last `records` message was taken in: the next may be sent. */
  | { readonly type: 'acknowledge' }
  | { readonly type: 'cancel' }
  /** No more jobs: the worker ends itself. */
  | { readonly type: 'close' };

export type FromWorker =
  /** Comes before the answer that ends a job: the memory that the worker holds, buffers and code included. */
  | { readonly type: 'resident'; readonly bytes: number }
  /** A data file is being read. */
  | { readonly type: 'reading'; readonly progress: ReadingProgress }
  /** The answer to `check`. */
  | { readonly type: 'checked'; readonly report: DataReport }
  | { readonly type: 'started'; readonly layout: RunLayout }
  | { readonly type: 'records'; readonly records: readonly StepRecord[] }
  | { readonly type: 'finished'; readonly outcome: RunOutcome }
  /**
   * The job could not be run; one sentence for the user. `internal` marks a defect of ours rather than of the model
   * file; `source` is the place in the file that is to blame, where one is.
   */
  | { readonly type: 'failed'; readonly message: string; readonly internal: boolean; readonly source?: BlamedPlace };
