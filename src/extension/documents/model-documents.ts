/** The model files that are open, read anew whenever their text has changed. */
import * as vscode from 'vscode';
import { RULE_IDS } from '../../diagnosis/rule-ids';
import type { Source } from '../../frontends/frontend';
import { MODEL_FILE } from '../../frontends/model-file/front-end';
import { withPlacesOf } from '../../frontends/moved-source';
import { settingsFor } from '../settings/settings';
import { frontEndFor, isModelFile } from './model-file-selector';

/** Quiet time after the last key before a text is read: no squiggle comes and goes while a word is being typed. */
const QUIET_MS = 200;

/** A model file as read at one version of its text. */
export interface ModelSnapshot {
  readonly text: vscode.TextDocument;
  readonly version: number;
  /** Without a model while an error keeps the file from being trained. */
  readonly source: Source;
  /** Where findings are shown: while the text has no model, at the places of the last one that had, moved into it. */
  readonly places: Source;
}

/**
 * Follows open model files. `onDidRead` says that a text was read and is current; `onDidForget` that a file is no
 * longer open.
 */
export class ModelDocuments implements vscode.Disposable {
  private readonly snapshots = new Map<string, ModelSnapshot>();
  /** The last text with a model of each file. */
  private readonly lastModels = new Map<string, Source>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly read = new vscode.EventEmitter<ModelSnapshot>();
  private readonly forgot = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidRead = this.read.event;
  readonly onDidForget = this.forgot.event;

  constructor() {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument(document => this.schedule(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.schedule(document, QUIET_MS);
      }),
      vscode.workspace.onDidCloseTextDocument(document => this.forget(document.uri)),
      this.read,
      this.forgot,
    ];
  }

  /** Takes in the documents that were open before; later ones come by themselves. Nothing is read in this turn. */
  start(): void {
    for (const document of vscode.workspace.textDocuments) this.schedule(document, 0);
  }

  /** Returns the snapshot of `document`, read at once if it was not yet. */
  current(document: vscode.TextDocument): ModelSnapshot {
    const key = document.uri.toString();
    const known = this.snapshots.get(key);
    const { maximumSteps } = settingsFor(document.uri);
    if (
      known?.version === document.version &&
      known.text === document &&
      known.source.context.maximumSteps === maximumSteps
    )
      return known;
    // A document that is asked about by name, and is none by its name, is taken for a model file.
    const source = (frontEndFor(document.uri) ?? MODEL_FILE).read(document.getText(), {
      fileName: document.uri.path,
      language: document.languageId,
      rules: RULE_IDS,
      maximumSteps,
    });
    const places = withPlacesOf(this.lastModels.get(key), source);
    if (source.model) this.lastModels.set(key, source);
    const snapshot = { text: document, version: document.version, source, places };
    this.snapshots.set(key, snapshot);
    return snapshot;
  }

  /** The model file at `uri` as it is now, when it is open. */
  find(uri: vscode.Uri): ModelSnapshot | undefined {
    const known = this.snapshots.get(uri.toString());
    return known && !known.text.isClosed ? this.current(known.text) : undefined;
  }

  /** The model files that are open. */
  openFiles(): readonly vscode.Uri[] {
    return [...this.snapshots.values()].map(({ text }) => text.uri);
  }

  /** Reads every open model file again, because something beside their text has changed. */
  refresh(): void {
    const listed = new Set(this.snapshots.keys());
    for (const document of vscode.workspace.textDocuments) {
      if (listed.has(document.uri.toString()) && !isModelFile(document)) this.forget(document.uri);
      this.schedule(document, 0);
    }
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private schedule(document: vscode.TextDocument, delay: number): void {
    if (!isModelFile(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        if (!document.isClosed) this.read.fire(this.current(document));
      }, delay),
    );
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.lastModels.delete(key);
    if (this.snapshots.delete(key)) this.forgot.fire(uri);
  }
}
