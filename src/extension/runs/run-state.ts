/** State of the runs of a model file, its changes, and the parts of a run. */
import type { PanelStatus } from '../../protocol/panel-messages';
import type { ModelSpec } from '../../model/model-spec';
import type { Source } from '../../frontends/frontend';
import type { RecordedRun, RunFailure } from './recorded-run';

/** State of the runs of one model file. `current` is `undefined` until its worker has laid out the model. */
export interface ModelRunState {
  readonly status: PanelStatus;
  readonly current: RecordedRun | undefined;
  readonly previous: RecordedRun | undefined;
  readonly failure: RunFailure | undefined;
}

/**
 * The kind of change: `run`, a run began; `recalled`, an earlier run is the current one again; `records`, it went on;
 * `findings`; `status` alone; `forgotten`, nothing is kept any more.
 */
export type RunChange = 'run' | 'recalled' | 'records' | 'findings' | 'status' | 'forgotten';
export type RunChangeListener = (key: string, change: RunChange) => void;

/** A model to train, and the text that it comes from. */
export interface TrainingRequest {
  readonly source: Source;
  readonly model: ModelSpec;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly memoryLimitBytes: number;
}

export const IDLE: ModelRunState = {
  status: { state: 'idle', step: 0, steps: 0, message: '' },
  current: undefined,
  previous: undefined,
  failure: undefined,
};
