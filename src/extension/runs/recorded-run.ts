/** A run as the editor keeps it: what was trained, from which text, what it recorded and what was found in it. */
import type { Finding } from '../../diagnosis/finding';
import type { HistoryRecorder } from '../../record/recorder';
import type { PanelStatus } from '../../protocol/panel-messages';
import type { ModelSpec } from '../../model/model-spec';
import type { BlamedPlace } from '../../model/place';
import type { Source } from '../../frontends/frontend';
import type { RunOutcome } from '../../record/step-record';
import type { Chance } from '../../verification/chance';

export interface RecordedRun {
  /** Counts the runs of one model file from 1. */
  readonly id: number;
  /** When it started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** The text that was trained: its findings speak of this one. */
  readonly source: Source;
  readonly model: ModelSpec;
  readonly history: HistoryRecorder;
  /** With each rule's own severity; while the run goes on, only those that have stood for a while. */
  readonly findings: readonly Finding[];
  /** Result of other seeds of the same text; absent as long as they were not tried. */
  readonly chance?: Chance | undefined;
}

/** Why the latest run did not come to its end, and the place in the text that is to blame where one is. */
export interface RunFailure {
  readonly message: string;
  readonly internal: boolean;
  readonly source: Source;
  readonly path: BlamedPlace | undefined;
  /** Details for a developer beyond the message; for the log. */
  readonly detail?: string | undefined;
}

/** How a run that has ended stands. */
export function statusAfter({ history: { outcome, records, layout } }: RecordedRun): PanelStatus {
  return {
    state: outcome?.kind === 'cancelled' ? 'cancelled' : 'done',
    step: (records.at(-1)?.step ?? -1) + 1,
    steps: layout.steps,
    message: outcome ? messageOf(outcome) : '',
  };
}

/** Describes how a run ended; empty for a completed run. */
export function messageOf(outcome: RunOutcome): string {
  return outcome.kind === 'not-finite' ? `Stopped at step ${outcome.step}: loss or gradient is no longer finite.` : '';
}
