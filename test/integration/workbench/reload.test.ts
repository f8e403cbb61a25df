/**
 * What a reload of the window leaves: finished runs with their measured cures, and the word that one was interrupted.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../../../scripts/vscode/workbench.mjs';
import { WEIGHTS_FAR_TOO_LARGE } from './weights-far-too-large';

const { file: FAULTY, text: FAULTY_TEXT } = WEIGHTS_FAR_TOO_LARGE;
const SOUND = 'healthy-iris.model.yaml';
const LONG = 'many-steps.model.yaml';
const SLOW = 'slow.model.yaml';
/** Each cure takes seconds. */
const LONG_TEXT = FAULTY_TEXT.replace('steps: 60', 'steps: 10000');
/** Minutes of training. */
const SLOW_TEXT = `name: Slow
input: [256]
layers:
  - { name: wide, type: dense, units: 512, activation: relu }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 2048 }
optimizer: { type: sgd, learning_rate: 0.001 }
batch_size: 256
steps: 100000
`;
/** Titles that say what measuring has shown. */
const MEASURED = /: trains with \d of [12] (fresh )?seeds?, loss .+ → /;
const SETTINGS = {
  'gradientHealth.verification.timeBudget': 60,
  'gradientHealth.verification.seeds': 2,
  'gradientHealth.panel.openOnTrain': false,
};

describe('after a reload of the window', () => {
  let workbench: Awaited<ReturnType<typeof openWorkbench>>;
  const statusBar = (text: string | RegExp) => workbench.page.locator('.statusbar-item', { hasText: text });
  /** Waits until the status bar says so, and nothing of measuring. */
  const verdict = (text: RegExp, timeout = 60_000) =>
    expect
      .poll(async () => (await statusBar(/Faulty|Trains|Not learning|Interrupted/).allInnerTexts()).join().trim(), {
        timeout,
      })
      .toMatch(text);
  const lens = (text: string | RegExp) => workbench.page.locator('.codelens-decoration', { hasText: text });
  const panelTabs = (file: string) => workbench.page.locator('.tabs-container .tab', { hasText: `Gradients: ${file}` });
  const titles = async (file: string): Promise<readonly string[]> => {
    await workbench.focusEditor(file);
    await workbench.select(file, 'name: third');
    await workbench.page.keyboard.press('ArrowLeft');
    const found = await (await workbench.quickFixes()).allInnerTexts();
    await workbench.page.keyboard.press('Escape');
    return found;
  };
  let before: readonly string[] = [];

  beforeAll(async () => {
    workbench = await openWorkbench({ workspaceSettings: SETTINGS });
    fs.writeFileSync(path.join(workbench.workspace, FAULTY), FAULTY_TEXT);
    fs.writeFileSync(path.join(workbench.workspace, LONG), LONG_TEXT);
    fs.writeFileSync(path.join(workbench.workspace, SLOW), SLOW_TEXT);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.picture(`failed: ${task.name}`);
  });
  afterAll(async () => {
    await workbench?.close();
  });

  it('findings, lens and measured titles of a file are there as soon as it is opened, with no panel and nothing measured anew', async () => {
    for (const file of [FAULTY, SOUND]) {
      await workbench.openFile(file);
      await workbench.command('Gradient Health: Train Model');
      await verdict(/^(Faulty|Trains|Not learning)$/, 110_000);
    }
    await workbench.openFile(FAULTY);
    await verdict(/^Faulty$/);
    before = await titles(FAULTY);
    expect(before.filter(title => MEASURED.test(title)).length).toBeGreaterThan(0);
    await workbench.command('View: Close All Editors');
    await workbench.reload();
    await workbench.openFile(FAULTY);
    await verdict(/^Faulty$/);
    await lens(/Faulty/).waitFor();
    await workbench.command('Problems: Focus on Problems View');
    await workbench.problems('Gradient Health').first().waitFor();
    await workbench.command('View: Toggle Panel Visibility');
    expect(await titles(FAULTY)).toEqual(before);
    expect(await statusBar(/Cures|Seeds/).count()).toBe(0);
    expect(await panelTabs(FAULTY).count()).toBe(0);
    await workbench.picture('reloaded-faulty');
    await workbench.openFile(SOUND);
    await lens(/Last run: Trains/).waitFor();
  });

  it('a panel that nobody has looked at since gives way to the one that is asked for, with the same run', async () => {
    await workbench.focusEditor(FAULTY);
    await workbench.command('Gradient Health: Show Panel');
    await workbench.panel.locator('.state-name', { hasText: 'Faulty' }).waitFor({ timeout: 60_000 });
    await workbench.focusEditor(SOUND);
    await workbench.command('Gradient Health: Show Panel');
    await workbench.panel.locator('h1', { hasText: 'Iris' }).waitFor({ timeout: 60_000 });
    await workbench.reload();
    await workbench.focusEditor(FAULTY);
    await lens(/Faulty/).waitFor({ timeout: 60_000 });
    expect(await panelTabs(FAULTY).count()).toBe(1);
    await workbench.command('Gradient Health: Show Panel');
    await workbench.panel.locator('h1', { hasText: 'Weights far too large' }).waitFor({ timeout: 60_000 });
    await workbench.panel.locator('.state-name', { hasText: 'Faulty' }).waitFor();
    await workbench.panel
      .getByText(/^Measured: /)
      .first()
      .waitFor();
    expect(await panelTabs(FAULTY).count()).toBe(1);
    await workbench.picture('reloaded-panel');
  });

  it('cures of a run of the earlier session are compared, on its data', async () => {
    await workbench.focusEditor(FAULTY);
    await workbench.command('Gradient Health: Compare Cures');
    await workbench.panel
      .getByText(/\d+ of \d+ trainings/)
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench.command('Gradient Health: Stop Measuring');
    await workbench.panel
      .getByText(/Stopped/)
      .first()
      .waitFor({ timeout: 60_000 });
  });

  it('measuring goes on where it was interrupted', async () => {
    await workbench.openFile(LONG);
    await workbench.command('Gradient Health: Train Model');
    await statusBar(/Cures \d+\/\d+/).waitFor({ timeout: 60_000 });
    await workbench.reload();
    await workbench.openFile(LONG);
    await statusBar(/Cures \d+\/\d+/).waitFor({ timeout: 60_000 });
    await verdict(/^Faulty$/, 110_000);
    expect((await titles(LONG)).filter(title => MEASURED.test(title)).length).toBeGreaterThan(0);
  }, 240_000);

  it('a run that went on is told as interrupted, and runs again with one click', async () => {
    await workbench.openFile(SLOW);
    await workbench.command('Gradient Health: Train Model');
    await lens(/Stop \(step [1-9]\d+\//).waitFor({ timeout: 90_000 });
    await workbench.reload();
    await workbench.openFile(SLOW);
    await lens(/Interrupted at step [1-9]\d* of 100000 by a reload/).waitFor({ timeout: 60_000 });
    await verdict(/^Interrupted$/);
    await workbench.command('Gradient Health: Show Panel');
    await workbench.panel.locator('.state-name', { hasText: 'Interrupted' }).waitFor({ timeout: 60_000 });
    await workbench.panel
      .getByText(/^The run was interrupted at step \d+ of 100000 by a window reload: train again\./)
      .first()
      .waitFor();
    await workbench.picture('reloaded-interrupted');
    await workbench.panel.getByText('Train again', { exact: true }).click();
    await lens(/Stop \(step/).waitFor({ timeout: 60_000 });
    await workbench.command('Gradient Health: Stop');
    await lens(/Stopped at step/).waitFor({ timeout: 60_000 });
  });
});
