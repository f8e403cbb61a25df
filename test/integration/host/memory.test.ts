/**
 * Runs that need more memory than they may. The first two ended the extension host, with all extensions in it, when a
 * worker was a thread.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exampleUri, extensionApi, openText, setting, trainActiveFile } from './editor';

const SHORT = 'input: 4\nlayers:\n  - { type: dense, units: 1 }\nsteps: 5\n';
const TABLE =
  'input: 1\nlayers:\n  - { type: dense, units: 1 }\ndata: { type: csv, path: large.csv, target: y }\nsteps: 5\n';
const WORDS = `input: { tokens: 100, length: 8 }
layers:
  - { type: embedding, units: 4 }
  - { type: flatten }
  - { type: dense, units: 100 }
data: { type: text, path: words.txt, tokens: words }
steps: 5
`;

const write = (name: string, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(exampleUri(name), new TextEncoder().encode(text));

/** Trains a text, and after it another one, which shows that the host and its workers are well. */
async function failureOf(name: string, text: string): Promise<string> {
  const { runs } = await extensionApi();
  const { document } = await openText(name, text);
  assert.equal(await trainActiveFile(), 'failed');
  const { message } = runs.get(document.uri.toString()).status;
  await openText('small.model.yaml', SHORT);
  assert.equal(await trainActiveFile(), 'done');
  return message;
}

describe('memory', () => {
  before(() => setting('memoryLimit', 64));
  after(() => setting('memoryLimit', undefined));

  it('that reading a table takes is known before it is read', async () => {
    await write('large.csv', `a,y\n${'0.12345,1\n0.5,0\n'.repeat(1_500_000)}`);
    assert.match(await failureOf('table.model.yaml', TABLE), /takes at least \d+ MB, more than the 64 MB/);
  });

  it('that runs out in a worker is told in a sentence', async () => {
    await write('words.txt', Array.from({ length: 1_900_000 }, (_, index) => index.toString(36)).join(' '));
    assert.match(await failureOf('words.model.yaml', WORDS), /needed more memory than it may take/);
  });

  it('of a setting that is no number, or far too small, is the least or the default one', async () => {
    for (const value of [-5, 0, 'abc', null]) {
      await setting('memoryLimit', value);
      await openText('small.model.yaml', SHORT);
      assert.equal(await trainActiveFile(), 'done');
    }
    await setting('memoryLimit', 64);
  });
});
