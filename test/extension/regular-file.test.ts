/** Paths that are no files. Each was read, or waited for, as soon as a model file that names it was opened. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { readRegularFile as readInTerminal } from '../../src/cli/train/regular-file';
import { readDataFiles } from '../../src/extension/data/data-file';
import { lookAt, readRegularFile } from '../../src/extension/data/open-regular-file';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { Uri } from './fake-file-host';

vi.mock('vscode', () => import('./fake-file-host'));

const BASE = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
const FOLDER = path.join(BASE, 'work');
const PIPE = path.join(FOLDER, 'pipe.csv');
mkdirSync(path.join(FOLDER, 'data'), { recursive: true });
writeFileSync(path.join(BASE, 'secret.csv'), 'a,y\n1,2\n');
writeFileSync(path.join(FOLDER, 'data/a.csv'), 'a,y\n1,2\n2,3\n');
symlinkSync(path.join(BASE, 'secret.csv'), path.join(FOLDER, 'link.csv'));
symlinkSync(path.join(FOLDER, 'data/a.csv'), path.join(FOLDER, 'inner.csv'));
symlinkSync(FOLDER, path.join(BASE, 'linked'));
symlinkSync('/dev/zero', path.join(FOLDER, 'zero.csv'));
execFileSync('mkfifo', [PIPE]);
afterAll(() => rmSync(BASE, { recursive: true }));

const messageFor = async (written: string): Promise<string> => {
  const { model } = compileModel(
    parseModelFile(
      `input: [1]\nlayers: [{ type: dense, units: 1 }]\ndata: { type: csv, path: '${written}', target: y }\n`,
      'yaml',
    ),
  );
  const read = await readDataFiles(Uri.file(path.join(FOLDER, 'a.model.yaml')) as unknown as vscode.Uri, model!);
  return 'problem' in read ? read.problem.message : Object.keys(read.files).join();
};

describe('a data file', () => {
  it.each([
    ['pipe.csv', /is a pipe or a device/],
    ['zero.csv', /is a pipe or a device/],
    ['data', /is a folder/],
    ['none.csv', /There is no data file/],
    ['link.csv', /is a link that leads out of the workspace, to .*secret\.csv: name that file itself/],
    ['inner.csv', /^inner\.csv$/],
    ['data/a.csv', /^data\/a\.csv$/],
  ])('%s is %s', async (written, told) => expect(await messageFor(written)).toMatch(told));

  it('that is named where it is, outside of the workspace, is read', async () => {
    const file = path.join(BASE, 'secret.csv');
    expect(await messageFor(file)).toBe(file);
  });

  it('of a folder that is itself reached by a link lies in it', async () => {
    expect(await lookAt(path.join(BASE, 'linked/data/a.csv'), [path.join(BASE, 'linked')])).toMatchObject({
      kind: 'file',
      bytes: 12,
    });
  });

  it('that is a table too large for the memory is refused before it is read, with two ways on', async () => {
    writeFileSync(path.join(FOLDER, 'large.csv'), new Uint8Array(33 * 2 ** 20));
    expect(await messageFor('large.csv')).toMatch(
      /takes at least 264 MB, more than the 256 MB that `gradientHealth.memoryLimit` allows: read its first rows with `rows`, or raise/,
    );
  });

  it('is read no further than it may be, however it has grown since, and never where it became a pipe', async () => {
    const file = path.join(FOLDER, 'grown.csv');
    writeFileSync(file, new Uint8Array(5 * 2 ** 20));
    expect((await readRegularFile(file, 2 ** 20)).length).toBeLessThanOrEqual(2 * 2 ** 20);
    await expect(readRegularFile(PIPE, 9)).rejects.toThrow('it is not a file');
  });

  it('is the same in the terminal', () => {
    expect(() => readInTerminal(PIPE, 9)).toThrow('is a pipe or a device');
    expect(() => readInTerminal('/dev/zero', 9)).toThrow('is a pipe or a device');
    expect(() => readInTerminal(FOLDER, 9)).toThrow('is a folder');
    expect(readInTerminal(path.join(FOLDER, 'grown.csv'), 100)).toHaveLength(100);
  });
});
