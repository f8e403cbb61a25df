/** Tracks what the analysis process holds, so that each run and each set of data is sent to it once. */
import { valuesOfRecord } from '../../record/recorder';
import { sentText } from '../../frontends/sent-text';
import type { RunHistory } from '../../record/run-history';
import type { ToAnalysis } from '../../protocol/analysis-messages';
import type { StepRecord } from '../../record/step-record';
import type { DataFiles } from '../../training/data/given-files';
import type { AnalyzedRun } from './analysis';

/** Runs and sets of data that the process holds at a time; those asked for longest ago go first. */
const MAX_RUNS = 8;
const MAX_DATA = 2;
/** Numbers in one message of records: 1 MB of doubles. */
const MESSAGE_VALUES = 2 ** 17;

interface SentRun {
  readonly number: number;
  hasOutcome: boolean;
}

/** Belongs to one process: a new one holds nothing. */
export class SentRuns {
  /** The one asked for last comes last. */
  private readonly runs = new Map<RunHistory, SentRun>();
  private readonly data = new Map<DataFiles, number>();
  private numbers = 0;

  /** @param isInUse whether a question about the run is not answered yet */
  constructor(
    private readonly post: (message: ToAnalysis) => void,
    private readonly isInUse: (run: number) => boolean,
  ) {}

  /** The number of a run, whose records are sent where the process does not have them. */
  numberOf(run: AnalyzedRun): number {
    const { source, model, history } = run;
    const sent = this.runs.get(history) ?? { number: ++this.numbers, hasOutcome: false };
    if (!this.runs.has(history)) {
      this.post({ type: 'run', run: sent.number, text: sentText(source), model, layout: history.layout });
      for (const records of inParts(history)) this.post({ type: 'records', run: sent.number, records });
    }
    this.touch(history, sent);
    if (history.outcome && !sent.hasOutcome) {
      this.post({ type: 'outcome', run: sent.number, outcome: history.outcome });
      sent.hasOutcome = true;
    }
    return sent.number;
  }

  /** Passes records on of a run that the process has; of another one, all are sent when it is asked about. */
  append(history: RunHistory, records: readonly StepRecord[]): void {
    const sent = this.runs.get(history);
    if (!sent) return;
    this.touch(history, sent);
    this.post({ type: 'records', run: sent.number, records });
  }

  /** The number of data files, which are sent where the process does not have them. */
  numberOfData(files: DataFiles): number {
    const number = this.data.get(files) ?? ++this.numbers;
    if (!this.data.has(files)) this.post({ type: 'data', data: number, files });
    this.data.delete(files);
    this.data.set(files, number);
    for (const [oldest, old] of this.data) {
      if (this.data.size <= MAX_DATA) break;
      this.data.delete(oldest);
      this.post({ type: 'forget', runs: [], data: [old] });
    }
    return number;
  }

  private touch(history: RunHistory, sent: SentRun): void {
    this.runs.delete(history);
    this.runs.set(history, sent);
    for (const [oldest, { number }] of this.runs) {
      if (this.runs.size <= MAX_RUNS) return;
      if (number === sent.number || this.isInUse(number)) continue;
      this.runs.delete(oldest);
      this.post({ type: 'forget', runs: [number], data: [] });
    }
  }
}

function inParts({ layout, records }: RunHistory): readonly (readonly StepRecord[])[] {
  const count = Math.max(1, Math.floor(MESSAGE_VALUES / valuesOfRecord(layout)));
  return Array.from({ length: Math.ceil(records.length / count) }, (_, part) =>
    records.slice(part * count, (part + 1) * count),
  );
}
