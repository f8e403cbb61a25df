/** Watches the data files that open model files name, of whatever format and wherever they are. */
import * as vscode from 'vscode';
import { dataFilesOf } from '../../model/data-files';
import { locateData } from '../data/data-file';
import type { DataChecks } from './data-checks';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';

/** Has model files read again when one of their data files comes or goes, and the data checked again when it changes. */
export class DataFileWatch implements vscode.Disposable {
  private readonly watchers = new Map<string, vscode.Disposable>();
  /** Addresses of the data files by that of the model file that names them. */
  private readonly named = new Map<string, readonly vscode.Uri[]>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: Pick<ModelDocuments, 'onDidRead' | 'onDidForget' | 'refresh'>,
    private readonly checks: Pick<DataChecks, 'fileChanged'>,
  ) {
    this.subscriptions = [
      documents.onDidRead(snapshot => this.follow(snapshot)),
      documents.onDidForget(uri => {
        this.named.delete(uri.toString());
        this.update();
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, ...this.watchers.values()).dispose();
  }

  /** While a text has no model, the files of the last one are watched. */
  private follow({ text: { uri }, places: { model } }: ModelSnapshot): void {
    if (!model) return;
    this.named.set(
      uri.toString(),
      dataFilesOf(model.data).map(({ path }) => locateData(uri, path)),
    );
    this.update();
  }

  private update(): void {
    const wanted = new Map([...this.named.values()].flat().map(file => [file.toString(), file]));
    for (const [address, watcher] of this.watchers) {
      if (wanted.has(address)) continue;
      watcher.dispose();
      this.watchers.delete(address);
    }
    for (const [address, file] of wanted) {
      if (!this.watchers.has(address)) this.watchers.set(address, this.watch(file));
    }
  }

  private watch(file: vscode.Uri): vscode.Disposable {
    const cut = file.path.lastIndexOf('/');
    const folder = file.with({ path: file.path.slice(0, cut) || '/' });
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, literal(file.path.slice(cut + 1))),
    );
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(() => this.documents.refresh()),
      watcher.onDidChange(() => this.checks.fileChanged(file)),
      watcher.onDidDelete(() => this.documents.refresh()),
    );
  }
}

/** A pattern that this name alone matches. */
function literal(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
