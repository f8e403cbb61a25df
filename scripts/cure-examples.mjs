// `npm run cure-examples`: trains every faulty example in a real VS Code, presses the first button of the panel, and
// trains it again. Fails unless each ends in "Trains". Names after `--` choose examples: `npm run cure-examples --
// exploding-rnn dead-relu`.
import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from './package.mjs';
import { ROOT } from './setup.mjs';

/** Settings of the workspace: a server does not read those of a machine from its user's. */
const SETTINGS = { 'gradientHealth.verification.timeBudget': 1200 };
/** Longer than one training of any example takes on a busy machine. */
const TRAINING_TIMEOUT_MS = 300_000;
/** The budget, for the cures and once more for the seeds, and what a training under way needs to end. */
const MEASURING_TIMEOUT_MS = 2_700_000;
/** Time without any measuring after which nothing more is to come. */
const QUIET_MS = 3000;
const PICTURES = path.join(ROOT, 'out/pictures/cured');
const VERDICT = /^(Trains|Not learning|Faulty)/;

const wanted = process.argv.slice(2);
const files = fs
  .readdirSync(path.join(ROOT, 'examples'))
  .filter(name => /\.model\.(ya?ml|json)$/.test(name) && !name.startsWith('healthy-'))
  .filter(name => wanted.length === 0 || wanted.some(part => name.startsWith(part)));
if (files.length === 0)
  throw new Error(`No faulty example begins with ${wanted.join(' or ')}: see examples/README.md.`);

packageExtension();
const { openWorkbench } = await import('./vscode/workbench.mjs');
const workbench = await openWorkbench({
  viewport: { width: 1440, height: 1000 },
  workspaceSettings: SETTINGS,
  settings: { 'editor.minimap.enabled': false },
});
const { page, panel } = workbench;
const failed = [];
fs.mkdirSync(PICTURES, { recursive: true });
try {
  await workbench.openFile(files[0]);
  await workbench.command('View: Close Primary Side Bar');
  for (const file of files) {
    const problem = await cureExample(file).catch(async error => {
      await picture(file, 'failed');
      return error.message.split('\n')[0];
    });
    if (problem === undefined) continue;
    failed.push(file);
    console.log(`${file}: FAILED: ${problem}`);
  }
} finally {
  await workbench.close();
}
console.log(
  failed.length === 0
    ? `All ${files.length} end in "Trains".`
    : `${failed.length} of ${files.length} do not end in "Trains": ${failed.join(', ')}`,
);
process.exit(failed.length === 0 ? 0 : 1);

/** Finding, cure, second run. Returns one sentence on what is not as it should be, or `undefined`. */
async function cureExample(file) {
  // One panel at a time: a frame says nothing of the file that it is for.
  await workbench.command('View: Close All Editors');
  await workbench.openFile(file);
  await page.locator('.codelens-decoration', { hasText: 'Train Model' }).waitFor({ timeout: 60_000 });
  await workbench.command('Gradient Health: Train Model');
  const before = await outcome();
  await picture(file, 'faulty');
  if (before.verdict !== 'Faulty') return `before the cure its verdict is "${before.verdict}". ${before.sentence}`;

  const [rule, layer] = await panel.locator('.finding').first().locator('.finding-about button').allInnerTexts();
  const finding = layer === undefined ? rule : `${rule} in ${layer}`;
  const primary = panel.locator('vscode-button[appearance=primary]:visible');
  const cures = panel.locator('.cure');
  const titles = (await cures.allTextContents()).map(text =>
    text
      .trim()
      .replace(/^Apply\s*/, '')
      .replace(/\s+/g, ' '),
  );
  if ((await primary.count()) !== 1)
    return `${await primary.count()} buttons are primary. Cures of ${finding}: ${titles.join(' | ') || 'none'}`;
  if ((await cures.first().locator('vscode-button[appearance=primary]').count()) !== 1)
    return `the primary button is not the first. Cures of ${finding}: ${titles.join(' | ')}`;

  const saved = () => fs.readFileSync(path.join(workbench.workspace, file), 'utf8');
  const original = saved();
  await primary.click();
  await panel.locator('.title-row vscode-button[appearance=primary]', { hasText: 'Train again' }).waitFor();
  await workbench.command('File: Save');
  for (let tries = 0; saved() === original; tries++) {
    if (tries === 100) return 'the cure did not get into the file.';
    await page.waitForTimeout(100);
  }
  await picture(file, 'edited');
  await panel.locator('.title-row vscode-button', { hasText: 'Train again' }).click();
  await panel.getByText('previous: Run').first().waitFor({ timeout: TRAINING_TIMEOUT_MS });
  const after = await outcome();
  await picture(file, 'cured');
  console.log(
    `${file}: ${finding}; ${titles[0]}; ${before.verdict} → ${after.verdict}; loss ${before.loss} → ${after.loss}; ${after.seeds}`,
  );
  if (after.verdict !== 'Trains')
    return `${after.verdict}. ${after.sentence} Cures of ${finding}: ${titles.join(' | ')}`;
  const places = {
    'the status bar': page.locator('.statusbar-item', { hasText: /^ *Trains$/ }),
    'the sign of the panel': panel.locator('.status .icon-healthy'),
  };
  for (const [name, place] of Object.entries(places))
    if ((await place.count()) === 0) return `${name} does not say "Trains".`;
  return undefined;
}

/** The verdict with its numbers, once the run is over and all that is measured of it is known. */
async function outcome() {
  const name = panel.locator('.state-name');
  await name.filter({ hasText: VERDICT }).waitFor({ timeout: TRAINING_TIMEOUT_MS });
  const end = Date.now() + MEASURING_TIMEOUT_MS;
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS;) {
    if (Date.now() > end) throw new Error('Measuring did not end.');
    await page.waitForTimeout(250);
    if ((await panel.locator('.finding-verification:visible button', { hasText: 'Stop' }).count()) > 0)
      quietSince = Date.now();
  }
  const sentence = await panel.locator('.outcome').innerText();
  const seeds = (await panel.locator('.finding-verification:visible').allInnerTexts()).find(text =>
    /^Seeds? /.test(text),
  );
  return {
    verdict: await name.innerText(),
    sentence,
    seeds: seeds ?? 'no other seeds tried',
    loss: /loss ends at ([^,;]+?)[,;.]? /i.exec(sentence)?.[1] ?? 'not finite',
  };
}

/** Keeps a picture as `out/pictures/cured/<example>-<moment>.png`. */
async function picture(file, moment) {
  const name = `${file.replace(/\.model\.\w+$/, '')}-${moment}`;
  fs.renameSync(await workbench.picture(`cured ${name}`), path.join(PICTURES, `${name}.png`));
}
