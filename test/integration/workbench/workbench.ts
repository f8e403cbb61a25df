/** VS Code as its user meets it: the packaged extension in a server of its own, keys and clicks in headless Chromium. */
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { installServer } from '../../../scripts/vscode/install-server.mjs';
import { openBrowser } from '../../../scripts/vscode/browser.mjs';
import { startServer, workbenchUrl } from '../../../scripts/vscode/server.mjs';
import { ROOT } from '../../../scripts/setup.mjs';

export type Theme = 'Default Dark Modern' | 'Default Light Modern' | 'Default High Contrast' | 'Default High Contrast Light';

export interface Workbench {
  readonly page: Page;
  /** A copy of `examples/`: tests may write in it. */
  readonly workspace: string;
  /** The panel's document, inside the two frames that VS Code puts around it. */
  readonly panel: FrameLocator;
  openFile(name: string): Promise<void>;
  /** Runs a command by its title, as typed into the palette. */
  command(title: string): Promise<void>;
  /** Entries of the Problems view that hold a text. */
  problems(text?: string | RegExp): Locator;
  /** Puts the cursor at the first occurrence of a text in the active file. */
  putCursorAt(text: string): Promise<void>;
  /** Opens the quick fixes at the cursor and gives their list. */
  quickFixes(): Promise<Locator>;
  saveFile(name: string): Promise<string>;
  setTheme(theme: Theme): Promise<void>;
  close(): Promise<void>;
}

/** Starts VS Code with the package and a copy of the examples. */
export async function openWorkbench({ settings = {}, viewport = { width: 1500, height: 950 } } = {}): Promise<Workbench> {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string };
  const server = await startServer({ ...installServer(), vsix: path.join(ROOT, `${name}-${version}.vsix`), settings });
  const workspace = path.join(server.folder, 'examples');
  fs.cpSync(path.join(ROOT, 'examples'), workspace, { recursive: true });
  const { page, close } = await openBrowser(server.folder, { viewport });
  await page.goto(workbenchUrl(server, workspace), { waitUntil: 'domcontentloaded' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });

  const command = async (title: string): Promise<void> => {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click({ timeout: 30_000 });
  };

  return {
    page,
    workspace,
    panel: page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    command,
    async openFile(file) {
      await page.keyboard.press('Control+P');
      const input = page.locator('.quick-input-widget input[type=text]');
      await input.waitFor();
      await input.fill(file);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click({ timeout: 30_000 });
      await page.locator('.tabs-container .tab.active', { hasText: file }).waitFor();
    },
    problems: text => page.locator('.markers-panel .monaco-list-row', text === undefined ? {} : { hasText: text }),
    async putCursorAt(text) {
      await page.keyboard.press('Control+F');
      const find = page.locator('.find-widget.visible textarea').first();
      await find.waitFor();
      await find.fill(text);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
    },
    async quickFixes() {
      await page.keyboard.press('Control+.');
      const list = page.locator('.action-widget .monaco-list-row');
      await list.first().waitFor({ timeout: 20_000 });
      return list;
    },
    async saveFile(file) {
      await page.keyboard.press('Control+S');
      await page.locator('.tabs-container .tab.dirty', { hasText: file }).waitFor({ state: 'detached' });
      return fs.readFileSync(path.join(workspace, file), 'utf8');
    },
    async setTheme(theme) {
      server.setSettings({ ...settings, 'workbench.colorTheme': theme });
      const highContrast = theme.includes('High Contrast');
      const dark = !theme.includes('Light');
      const bodyClass = highContrast ? (dark ? 'hc-black' : 'hc-light') : (dark ? 'vs-dark' : 'vs');
      await page.locator(`.monaco-workbench.${bodyClass}`).waitFor();
    },
    async close() {
      await close();
      await server.stop();
    },
  };
}
