// VS Code as its user meets it: the packaged extension in a server of its own, keys and clicks in headless Chromium.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup.mjs';
import { openBrowser } from './browser.mjs';
import { installServer } from './install-server.mjs';
import { startServer, workbenchUrl } from './server.mjs';

/** Themes by their names in the picker, with the class that the workbench carries under each. */
const THEME_CLASSES = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Dark High Contrast': 'hc-black',
  'Light High Contrast': 'hc-light',
};
/** @typedef {keyof typeof THEME_CLASSES} Theme */

/**
 * Starts VS Code with the package of `npm run package` and a copy of the examples that may be written in.
 * @param {{settings?: object, workspaceSettings?: object, viewport?: {width: number, height: number},
 * deviceScaleFactor?: number}} [options]
 */
export async function openWorkbench({
  settings = {},
  workspaceSettings,
  viewport = { width: 1500, height: 950 },
  deviceScaleFactor = 1,
} = {}) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const server = await startServer({ ...installServer(), vsix: path.join(ROOT, `${name}-${version}.vsix`), settings });
  const workspace = path.join(server.folder, 'examples');
  fs.cpSync(path.join(ROOT, 'examples'), workspace, { recursive: true });
  if (workspaceSettings) {
    fs.mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify(workspaceSettings, null, 2));
  }
  const { page, close } = await openBrowser(server.folder, { viewport, deviceScaleFactor });
  await page.goto(workbenchUrl(server, workspace), { waitUntil: 'domcontentloaded', timeout: 90_000 });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
  const quickInput = page.locator('.quick-input-widget input[type=text]');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const choose = async (prefix, text, timeout = 60_000) => {
    await quickInput.waitFor();
    await quickInput.fill(prefix + text);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click({ timeout });
  };

  return {
    page,
    /** Folder of the copied examples. */
    workspace,
    /** The panel's document, inside the two frames that VS Code puts around it. */
    panel,
    /** Runs a command by its title, as typed into the palette. @param {string} title */
    async command(title) {
      // A palette that was opened before the extension knew the file lists fewer commands as long as it is open.
      for (let attempt = 1; ; attempt++) {
        await page.keyboard.press('F1');
        try {
          return await choose('>', title, 20_000);
        } catch (error) {
          if (attempt === 4) throw error;
          await page.keyboard.press('Escape');
        }
      }
    },
    /** Reloads the window, as its user does. */
    async reload() {
      const reloaded = page.waitForEvent('domcontentloaded', { timeout: 90_000 });
      await page.keyboard.press('F1');
      await choose('>', 'Developer: Reload Window');
      await reloaded;
      await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
    },
    /** @param {string} file */
    async openFile(file) {
      // The search for files of a server that has just started may come to nothing: asked again, as people do.
      for (let attempt = 1; ; attempt++) {
        await page.keyboard.press('Control+P');
        try {
          await choose('', file, 20_000);
          break;
        } catch (error) {
          if (attempt === 4) throw error;
          await page.keyboard.press('Escape');
        }
      }
      await page.locator('.tabs-container .tab.active', { hasText: file }).first().waitFor();
    },
    /** Rows of the Problems view that hold a text. @param {string | RegExp} text */
    problems: text => page.locator('.markers-panel .monaco-list-row', { hasText: text }),
    /** Gives the keyboard to the editor of a file. @param {string} file */
    async focusEditor(file) {
      await page.locator('.tabs-container .tab', { hasText: file }).first().click();
      // Keys that come before the editor has the focus would be lost, or land where it was.
      await page.locator('.editor-group-container.active .monaco-editor.focused .view-lines').first().waitFor();
    },
    /**
     * Selects the first occurrence of a text in the active editor, whose saved text is that of `file`. @param {string}
     * file @param {string} text
     */
    async select(file, text) {
      const before = fs.readFileSync(path.join(workspace, file), 'utf8').split(text)[0].split('\n');
      await page.keyboard.press('Control+G');
      await quickInput.waitFor();
      const [line, column] = [before.length, before[before.length - 1].length + 1];
      await quickInput.fill(`:${line}:${column}`);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: `line ${line} at column ${column}` }).click();
      await quickInput.waitFor({ state: 'hidden' });
      for (let i = 0; i < text.length; i++) await page.keyboard.press('Shift+ArrowRight');
    },
    /** Opens the quick fixes at the cursor and gives their rows. */
    async quickFixes() {
      const rows = page.locator('.action-widget .monaco-list-row.action');
      // The list closes when the editor loses the focus meanwhile, to a panel that has just come up: asked for again,
      // as people do.
      for (let attempt = 1; ; attempt++) {
        await page.keyboard.press('Control+.');
        try {
          await rows.first().waitFor({ timeout: 10_000 });
          break;
        } catch (error) {
          if (attempt === 4) throw error;
          await page.keyboard.press('Escape');
        }
      }
      return rows;
    },
    /** Waits until the panel shows the end of a run that has another before it. */
    async waitForSecondRun() {
      await panel.getByText('previous: Run').first().waitFor({ timeout: 60_000 });
      await panel
        .locator('.state-name', { hasText: /Trains|Not learning|Faulty|Done|Stopped|Failed|Ended/ })
        .waitFor({ timeout: 60_000 });
    },
    /**
     * Saves the active file and gives its text on disk, once that holds `part`. @param {string} file @param {string}
     * part
     */
    async save(file, part) {
      await page.keyboard.press('Control+S');
      for (let tries = 0; tries < 100; tries++) {
        const text = fs.readFileSync(path.join(workspace, file), 'utf8');
        if (text.includes(part)) return text;
        await page.waitForTimeout(100);
      }
      throw new Error(`${file} was not saved with "${part}" in it.`);
    },
    /** @param {Theme} theme */
    async setTheme(theme) {
      await page.keyboard.press('F1');
      await choose('>', 'Preferences: Color Theme');
      await choose('', theme);
      await page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
    },
    /** A picture of the whole window, kept in out/pictures/ for a look. @param {string} name */
    async picture(name) {
      const file = path.join(ROOT, 'out/pictures', `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      // A pointer left where a list was brings up the tooltip of what lies behind it.
      await page.mouse.move(1, 1);
      await page.waitForTimeout(300);
      await page.screenshot({ path: file });
      return file;
    },
    async close() {
      await close();
      await server.stop();
    },
  };
}
