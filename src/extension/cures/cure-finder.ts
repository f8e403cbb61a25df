/**
 * The cures that are offered for findings of runs, made by the analysis when somebody wants to see them. Knows no
 * editor.
 */
import type { Finding } from '../../diagnosis/finding';
import type { RunHistory } from '../../record/run-history';
import type { ProposedFixes } from '../../protocol/analysis-messages';
import type { Source } from '../../frontends/frontend';
import { sameSource } from '../../frontends/same-source';
import type { Analysis } from '../analysis/analysis';
import type { PresentFinding } from '../findings/present-findings';
import type { RecordedRun } from '../runs/recorded-run';
import { measuredOf, partsOf, presentFixes, type PresentFix } from './present-fixes';
import type { Verification } from './verifications';
import { errorText } from '../../text/error-text';

/** Questions per run whose answers are kept: the findings of a text or two. */
const KEPT_ANSWERS = 12;

/** For what cures are wanted. */
export interface CureQuestion {
  readonly run: RecordedRun;
  /** A finding of `presentFindings`, whose places are of `source`. */
  readonly present: PresentFinding;
  /** The text as it is now: there are no cures while an error keeps it from being a model. */
  readonly source: Source;
  readonly verification: Verification | undefined;
}

interface Answer {
  readonly coming: Promise<ProposedFixes>;
  found: ProposedFixes | undefined;
  /** Whether listeners are told when it has come. */
  isAwaited: boolean;
}

const NONE: ProposedFixes = { proposed: [], remade: [] };

export class CureFinder {
  /** By what they depend on, for each run; the one asked for last comes last. */
  private readonly answers = new WeakMap<RunHistory, Map<string, Answer>>();
  private readonly listeners = new Set<(history: RunHistory) => void>();
  /** Texts are long: their numbers name them. */
  private readonly sources = new WeakMap<Source, number>();
  private sourceCount = 0;

  /** @param note is told why cures could not be made */
  constructor(
    private readonly analysis: Pick<Analysis, 'propose'>,
    private readonly note: (message: string) => void,
  ) {}

  /** Calls `listener` with the history of a run for which cures have come that `known` had asked for. */
  onDidFind(listener: (history: RunHistory) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** The cures of a finding where they have been made; where they have not, they are, and listeners are told. */
  known(question: CureQuestion): readonly PresentFix[] | undefined {
    const answer = this.ask(question);
    if (answer.found) return shown(question, answer.found);
    if (answer.isAwaited) return undefined;
    answer.isAwaited = true;
    void answer.coming.then(
      () => this.notify(question.run.history),
      (error: unknown) =>
        this.note(`The cures of ${question.present.finding.rule} could not be computed. ${errorText(error)}`),
    );
    return undefined;
  }

  /** The cures of a finding. @throws Error with one sentence where they could not be made */
  async find(question: CureQuestion): Promise<readonly PresentFix[]> {
    return shown(question, await this.ask(question).coming);
  }

  private ask(question: CureQuestion): Answer {
    const {
      run,
      present: { finding },
      source,
    } = question;
    const { model } = source;
    if (!model) return { coming: Promise.resolve(NONE), found: NONE, isAwaited: false };
    const measured = countingMeasured(question);
    const name = JSON.stringify([
      this.numberOf(source),
      finding,
      run.history.outcome?.kind,
      measured && partsOf(measured),
    ]);
    const answers = this.answers.get(run.history) ?? new Map<string, Answer>();
    this.answers.set(run.history, answers);
    const answer = answers.get(name) ?? this.begin(run, finding, { source, model }, measured ? partsOf(measured) : []);
    answers.delete(name);
    answers.set(name, answer);
    // A question that failed may be asked again.
    answer.coming.catch(() => answers.delete(name));
    const [oldest] = answers.keys();
    if (answers.size > KEPT_ANSWERS && oldest !== undefined) answers.delete(oldest);
    return answer;
  }

  private begin(
    run: RecordedRun,
    finding: Finding,
    now: Parameters<Analysis['propose']>[1],
    remake: ReturnType<typeof partsOf>,
  ): Answer {
    const answer: Answer = {
      coming: this.analysis.propose(run, now, finding, remake),
      found: undefined,
      isAwaited: false,
    };
    answer.coming.then(
      found => (answer.found = found),
      () => undefined,
    );
    return answer;
  }

  private numberOf(source: Source): number {
    const number = this.sources.get(source) ?? ++this.sourceCount;
    this.sources.set(source, number);
    return number;
  }

  private notify(history: RunHistory): void {
    for (const listener of [...this.listeners]) listener(history);
  }
}

/** Measured effects count for the text that was measured alone. */
function countingMeasured({ run, source, present, verification }: CureQuestion): ReturnType<typeof measuredOf> {
  return sameSource(run.source, source) ? measuredOf(present.finding, verification) : undefined;
}

function shown(question: CureQuestion, found: ProposedFixes): readonly PresentFix[] {
  return presentFixes(question.present.finding, found, countingMeasured(question));
}
