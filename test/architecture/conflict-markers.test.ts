/** No file that git tracks holds a marker of an unresolved merge. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const MARKER = /^(?:<{7} |>{7} |={7}$)/m;

it('no tracked text holds conflict markers', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  const marked = files.filter(
    file =>
      /\.(?:md|ts|mjs|js|json|ya?ml|css)$/.test(file) &&
      fs.existsSync(path.join(ROOT, file)) &&
      MARKER.test(fs.readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(marked).toEqual([]);
});
