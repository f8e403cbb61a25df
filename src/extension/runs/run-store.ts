/** Keeps the latest runs of model files in the extension's own storage, for panels that come back after a reload. */
import * as vscode from 'vscode';
import type { ModelRuns } from './model-runs';
import { readRunFile, writeRunFile } from './run-file';

/** Model files whose runs are kept; the one trained longest ago goes first. */
const KEPT_FILES = 12;

export class RunStore implements vscode.Disposable {
  private readonly subscription: { dispose(): void };
  /** Reads, writes and removals, one after the other. */
  private pending: Promise<void> = Promise.resolve();

  constructor(private readonly folder: vscode.Uri, private readonly runs: ModelRuns, private readonly log: vscode.LogOutputChannel) {
    this.subscription = runs.onDidChange((key, change) => {
      if (change === 'forgotten') this.enqueue(async () => this.remove(await this.fileOf(key)));
      else if (change !== 'records' && !runs.isActive(key) && runs.get(key).current) this.enqueue(() => this.save(key));
    });
  }

  /** Brings back the runs of `key`, unless there are newer ones. */
  restore(key: string): Promise<void> {
    this.enqueue(async () => {
      const file = await this.fileOf(key);
      const stored = await this.exists(file) ? readRunFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) : undefined;
      if (stored) this.runs.restore(key, stored);
    });
    return this.pending;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Runs are worth keeping, but neither a run nor a panel fails because a disk is full or a file is broken. */
  private enqueue(work: () => Promise<void>): void {
    this.pending = this.pending.then(work).catch((error: unknown) => {
      this.log.warn(`Runs are not kept over a reload of the window: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  private async save(key: string): Promise<void> {
    const state = this.runs.get(key);
    if (!state.current || this.runs.isActive(key)) return;
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(await this.fileOf(key), new TextEncoder().encode(writeRunFile(state)));
    await this.removeOldest();
  }

  private async removeOldest(): Promise<void> {
    const files = (await vscode.workspace.fs.readDirectory(this.folder)).map(([name]) => vscode.Uri.joinPath(this.folder, name));
    if (files.length <= KEPT_FILES) return;
    const dated = await Promise.all(files.map(async (file) => ({ file, time: (await vscode.workspace.fs.stat(file)).mtime })));
    dated.sort((one, other) => other.time - one.time);
    for (const { file } of dated.slice(KEPT_FILES)) await this.remove(file);
  }

  private async remove(file: vscode.Uri): Promise<void> {
    if (await this.exists(file)) await vscode.workspace.fs.delete(file);
  }

  private async exists(file: vscode.Uri): Promise<boolean> {
    try {
      await vscode.workspace.fs.stat(file);
      return true;
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
      throw error;
    }
  }

  /** Addresses are long and hold what file names may not, hence a digest. */
  private async fileOf(key: string): Promise<vscode.Uri> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
    const name = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return vscode.Uri.joinPath(this.folder, `${name}.json`);
  }
}
