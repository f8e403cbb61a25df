/** A run as the editor keeps it: what was trained, from which text, what it recorded and what was found in it. */
import type { Finding } from '../../diagnosis/finding';
import type { HistoryRecorder } from '../../history/recorder';
import type { ModelSpec, SourcePath } from '../../spec/model-spec';
import type { SpecDocument } from '../../spec/spec-document';
import type { Chance } from '../../verification/chance';

export interface RecordedRun {
  /** Counts the runs of one model file from 1. */
  readonly id: number;
  /** When it started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** The text that was trained: its findings speak of this one. */
  readonly document: SpecDocument;
  readonly model: ModelSpec;
  readonly history: HistoryRecorder;
  /** With each rule's own severity; while the run goes on, only those that have stood for a while. */
  readonly findings: readonly Finding[];
  /** What other seeds of the same text showed; absent as long as they were not tried. */
  readonly chance?: Chance | undefined;
}

/** Why the latest run did not come to its end, and the place in the text that is to blame where one is. */
export interface RunFailure {
  readonly message: string;
  readonly internal: boolean;
  readonly document: SpecDocument;
  readonly source: SourcePath | undefined;
  /** What a developer needs to know beyond the message; for the log. */
  readonly detail?: string | undefined;
}
