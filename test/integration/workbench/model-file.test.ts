/** Help while writing a model file, with no other extension: problems, suggestions, completion, hover. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../../../scripts/vscode/workbench.mjs';

const FILE = 'healthy-iris.model.yaml';

describe('writing a model file', () => {
  let workbench: Awaited<ReturnType<typeof openWorkbench>>;
  beforeAll(async () => {
    workbench = await openWorkbench();
    await workbench.openFile(FILE);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench.picture(`failed: ${task.name}`);
  });
  afterAll(async () => {
    await workbench?.close();
  });

  it('gives a typo a squiggle on its range, a suggestion, and a fix', async () => {
    const { page } = workbench;
    await workbench.select(FILE, 'units');
    await page.keyboard.type('unit');
    await page.locator('.squiggly-error').first().waitFor({ timeout: 30_000 });
    await workbench.command('Problems: Focus on Problems View');
    await workbench
      .problems(/did you mean .?units/i)
      .first()
      .waitFor();
    await workbench.command('View: Toggle Panel Visibility');
    await workbench.focusEditor(FILE);
    await page.keyboard.press('F8');
    await page.keyboard.press('Escape');
    await (await workbench.quickFixes()).filter({ hasText: 'units' }).first().click();
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  it('completes keys and explains them on hover', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nsch');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'schedule' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Z');
    await workbench.select(FILE, 'optimizer');
    await workbench.command('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible').first();
    await hover.waitFor();
    expect(await hover.innerText()).toMatch(/optimizer/i);
  });
});
