/**
 * `npm run heartbeat`: how long ordinary use of the extension holds the thread that all extensions share, as
 * docs/reliability.md tells.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { exampleUri, extensionApi, openExample, openText, setting, until } from '../host/editor';
import { profiledHeartbeat, type Held } from './heartbeat';

/** Where profiles of each phase go, for whoever looks for what holds the thread. */
const PROFILES = process.env.HEARTBEAT_PROFILES;
const ONLY = process.env.HEARTBEAT_ONLY;
/** Bounds of measuring and comparing, in seconds: large models would take minutes. */
const BUDGET_SECONDS = 20;
const LONG_MS = 400_000;

const dense = (count: number, layer: (index: number) => string, steps = 300): string =>
  `input: [8]\nlayers:\n${Array.from({ length: count }, (_, index) => `  - ${layer(index)}\n`).join('')}  - { type: dense, units: 1 }\nloss: mse\nsteps: ${steps}\n`;
const sigmoid = (index: number): string => `{ name: layer${index}, type: dense, units: 8, activation: sigmoid }`;
const TABLE = `input: [1]
layers:
${Array.from({ length: 11 }, (_, index) => `  - ${sigmoid(index)}\n`).join('')}  - { type: dense, units: 1 }
data: { type: csv, path: large.csv, target: y, rows: 50000 }
steps: 100
`;
/** 60 MB: fewer rows than there are would be read no further. */
const LARGE_TABLE = (): string =>
  `a,y\n${'0.12345678901234567890123456789012345678901234567890123456789012,0.5\n-0.5,0.25\n'.repeat(760_000)}`;

const FILES: readonly (readonly [name: string, text: (() => string) | undefined])[] = [
  ['exploding-rnn', undefined],
  ['vanishing-sigmoid-stack', undefined],
  ['60 layers', () => dense(60, sigmoid)],
  [
    '60 layers by one anchor',
    () => dense(60, index => (index === 0 ? '&one { type: dense, units: 8, activation: sigmoid }' : '*one')),
  ],
  ['200 layers', () => dense(200, sigmoid)],
  ['data of 60 MB', () => TABLE.replace(', rows: 50000', '')],
  ['200 layers, 10,000 steps', () => dense(200, sigmoid, 10_000)],
];

describe('the thread of the extension host', function () {
  this.timeout(LONG_MS);
  const rows: string[] = [];

  before(async () => {
    await extensionApi();
    for (const name of ['verification.timeBudget', 'comparison.timeBudget']) await setting(name, BUDGET_SECONDS);
  });
  after(() => {
    if (process.env.SUITE_REPORT) {
      fs.appendFileSync(
        process.env.SUITE_REPORT,
        `\nProcessor milliseconds, the longest stretch (all):\n| file | training | measuring | comparing | panel again |\n${rows.join('\n')}\n`,
      );
    }
  });

  for (const [name, text] of FILES.filter(([each]) => ONLY === undefined || ONLY.split(';').includes(each))) {
    it(`is free while ${name} trains, and its cures are measured and compared`, async () => {
      const { runs, verifications, comparisons } = await extensionApi();
      if (name.startsWith('data'))
        await vscode.workspace.fs.writeFile(exampleUri('large.csv'), new TextEncoder().encode(LARGE_TABLE()));
      const file = text ? `${name.replaceAll(/\W+/g, '-')}.model.yaml` : `${name}.model.yaml`;
      const { document } = text ? await openText(file, text()) : await openExample(file);
      const key = document.uri.toString();
      const held: Held[] = [];
      const measure = async (phase: string, work: () => Promise<unknown>): Promise<void> => {
        held.push(await profiledHeartbeat(`${name} ${phase}`, PROFILES, work));
      };
      await measure('training', async () => {
        await vscode.commands.executeCommand('gradientHealth.train', document.uri);
        await until('the end of the run', () => runs.get(key).status.state === 'done', LONG_MS);
      });
      const { current } = runs.get(key);
      assert.ok(current, 'there is a run');
      await measure('measuring', () => until('the end of measuring', () => !verifications.isMeasuring(key), LONG_MS));
      await measure('comparing', async () => {
        await vscode.commands.executeCommand('gradientHealth.compareCures', document.uri);
        await until(
          'the end of comparing',
          () => !comparisons.isMeasuring(key) && !verifications.isMeasuring(key),
          LONG_MS,
        );
      });
      await measure('panel', async () => {
        await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
        await vscode.commands.executeCommand('gradientHealth.showPanel', document.uri);
        await new Promise(resolve => setTimeout(resolve, 3000));
      });
      rows.push(
        `| ${[name, ...held.map(({ longest, total }) => `${longest.toFixed(0)} (${total.toFixed(0)})`)].join(' | ')} |`,
      );
      // What was found is there, by whichever thread.
      if (!name.startsWith('data')) assert.notEqual(current.findings.length, 0);
      assert.notEqual(comparisons.get(key)?.state.kind, 'measuring');
    });
  }
});
