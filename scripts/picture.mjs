// `npm run picture`: makes the README's pictures anew, from the packaged extension in a real VS Code.
import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from './package.mjs';
import { ROOT } from './setup.mjs';

const FILE = 'exploding-rnn.model.yaml';

packageExtension();
const { openWorkbench } = await import('./vscode/workbench.mjs');
const workbench = await openWorkbench({ viewport: { width: 1440, height: 900 }, settings: { 'workbench.activityBar.location': 'hidden', 'editor.minimap.enabled': false } });
try {
  const { page, panel } = workbench;
  await workbench.openFile(FILE);
  await workbench.command('View: Close Primary Side Bar');
  await page.locator('.codelens-decoration', { hasText: 'Train Model' }).waitFor({ timeout: 60_000 });
  await workbench.command('Gradient Health: Train Model');
  await panel.getByText('exploding-through-time').first().waitFor({ timeout: 60_000 });
  await page.locator('.codelens-decoration', { hasText: 'Faulty: exploding in time' }).waitFor({ timeout: 60_000 });
  await page.locator('.squiggly-warning, .squiggly-error').first().waitFor({ timeout: 30_000 });
  await workbench.focusEditor(FILE);
  await workbench.select(FILE, 'recurrent_initializer: ');
  await workbench.quickFixes();
  await keep('finding');
  await page.locator('.action-widget .monaco-list-row.action', { hasText: 'orthogonal' }).first().click();
  await workbench.command('Gradient Health: Train Model');
  await workbench.waitForSecondRun();
  await page.locator('.codelens-decoration', { hasText: /Trains|Not learning/ }).waitFor({ timeout: 60_000 });
  await keep('cured');
} finally {
  await workbench.close();
}

/** Copies a picture of the window to where the README shows it. */
async function keep(name) {
  const file = await workbench.picture(`readme-${name}`);
  const target = path.join(ROOT, 'docs/pictures', `${name}.png`);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.copyFileSync(file, target);
  console.log(`docs/pictures/${name}.png`);
}
