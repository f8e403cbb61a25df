// Shows the panel's page outside VS Code: every scene in every theme as a picture, checked by axe; and times live
// drawing.
//   node scripts/preview-panel.mjs [--out DIR] [--scene NAME] [--theme NAME] [--width PIXELS] [--zoom FACTOR] [--bench LAYERS]
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { liveRun, SCENES } from './preview/scenes.mjs';
import { findChromium } from './vscode/chromium.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const THEMES = JSON.parse(fs.readFileSync(path.join(ROOT, 'scripts/preview/themes.json'), 'utf8'));
const NONCE = 'preview';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(os.tmpdir(), 'panel-preview') },
    scene: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string' },
    zoom: { type: 'string', default: '1' },
    bench: { type: 'string' },
  },
});

/** The page as the extension serves it: the same policy, so that whatever it would forbid fails here too. */
function html(origin) {
  const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${origin}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gradient Health</title>
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/default-styles.css"><link rel="stylesheet" href="/webview.css"></head>
<body><script nonce="${NONCE}">
window.posted = []; window.violations = [];
document.addEventListener('securitypolicyviolation', event => window.violations.push(
  [event.violatedDirective, event.blockedURI, event.sample, event.sourceFile, event.lineNumber, event.columnNumber].join(' ')));
const state = sessionStorage.getItem('state');
window.acquireVsCodeApi = () => ({
  postMessage: message => window.posted.push(message), getState: () => state && JSON.parse(state),
  setState: next => sessionStorage.setItem('state', JSON.stringify(next)) });
</script><script nonce="${NONCE}" src="/webview.js"></script></body></html>`;
}

async function serve() {
  const built = await esbuild.build({
    entryPoints: [path.join(ROOT, 'webview/main.ts')],
    bundle: true,
    minify: true,
    target: 'es2022',
    write: false,
    outdir: '/',
    logLevel: 'warning',
  });
  const files = new Map([
    ['/default-styles.css', fs.readFileSync(path.join(ROOT, 'scripts/preview/default-styles.css'))],
    ...built.outputFiles.map(output => [
      `/${path.basename(output.path).replace('main.', 'webview.')}`,
      output.contents,
    ]),
  ]);
  const server = http.createServer((request, response) => {
    const file = files.get(request.url);
    if (request.url === '/')
      response.setHeader('content-type', 'text/html').end(html(`http://${request.headers.host}`));
    else if (file)
      response.setHeader('content-type', request.url.endsWith('.css') ? 'text/css' : 'text/javascript').end(file);
    else response.writeHead(404).end();
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

async function openPage(browser, address, theme, width, zoom) {
  const page = await browser.newPage({
    viewport: { width: Math.round(width / zoom), height: 900 },
    deviceScaleFactor: zoom,
  });
  const problems = [];
  page.on(
    'console',
    message => message.type() === 'error' && !/favicon|404/.test(message.text()) && problems.push(message.text()),
  );
  page.on('pageerror', error => problems.push(String(error)));
  await page.addInitScript(() => sessionStorage.clear());
  await page.goto(address);
  await page.evaluate(({ variables, body }) => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    document.body.className = body;
  }, THEMES[theme]);
  return { page, problems };
}

const post = (page, messages) =>
  page.evaluate(list => list.forEach(message => window.postMessage(message, '*')), messages);

async function photograph(browser, address, scene, theme, width, zoom) {
  const { page, problems } = await openPage(browser, address, theme, width, zoom);
  await post(page, SCENES[scene]);
  await page.waitForTimeout(400);
  // The whole page in one picture: a picture taller than the window would leave charts out of sight undrawn.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: Math.round(width / zoom), height: Math.max(300, height) });
  await page.waitForTimeout(500);
  const file = path.join(options.out, `${scene}-${theme}-${width}${zoom === 1 ? '' : `@${zoom}`}.png`);
  // Hiding the caret would put a style element into the page, which its policy forbids.
  await page.screenshot({ path: file, caret: 'initial' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`the page is ${wide} px wider than the window`);
  problems.push(...(await page.evaluate(() => window.violations)).map(violation => `policy: ${violation}`));
  await page.evaluate(fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, help, nodes } of violations)
    problems.push(
      `axe ${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(node => `${node.target} ${node.failureSummary?.split('\n').at(-1)?.trim()}`)
        .join('; ')}`,
    );
  await page.close();
  console.log(`${path.basename(file)}${problems.length ? '' : ' ok'}`);
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length;
}

/** Sends a run in batches at the pace of a fast one, and reports how long frames took. */
async function bench(browser, address, layers) {
  const { page } = await openPage(browser, address, 'dark', 800, 1);
  // Time of the page's own thread, which other work on the machine does not lengthen.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadTime = async () =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const { hydrate, batches } = liveRun(layers, 300);
  await post(page, [hydrate]);
  const before = await threadTime();
  const times = await page.evaluate(async messages => {
    const busy = [];
    const observer = new PerformanceObserver(list => list.getEntries().forEach(entry => busy.push(entry.duration)));
    observer.observe({ type: 'longtask' });
    const frames = [];
    let last = performance.now(),
      going = true;
    const tick = now => {
      frames.push(now - last);
      last = now;
      if (going) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    for (const message of messages) {
      window.postMessage(message, '*');
      await new Promise(resolve => setTimeout(resolve, 60));
    }
    await new Promise(resolve => setTimeout(resolve, 300));
    going = false;
    return { frames: frames.slice(2).sort((a, b) => a - b), busy };
  }, batches);
  const busy = (await threadTime()) - before;
  const at = share => times.frames[Math.floor(share * (times.frames.length - 1))].toFixed(1);
  console.log(
    `${layers} layers × 300 steps: frames median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms; ` +
      `${times.busy.length} tasks over 50 ms; ${((1000 * busy) / batches.length).toFixed(1)} ms of thread time a batch`,
  );
  await page.close();
}

fs.mkdirSync(options.out, { recursive: true });
const server = await serve();
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
let problems = 0;
try {
  if (options.bench) await bench(browser, server.address, Number(options.bench));
  else {
    for (const scene of Object.keys(SCENES).filter(name => !options.scene || name === options.scene)) {
      for (const theme of Object.keys(THEMES).filter(name => !options.theme || name === options.theme)) {
        for (const width of options.width ? [Number(options.width)] : [520, 800, 1200]) {
          problems += await photograph(browser, server.address, scene, theme, width, Number(options.zoom));
        }
      }
    }
    console.log(`${options.out}: ${problems} problems`);
  }
} finally {
  await browser.close();
  server.close();
}
process.exitCode = problems === 0 ? 0 : 1;
