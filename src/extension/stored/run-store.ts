/**
 * Keeps the latest runs of model files, and what was measured of them, in the extension's own storage. Knows no editor.
 */
import path from 'node:path';
import type { Comparisons } from '../cures/comparisons';
import type { Verifications } from '../cures/verifications';
import { IDLE, type ModelRuns, type ModelRunState, type RunChange } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { fingerprint } from '../../worker/fingerprint';
import { interruptedState } from './interrupted-state';
import { readRunFile, writeRunFile, type Measured, type StoredState } from './run-file';
import { ASIDE, type RunFolder } from './run-folder';
import { sha256 } from './sha256';
import { errorText } from '../../text/error-text';

/** Model files whose runs are kept; the one trained longest ago goes first. */
const KEPT_FILES = 12;
/** Time between two writes of a run that has ended: what is measured of it comes bit by bit. */
const ENDED_INTERVAL_MS = 1000;
/** The same while it goes on being measured. */
const MEASURING_INTERVAL_MS = 5000;
/** Time between two writes of a run that goes on: so much of it may be missing after a crash. */
const GOING_INTERVAL_MS = 3000;
/** Endings of the file of a run that has ended, of one that goes on, and of those that versions up to 0.1 wrote. */
const [ENDED, GOING, OUTDATED] = ['.run', '.going', '.json'];

/** Log of the store, such as the log of the extension. */
export interface StoreLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface StoredCures {
  readonly verifications: Pick<Verifications, 'get' | 'isMeasuring' | 'restore' | 'onDidChange'>;
  readonly comparisons: Pick<Comparisons, 'of' | 'isMeasuring' | 'restore' | 'onDidChange'>;
}

export class RunStore {
  private readonly subscriptions: readonly { dispose(): void }[];
  /** Reads, writes and removals, one after the other. */
  private pending: Promise<void> = Promise.resolve();
  /** By file, its restoration, which happens once. */
  private readonly restored = new Map<string, Promise<void>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** When each file was written last, by key and kind of file. */
  private readonly writtenAt = new Map<string, number>();
  private readonly digests = new WeakMap<RecordedRun['history'], string>();
  /** Restored runs whose measuring had not come to its end. */
  private readonly unfinished = new WeakSet<RecordedRun['history']>();
  private isRestoring = false;
  private isDisposed = false;

  constructor(
    private readonly folder: RunFolder,
    private readonly runs: ModelRuns,
    private readonly cures: StoredCures,
    private readonly log: StoreLog,
  ) {
    void this.enqueue(() => folder.removeUnfinished());
    const measured = (key: string): void => {
      if (!this.runs.isActive(key)) this.ask(key);
    };
    this.subscriptions = [
      runs.onDidChange((key, change) => this.take(key, change)),
      cures.verifications.onDidChange(measured),
      cures.comparisons.onDidChange(measured),
    ];
  }

  /** Brings back the runs of `key`, once, unless it was trained before. Resolves when they are there. */
  restore(key: string): Promise<void> {
    const known = this.restored.get(key);
    if (known) return known;
    const restoring = this.enqueue(() => this.bringBack(key));
    this.restored.set(key, restoring);
    return restoring;
  }

  /** Digest of the data that a run was trained on; `undefined` as long as it is not known. */
  dataOf(run: RecordedRun): string | undefined {
    return this.digests.get(run.history);
  }

  /** Whether cures of a restored run were being measured when its session ended. */
  wasMeasuring(run: RecordedRun): boolean {
    return this.unfinished.has(run.history);
  }

  /** Call when that measuring goes on: true once. */
  claimMeasuring(run: RecordedRun): boolean {
    return this.unfinished.delete(run.history);
  }

  /**
   * Writes everything that is not written yet, runs that go on too. What is to be written is taken before this returns.
   */
  flush(): Promise<void> {
    for (const key of new Set([...this.timers.keys(), ...this.runs.activeKeys()])) this.save(key);
    return this.pending;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private take(key: string, change: RunChange): void {
    if (this.isRestoring) return;
    if (change === 'forgotten') {
      this.drop(key);
      void this.enqueue(async () => this.removeFiles(await sha256(new TextEncoder().encode(key))));
      return;
    }
    if (change === 'run') this.digest(key);
    this.ask(key);
  }

  /** Has the state of a file written, at once where that was not done just now. */
  private ask(key: string): void {
    if (this.timers.has(key) && this.runs.isActive(key)) return;
    clearTimeout(this.timers.get(key));
    const [kind, interval] = this.runs.isActive(key)
      ? [GOING, GOING_INTERVAL_MS]
      : [ENDED, this.isMeasuring(key) ? MEASURING_INTERVAL_MS : ENDED_INTERVAL_MS];
    const wait = (this.writtenAt.get(key + kind) ?? 0) + interval - Date.now();
    if (wait <= 0) this.save(key);
    else
      this.timers.set(
        key,
        setTimeout(() => this.save(key), wait),
      );
  }

  private save(key: string): void {
    this.drop(key);
    const state = this.runs.get(key);
    const isActive = this.runs.isActive(key);
    this.writtenAt.set(key + (isActive ? GOING : ENDED), Date.now());
    // Taken now: what comes later is written later.
    const bytes = isActive
      ? writeRunFile({ ...state, previous: undefined })
      : state.current && writeRunFile(state, run => this.measuredOf(key, run));
    void this.enqueue(async () => {
      const name = await sha256(new TextEncoder().encode(key));
      if (bytes) await this.folder.write(name + (isActive ? GOING : ENDED), await bytes);
      if (!isActive) await this.folder.remove(name + GOING);
      if (bytes && !isActive) await this.removeOldest();
    });
  }

  private measuredOf(key: string, run: RecordedRun): Measured {
    const { verifications, comparisons } = this.cures;
    const isCurrent = this.runs.get(key).current === run;
    return {
      verification: verifications.get(run),
      comparison: comparisons.of(run),
      data: this.dataOf(run),
      goesOn: this.unfinished.has(run.history) || (isCurrent && verifications.isMeasuring(key)),
    };
  }

  private isMeasuring(key: string): boolean {
    return this.cures.verifications.isMeasuring(key) || this.cures.comparisons.isMeasuring(key);
  }

  private digest(key: string): void {
    const { current } = this.runs.get(key);
    const request = this.runs.requestOf(key);
    if (!current || !request || this.digests.has(current.history)) return;
    void fingerprint(request.files).then(digest => {
      this.digests.set(current.history, digest);
      if (!this.isDisposed && !this.runs.isActive(key)) this.ask(key);
    });
  }

  private async bringBack(key: string): Promise<void> {
    const name = await sha256(new TextEncoder().encode(key));
    const [ended, going] = [await this.read(key, name + ENDED), await this.read(key, name + GOING)];
    await this.refuseOutdated(key, name + OUTDATED);
    const problem = [ended, going].find(read => typeof read === 'string');
    const finished = typeof ended === 'object' ? ended : undefined;
    const state =
      typeof going === 'object' && going.savedAt >= (finished?.savedAt ?? 0)
        ? interruptedState(going.state, finished?.state)
        : finished?.state;
    if (state) this.adopt(key, state, finished);
    else if (problem !== undefined)
      this.adopt(key, { ...IDLE, status: { ...IDLE.status, message: problem } }, undefined);
  }

  private adopt(key: string, state: ModelRunState, finished: StoredState | undefined): void {
    for (const [run, { verification, comparison, data, goesOn }] of finished?.measured ?? []) {
      if (data !== undefined) this.digests.set(run.history, data);
      if (goesOn) this.unfinished.add(run.history);
      this.cures.verifications.restore(run, verification);
      if (comparison) this.cures.comparisons.restore(run, comparison);
    }
    this.isRestoring = true;
    try {
      this.runs.restore(key, state);
    } finally {
      this.isRestoring = false;
    }
  }

  /** Reads a file, or reports once, in one sentence, why it cannot be read and sets the file aside. */
  private async read(key: string, name: string): Promise<StoredState | string | undefined> {
    const bytes = await this.folder.read(name);
    if (!bytes) return undefined;
    try {
      return await readRunFile(bytes);
    } catch (error) {
      const aside = await this.folder.setAside(name);
      const problem = `The stored run of ${fileName(key)} could not be read: ${errorText(error)}. It was set aside as ${path.basename(aside)}; train again.`;
      this.log.warn(`${problem} (${key}; ${aside})`);
      return problem;
    }
  }

  /** Tells of a run that an earlier version stored as JSON, and lets go of it. */
  private async refuseOutdated(key: string, name: string): Promise<void> {
    if (!(await this.folder.remove(name))) return;
    this.log.info(
      `${key}: an earlier version of the extension stored its run, in a format that is no longer read. Train again.`,
    );
  }

  private async removeOldest(): Promise<void> {
    for (const name of (await this.folder.newestFirst(ENDED)).slice(KEPT_FILES))
      await this.removeFiles(name.slice(0, -ENDED.length));
    for (const ending of [GOING, ASIDE]) {
      for (const name of (await this.folder.newestFirst(ending)).slice(KEPT_FILES)) await this.folder.remove(name);
    }
  }

  private async removeFiles(name: string): Promise<void> {
    for (const ending of [ENDED, GOING]) await this.folder.remove(name + ending);
  }

  private drop(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  /** Neither a run nor a panel fails because a disk is full or a folder may not be read. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    this.pending = this.pending.then(work).catch((error: unknown) => {
      if (!this.isDisposed) this.log.warn(`Runs are not kept across a window reload: ${errorText(error)}`);
    });
    return this.pending;
  }
}

/** The last part of an address. */
function fileName(address: string): string {
  return decodeURIComponent(address.slice(address.lastIndexOf('/') + 1));
}
