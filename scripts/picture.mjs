// `npm run picture`: makes the README's pictures anew, from the packaged extension in a real VS Code.
import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from './package.mjs';
import { ROOT } from './setup.mjs';

const FILE = 'exploding-rnn.model.yaml';
/** What measuring the cures takes on a busy machine. */
const LONGEST_MS = 400_000;

packageExtension();
const { openWorkbench } = await import('./vscode/workbench.mjs');
// So high that the loss is in the picture too; a budget with which a busy machine measures every cure.
const workbench = await openWorkbench({
  viewport: { width: 1440, height: 1080 },
  workspaceSettings: { 'gradientHealth.verification.timeBudget': 300 },
  settings: { 'workbench.activityBar.location': 'hidden', 'editor.minimap.enabled': false },
});
try {
  const { page, panel } = workbench;
  await workbench.openFile(FILE);
  await workbench.command('View: Close Primary Side Bar');
  await page.locator('.codelens-decoration', { hasText: 'Train Model' }).waitFor({ timeout: 60_000 });
  await workbench.command('Gradient Health: Train Model');
  await panel.getByText('exploding-through-time').first().waitFor({ timeout: LONGEST_MS });
  await page.locator('.codelens-decoration', { hasText: 'Faulty: exploding in time' }).waitFor({ timeout: LONGEST_MS });
  await page.locator('.squiggly-warning, .squiggly-error').first().waitFor({ timeout: 30_000 });
  await panel.getByText(/^Seeds .* tried: the model trains with none/).waitFor({ timeout: LONGEST_MS });
  await workbench.focusEditor(FILE);
  await workbench.select(FILE, 'recurrent_initializer: ');
  await workbench.quickFixes();
  await keep('finding');
  await page.locator('.action-widget .monaco-list-row.action', { hasText: 'orthogonal' }).first().click();
  await workbench.command('Gradient Health: Train Model');
  await panel.getByText(/^Seeds .* tried: the model trains with all/).waitFor({ timeout: LONGEST_MS });
  await page.locator('.codelens-decoration', { hasText: 'Last run: Trains' }).waitFor({ timeout: LONGEST_MS });
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
