/** Runs inside a real extension host: trains one example twice and writes down when its first records came. */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/extension';

const EXTENSION = 'gradient-health.gradient-health';
/** VS Code itself is busy for so long after its start. */
const SETTLING_MS = 3000;
/** The page may take so long from a command to its first point. */
const DRAWING_MS = 1500;
/** Between two runs, so that the first is over. */
const PAUSE_MS = 500;

/** Moments in milliseconds since 1970, by the clock that all processes of a machine share. */
export interface MeasuredRun {
  readonly command: number;
  readonly records: number;
}

const now = (): number => performance.timeOrigin + performance.now();
const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/**
 * Called by VS Code. The environment says which example is trained (`START_FILE`), how long it is looked at before the
 * command (`START_READING_MS`), and which file takes a line a run (`START_REPORT`).
 */
export async function run(): Promise<void> {
  const { START_FILE, START_READING_MS, START_REPORT } = process.env;
  const folder = vscode.workspace.workspaceFolders?.[0];
  const extension = vscode.extensions.getExtension<ExtensionApi>(EXTENSION);
  if (!START_FILE || !START_REPORT || !folder || !extension) throw new Error('The measurement is not set up.');
  const uri = vscode.Uri.joinPath(folder.uri, START_FILE);
  await pause(SETTLING_MS);
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  const { runs } = await extension.activate();
  await pause(Number(START_READING_MS));
  for (let round = 0; round < 2; round++) {
    appendFileSync(START_REPORT, `${JSON.stringify(await measure(runs, uri))}\n`);
    await pause(PAUSE_MS);
  }
}

async function measure(runs: ExtensionApi['runs'], uri: vscode.Uri): Promise<MeasuredRun> {
  const key = uri.toString();
  const command = now();
  const records = await new Promise<number>((resolve, reject) => {
    const subscription = runs.onDidChange((changed, change) => {
      if (changed !== key) return;
      const { status } = runs.get(key);
      if (change === 'records') resolve(now());
      else if (status.state === 'failed') reject(new Error(status.message));
      else return;
      subscription.dispose();
    });
    void vscode.commands.executeCommand('gradientHealth.train', uri);
  });
  await pause(DRAWING_MS);
  runs.stop(key);
  while (runs.isActive(key)) await pause(20);
  return { command, records };
}
