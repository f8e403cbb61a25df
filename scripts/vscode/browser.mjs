// Opens a headless Chromium for VS Code's workbench.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

const QUIET_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * @param {string} folder where its profile goes
 * @returns {Promise<{page: import('playwright-core').Page, close: () => Promise<void>}>}
 */
export async function openBrowser(folder, { viewport = { width: 1400, height: 900 }, deviceScaleFactor = 1 } = {}) {
  const context = await chromium.launchPersistentContext(path.join(folder, 'chromium'), {
    executablePath: findChromium(),
    headless: true,
    viewport,
    deviceScaleFactor,
    args: QUIET_ARGUMENTS,
  });
  return { page: context.pages()[0] ?? (await context.newPage()), close: () => context.close() };
}
