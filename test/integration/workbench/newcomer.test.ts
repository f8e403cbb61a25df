/** The newcomer's path: open an example, train, see panel and finding, cure it with two keys, train again. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../../../scripts/vscode/workbench.mjs';

const FILE = 'exploding-rnn.model.yaml';

describe('a newcomer with an exploding RNN', () => {
  let workbench: Awaited<ReturnType<typeof openWorkbench>>;
  let original = '';
  beforeAll(async () => {
    workbench = await openWorkbench();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.picture(`failed: ${task.name}`);
  });
  afterAll(async () => {
    await workbench?.close();
  });

  it('opens the example and finds the way to train above the model', async () => {
    await workbench.openFile(FILE);
    await workbench.page.locator('.codelens-decoration', { hasText: 'Train Model' }).waitFor({ timeout: 60_000 });
    original = fs.readFileSync(path.join(workbench.workspace, FILE), 'utf8');
  });

  it('trains from the palette and sees the panel beside', async () => {
    await workbench.command('Gradient Health: Train Model');
    await workbench.panel.locator('table').getByText('memory').first().waitFor({ timeout: 60_000 });
    await workbench.panel.getByText('exploding-through-time').first().waitFor({ timeout: 60_000 });
    expect(await workbench.panel.locator('canvas').count()).toBeGreaterThanOrEqual(2);
    await workbench.picture('newcomer-finding');
  });

  it('sees one verdict in the panel, above the model and in the status bar', async () => {
    const { page, panel } = workbench;
    await panel.locator('.status.verdict-error, .status.verdict-warning').waitFor();
    expect(await panel.locator('.state-name').innerText()).toBe('Faulty');
    await page.locator('.codelens-decoration', { hasText: 'Faulty: exploding in time in memory' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'Faulty' }).waitFor();
    for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast', 'Dark Modern'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`newcomer-finding-${theme}`);
    }
  });

  it('reads the finding in the Problems view', async () => {
    await workbench.command('Problems: Focus on Problems View');
    await workbench.problems('exploding-through-time').first().waitFor();
    const text = await workbench.problems('exploding-through-time').first().innerText();
    expect(text).toMatch(/Gradient Health/);
    expect(text).toMatch(/memory/);
    await workbench.command('View: Toggle Panel Visibility');
  });

  it('cures it with Ctrl+. at the line', async () => {
    await workbench.focusEditor(FILE);
    await workbench.select(FILE, 'recurrent_initializer: ');
    const fixes = await workbench.quickFixes();
    await workbench.picture('newcomer-quick-fixes');
    await fixes.filter({ hasText: 'orthogonal' }).first().click();
    await workbench.page.locator('.view-line', { hasText: 'recurrent_initializer: orthogonal' }).waitFor();
    await workbench.page.locator('.squiggly-warning, .squiggly-error').first().waitFor({ state: 'detached' });
    const cured = await workbench.save(FILE, 'recurrent_initializer: orthogonal');
    expect(cured.replace(/recurrent_initializer: orthogonal/, '')).toBe(
      original.replace(/recurrent_initializer: (\{[^}]*\}|\w+)/, ''),
    );
  });

  it('trains again: the finding is gone, the earlier run stays for comparison', async () => {
    await workbench.command('Gradient Health: Train Model');
    await workbench.waitForSecondRun();
    await expect.poll(() => workbench.panel.getByText('exploding-through-time').count(), { timeout: 10_000 }).toBe(0);
    await workbench.command('Problems: Focus on Problems View');
    expect(await workbench.problems('exploding-through-time').count()).toBe(0);
    await workbench.command('View: Toggle Panel Visibility');
    // What the lens says is what the status bar says; "healthy" is a word for a network that learns.
    const verdict = await workbench.panel.locator('.state-name').innerText();
    expect(verdict).toMatch(/^(Trains|Not learning)$/);
    await workbench.page.locator('.codelens-decoration', { hasText: verdict }).waitFor();
    await workbench.page.locator('.statusbar-item', { hasText: verdict }).waitFor();
    expect((await workbench.panel.locator('.icon-healthy').count()) > 0).toBe(verdict === 'Trains');
    await workbench.picture('newcomer-cured-dark');
  });

  it('selects the type of a layer that is clicked in the table', async () => {
    await workbench.panel.locator('table').getByText('answer').first().click();
    await workbench.page.locator('.statusbar-item', { hasText: /^Ln 12, / }).waitFor();
  });

  it('comes back as it was when its tab was hidden', async () => {
    await workbench.openFile('healthy-iris.model.yaml');
    await workbench.command('Gradient Health: Train Model');
    await workbench.panel.locator('h1', { hasText: 'Iris species' }).waitFor();
    await workbench.page.locator('.tabs-container .tab', { hasText: `Gradients: ${FILE}` }).click();
    await workbench.panel.locator('h1', { hasText: 'Echo of a long sequence' }).waitFor();
    await workbench.panel.getByText('previous: Run').first().waitFor();
  });

  it.each(['Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const)('is readable in %s', async theme => {
    await workbench.setTheme(theme);
    await workbench.panel.locator('canvas:visible').first().waitFor();
    await workbench.picture(`newcomer-cured-${theme}`);
    const colors = await workbench.panel.locator('body').evaluate(body => {
      const { color, backgroundColor } = getComputedStyle(body);
      return { color, backgroundColor };
    });
    expect(colors.color).not.toBe(colors.backgroundColor);
  });
});
