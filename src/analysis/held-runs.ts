/** The runs that the analysis process is asked about. */
import type { DiagnosisSettings, RuleOptions } from '../diagnosis/diagnose';
import { HistoryRecorder } from '../record/recorder';
import type { ToAnalysis } from '../protocol/analysis-messages';
import type { ModelSpec } from '../model/model-spec';
import type { Source } from '../frontends/frontend';
import { readSent } from '../frontends/sent-text';

/** A run with the text that was trained. Its history grows as long as it goes on. */
export interface HeldRun {
  readonly source: Source;
  readonly model: ModelSpec;
  readonly history: HistoryRecorder;
}

type RunMessage = Extract<ToAnalysis, { type: 'run' | 'records' | 'outcome' }>;

export class HeldRuns {
  private readonly runs = new Map<number, HeldRun>();

  /** Takes in what a host sends of a run. What comes of one that it has taken back says nothing any more. */
  take(message: RunMessage): void {
    switch (message.type) {
      case 'run':
        this.runs.set(message.run, {
          source: readSent(message.text),
          model: message.model,
          history: new HistoryRecorder(message.layout),
        });
        return;
      case 'records':
        return this.runs.get(message.run)?.history.append(message.records);
      case 'outcome':
        return this.runs.get(message.run)?.history.finish(message.outcome);
    }
  }

  /** @throws Error for a run that was never sent */
  get(run: number): HeldRun {
    const held = this.runs.get(run);
    if (!held) throw new Error(`Run ${run} is not known to the analysis.`);
    return held;
  }

  forget(runs: readonly number[]): void {
    for (const run of runs) this.runs.delete(run);
  }
}

/** How a run's findings are looked for: with the options of rules, and without what comments of its text silence. */
export function settingsOf({ source }: HeldRun, ruleOptions: RuleOptions | undefined): DiagnosisSettings {
  return {
    ...(ruleOptions && { options: ruleOptions }),
    isSilenced: ({ rule, at }) => source.isIgnored(rule, at),
  };
}
