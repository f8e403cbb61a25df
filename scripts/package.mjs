// `npm run package`: the extension as one .vsix with only what it needs. Fails when it grows over the limit.
import fs from 'node:fs';
import path from 'node:path';
import { installPackages, isStarted, ROOT, run } from './setup.mjs';

const LIMIT_BYTES = 1_000_000;

/** Builds and packs; returns the file's path. */
export function packageExtension() {
  installPackages();
  const { name, version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const vsix = path.join(ROOT, `${name}-${version}.vsix`);
  fs.rmSync(vsix, { force: true });
  // vsce runs `vscode:prepublish`, which builds minified; the bundles hold all dependencies.
  run(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix]);
  const { size } = fs.statSync(vsix);
  console.log(`${path.basename(vsix)}: ${(size / 1000).toFixed(0)} kB`);
  if (size > LIMIT_BYTES) throw new Error(`The package has ${size} bytes, more than ${LIMIT_BYTES}.`);
  return vsix;
}

if (isStarted(import.meta.url)) packageExtension();
