/** Runs under pressure: cancelled, two at once, a worker killed, an extension host that must stay free. */
import assert from 'node:assert/strict';
import { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { codeOf, diagnosticsOf, extensionApi, openExample, openText, trainActiveFile, until } from './editor';

/** Seconds of work: wide, deep and long. */
const LONG = `input: [100, 8]
layers:
  - { type: lstm, units: 128, output: sequence }
  - { type: lstm, units: 128 }
  - { type: dense, units: 1 }
steps: 5000
`;
const SHORT = `input: 4
layers:
  - { type: dense, units: 8, activation: tanh }
  - { type: dense, units: 1 }
steps: 50
`;

/** Waits until the run of a file has taken steps. */
async function firstSteps(key: string): Promise<void> {
  const { runs } = await extensionApi();
  await until('the first steps', () => {
    const { state, step } = runs.get(key).status;
    return state === 'running' && step > 0;
  });
}

describe('runs', () => {
  it('stop when asked, also in the middle of a step', async () => {
    const { runs } = await extensionApi();
    const { document } = await openText('long.model.yaml', LONG);
    const key = document.uri.toString();
    void vscode.commands.executeCommand('gradientHealth.train', document.uri);
    await firstSteps(key);
    await vscode.commands.executeCommand('gradientHealth.stop', document.uri);
    await until('the end', () => runs.get(key).status.state === 'cancelled' && !runs.isActive(key));
    assert.ok(runs.get(key).status.step < 5000, 'it did not run to its end');
  });

  it('of two files go side by side, each with its own result', async () => {
    const { runs } = await extensionApi();
    const first = await openText('long.model.yaml', LONG);
    void vscode.commands.executeCommand('gradientHealth.train', first.document.uri);
    await firstSteps(first.document.uri.toString());
    const second = await openText('short.model.yaml', SHORT);
    assert.equal(await trainActiveFile(), 'done');
    assert.equal(runs.get(second.document.uri.toString()).status.step, 50);
    assert.equal(runs.get(first.document.uri.toString()).status.state, 'running');
    await vscode.commands.executeCommand('gradientHealth.stop', first.document.uri);
    await until('the end', () => !runs.isActive(first.document.uri.toString()));
  });

  it('leave the extension host free', async () => {
    const { runs } = await extensionApi();
    const { document } = await openText('long.model.yaml', LONG);
    const key = document.uri.toString();
    void vscode.commands.executeCommand('gradientHealth.train', document.uri);
    await firstSteps(key);
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 10);
    await new Promise(resolve => {
      setTimeout(resolve, 2000);
    });
    clearInterval(heart);
    await vscode.commands.executeCommand('gradientHealth.stop', document.uri);
    await until('the end', () => !runs.isActive(key));
    assert.ok(beats > 20, `${beats} beats in two seconds`);
  });

  it('whose worker dies say so, and the next one starts a new worker', async () => {
    const { runs } = await extensionApi();
    const { document } = await openText('long.model.yaml', LONG);
    const key = document.uri.toString();
    const trainers = new Set<ChildProcess>();
    const { ref } = ChildProcess.prototype;
    // The host's own workers, seen when they begin to serve a run: nothing else lets a test kill one.
    ChildProcess.prototype.ref = function (this: ChildProcess): void {
      trainers.add(this);
      ref.call(this);
    };
    try {
      void vscode.commands.executeCommand('gradientHealth.train', document.uri);
      await firstSteps(key);
      assert.ok(trainers.size > 0, 'a worker serves the run');
      for (const trainer of trainers) trainer.kill('SIGTERM');
      const { message } = (await until('the failure', () => runs.get(key).status.state === 'failed' && runs.get(key)))
        .status;
      assert.match(message, /worker ended/);
    } finally {
      ChildProcess.prototype.ref = ref;
    }
    await openText('short.model.yaml', SHORT);
    assert.equal(await trainActiveFile(), 'done');
  });
});

describe('an undone change', () => {
  it('finds the run of its text again, with what that has found', async () => {
    const { runs } = await extensionApi();
    const editor = await openExample('saturated-raw-input.model.yaml');
    const { document } = editor;
    const key = document.uri.toString();
    assert.equal(await trainActiveFile(), 'done');
    const faulty = runs.get(key).current!;
    const found = (): readonly string[] => diagnosticsOf(document.uri).map(codeOf);
    const before = await until('the findings', () => found().length > 0 && found());
    const steps = document.positionAt(document.getText().indexOf('steps: '));
    const line = document.lineAt(steps.line).range;
    assert.ok(await editor.edit(edit => edit.replace(line, 'steps: 3')));
    assert.equal(await trainActiveFile(), 'done');
    assert.notEqual(runs.get(key).current!.history, faulty.history);
    await vscode.commands.executeCommand('undo');
    await until('the run of the text before', () => runs.get(key).current?.history === faulty.history);
    assert.deepEqual(await until('the findings', () => found().length > 0 && found()), before);
    await vscode.commands.executeCommand('redo');
    await until('the run of the changed text', () => runs.get(key).current?.history !== faulty.history);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('a model file that cannot be trained', () => {
  it('points at a data file that is not there, and is not half-trained', async () => {
    const { runs } = await extensionApi();
    const { document } = await openText(
      'missing.model.yaml',
      `input: 4
layers:
  - { type: dense, units: 3 }
data: { type: csv, path: data/nowhere.csv, target: species }
`,
    );
    assert.equal(await trainActiveFile(), 'failed');
    assert.equal(runs.get(document.uri.toString()).current, undefined);
    const problem = await until('the problem', () => diagnosticsOf(document.uri)[0]);
    assert.match(problem.message, /nowhere\.csv/);
    assert.equal(document.getText(problem.range), 'data/nowhere.csv');
  });

  it('names the nearest known key on the exact range', async () => {
    const { document } = await openText('typo.model.yaml', SHORT.replace('units: 8', 'unit: 8'));
    const problem = await until('the problem', () =>
      diagnosticsOf(document.uri).find(found => /units/.test(found.message)),
    );
    assert.equal(document.getText(problem.range), 'unit');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
  });
});
