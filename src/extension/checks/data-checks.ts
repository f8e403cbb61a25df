/**
 * The data of open model files, read by a worker when a file is opened or changed: what training would be refused for.
 */
import * as vscode from 'vscode';
import { dataFilesOf } from '../../model/data-files';
import type { ModelSpec } from '../../model/model-spec';
import type { DataReport } from '../../training/check-data';
import { checkInWorker } from '../../worker/check-in-worker';
import { checkDataFiles, locateData, readDataFiles, type DataProblem } from '../data/data-file';
import { RunQueue } from '../runs/run-queue';
import type { StartWorker } from '../../worker/worker-handle';
import { settingsFor } from '../settings/settings';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';

/** The check of the data of one text. */
export interface DataCheck {
  /** A file that is not there or cannot be read. */
  readonly problem?: DataProblem;
  /** Result of reading it; absent while it is read, and for generated data. */
  readonly report?: DataReport;
}

interface Known extends DataCheck {
  readonly version: number;
}

/**
 * Checks are made one at a time, and only where the text or the files ask something new. In workspaces that are not
 * trusted there are none.
 */
export class DataChecks implements vscode.Disposable {
  private readonly queue = new RunQueue(1);
  private readonly known = new Map<string, Known>();
  /** The last report of each file, with what it depends on. */
  private readonly reports = new Map<string, { readonly question: string; readonly report: DataReport }>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: vscode.Disposable[];

  /** Says that something else is known of the data of a file. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly startWorker: StartWorker,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = [
      this.changed,
      documents.onDidRead(snapshot => this.begin(snapshot)),
      documents.onDidForget(uri => {
        this.queue.cancel(uri.toString());
        this.known.delete(uri.toString());
        this.reports.delete(uri.toString());
      }),
    ];
  }

  /** Returns the check for exactly this text; empty until it was checked. */
  get({ text }: ModelSnapshot): DataCheck {
    const known = this.known.get(text.uri.toString());
    return known?.version === text.version ? known : {};
  }

  /** Looks again at the data of the open model files that name `file`, which has changed. */
  fileChanged(file: vscode.Uri): void {
    for (const uri of this.documents.openFiles()) {
      const snapshot = this.documents.find(uri);
      const { model } = snapshot?.source ?? {};
      const named = model ? dataFilesOf(model.data) : [];
      if (snapshot && named.some(({ path }) => locateData(uri, path).toString() === file.toString()))
        this.begin(snapshot);
    }
  }

  /** Looks again at the data of a model file, whose files may have come or gone unseen, outside of the workspace. */
  lookAgain(uri: vscode.Uri): void {
    const snapshot = this.documents.find(uri);
    if (snapshot) this.begin(snapshot);
  }

  dispose(): void {
    this.queue.cancelAll();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private begin(snapshot: ModelSnapshot): void {
    this.check(snapshot).catch((error: unknown) =>
      this.log.error(`${snapshot.text.uri.toString()}: its data could not be checked.`, error),
    );
  }

  private async check(snapshot: ModelSnapshot): Promise<void> {
    const {
      text: { uri },
      source: { model },
    } = snapshot;
    const key = uri.toString();
    if (!model || !('path' in model.data) || !vscode.workspace.isTrusted) {
      this.queue.cancel(key);
      return this.tell(snapshot, {});
    }
    const state = await checkDataFiles(uri, model);
    if ('problem' in state) {
      this.queue.cancel(key);
      return this.tell(snapshot, state);
    }
    const question = questionOf(model, state.version);
    const last = this.reports.get(key);
    if (last?.question === question) return this.tell(snapshot, last);
    this.tell(snapshot, {});
    await this.queue.enqueue(key, async signal => {
      const data = await readDataFiles(uri, model);
      if ('problem' in data) return this.tell(snapshot, data);
      const { memoryLimitBytes } = settingsFor(uri);
      const report = await checkInWorker(
        this.startWorker,
        { type: 'check', model, files: data.files, memoryLimitBytes },
        signal,
      );
      if (!report) return;
      this.reports.set(key, { question, report });
      this.tell(snapshot, { report });
    });
  }

  private tell({ text }: ModelSnapshot, check: DataCheck): void {
    if (text.isClosed) return;
    this.known.set(text.uri.toString(), { ...check, version: text.version });
    this.changed.fire(text.uri);
  }
}

/** All that a report depends on; the rest of a model may change without another look at its data. */
function questionOf({ data, input, layers, loss, validation, seed }: ModelSpec, files: string): string {
  const last = layers.at(-1);
  return JSON.stringify([data, input, last?.path, last?.outputShape, loss, validation, seed, files]);
}
