/** Runs of a model file, with what was measured of their cures, as bytes that outlive a reload of the window. */
import type { Finding } from '../../diagnosis/finding';
import { HistoryRecorder, valuesOfRecord } from '../../record/recorder';
import type { ModelSpec } from '../../model/model-spec';
import { readSent, sentText, type SentText } from '../../frontends/sent-text';
import type { RunLayout, RunOutcome } from '../../record/step-record';
import type { CandidateResult } from '../../verification/candidate-result';
import type { Chance } from '../../verification/chance';
import type { Comparison } from '../../verification/compare-cures';
import type { VerifiedFixes } from '../../verification/verify-fixes';
import type { ComparisonState, CureComparison } from '../cures/comparisons';
import type { Verification, VerificationState } from '../cures/verifications';
import type { ModelRunState } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { joinBlocks, splitBlocks, UnreadableFile, type Block } from './block-file';
import { packPlain, unpackPlain } from './plain-json';
import { restoreRecords, storeRecords, type StoredRecords } from './record-blocks';

/**
 * Numbers kept of one run, 2 MB in single precision. Longer runs are thinned; the peaks of every norm stay, even where
 * they are more.
 */
const MAXIMUM_VALUES = 2 ** 19;

/** Results about a run besides the run itself. */
export interface Measured {
  readonly verification?: Verification | undefined;
  readonly comparison?: Pick<CureComparison, 'finding' | 'state'> | undefined;
  /** Digest of the data that it was trained on; absent where that is not known. */
  readonly data?: string | undefined;
  /** Whether measuring went on. */
  readonly goesOn?: boolean;
}

export interface StoredState {
  /** In milliseconds since the epoch. */
  readonly savedAt: number;
  readonly state: ModelRunState;
  readonly measured: ReadonlyMap<RecordedRun, Measured>;
}

interface StoredRun {
  readonly id: number;
  readonly startedAt: number;
  readonly text: SentText;
  readonly model: ModelSpec;
  readonly layout: RunLayout;
  readonly outcome: RunOutcome | undefined;
  readonly findings: readonly Finding[];
  readonly chance?: Chance | undefined;
  readonly measured: Measured;
  readonly records: StoredRecords;
}

interface RunFile {
  readonly savedAt: number;
  readonly status: ModelRunState['status'];
  readonly current: StoredRun | undefined;
  readonly previous: StoredRun | undefined;
}

/**
 * The runs of a model file as bytes. What the current one is by now is taken before this returns; compression goes on
 * outside this thread.
 */
export async function writeRunFile(
  { status, current, previous }: ModelRunState,
  measuredOf: (run: RecordedRun) => Measured = () => ({}),
): Promise<Uint8Array> {
  const blocks: Block[] = [];
  const store = (run: RecordedRun): StoredRun => storeRun(run, withoutTrials(measuredOf(run)), blocks);
  const savedAt = Date.now();
  const latest = current && store(current);
  if (previous) await nextTurn();
  const file: RunFile = { savedAt, status, current: latest, previous: previous && store(previous) };
  await nextTurn();
  return joinBlocks(packPlain(file, blocks), blocks);
}

/** Reads what `writeRunFile` wrote. @throws UnreadableFile for anything else, with why */
export async function readRunFile(bytes: Uint8Array): Promise<StoredState> {
  const { content, blocks } = await splitBlocks(bytes);
  if (typeof content !== 'string') throw new UnreadableFile('it is not a stored run');
  const { savedAt, status, current, previous } = unpackPlain(content, blocks) as RunFile;
  const measured = new Map<RecordedRun, Measured>();
  const restore = async (stored: StoredRun): Promise<RecordedRun> => {
    const run = await restoreRun(stored, blocks);
    measured.set(run, stored.measured);
    return run;
  };
  const [restored, earlier] = [current && (await restore(current)), previous && (await restore(previous))];
  return { savedAt, state: { status, current: restored, previous: earlier, failure: undefined }, measured };
}

function storeRun(
  { id, startedAt, source, model, history, findings, chance }: RecordedRun,
  measured: Measured,
  blocks: Block[],
): StoredRun {
  const { layout, outcome } = history;
  const records = storeRecords(history.sample(Math.floor(MAXIMUM_VALUES / valuesOfRecord(layout))), layout, blocks);
  return {
    id,
    startedAt,
    text: sentText(source),
    model,
    layout,
    outcome,
    findings,
    chance,
    measured,
    records,
  };
}

async function restoreRun(
  { id, startedAt, text, model, layout, records, outcome, findings, chance }: StoredRun,
  blocks: readonly Block[],
): Promise<RecordedRun> {
  await nextTurn();
  const restored = restoreRecords(records, layout, blocks);
  await nextTurn();
  const history = new HistoryRecorder(layout);
  history.append(restored);
  if (outcome) history.finish(outcome);
  await nextTurn();
  return { id, startedAt, source: readSent(text), model, history, findings, chance };
}

/** Lets the editor go on in between. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/**
 * Single trainings serve the measuring alone; of a comparison the panel draws their curves. What goes on will have been
 * stopped.
 */
function withoutTrials({ verification, comparison, ...rest }: Measured): Measured {
  return {
    ...rest,
    verification: verification && { finding: verification.finding, state: verificationState(verification.state) },
    comparison: comparison && { finding: comparison.finding, state: comparisonState(comparison.state) },
  };
}

function verificationState(state: VerificationState): VerificationState {
  if (state.kind === 'measuring') return { kind: 'stopped' };
  return state.kind === 'done' ? { kind: 'done', verified: withoutCurves(state.verified) } : state;
}

function comparisonState(state: ComparisonState): ComparisonState {
  if (state.kind === 'measuring') return { kind: 'stopped' };
  return state.kind === 'done' ? { kind: 'done', comparison: withCurves(state.comparison) } : state;
}

function withoutCurves(verified: VerifiedFixes): VerifiedFixes {
  const bare = (result: CandidateResult): CandidateResult => ({ ...result, trials: [] });
  return { ...verified, baseline: bare(verified.baseline), candidates: verified.candidates.map(bare) };
}

function withCurves(comparison: Comparison): Comparison {
  const slim = <R extends CandidateResult>(result: R): R => ({
    ...result,
    trials: result.trials.map(trial => ({ ...trial, findings: [], progress: { steps: [], relativeLoss: [] } })),
  });
  return { ...comparison, baseline: slim(comparison.baseline), cures: comparison.cures.map(slim) };
}
