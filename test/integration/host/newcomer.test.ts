/** From a model file to a cure, through VS Code's own interfaces. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apply, codeOf, diagnosticsOf, fixesFor, openExample, trainActiveFile, until } from './editor';

/** Examples with their root finding and the title of the cure that the editor prefers. */
const FAULTY: readonly (readonly [file: string, rule: string, cure: RegExp])[] = [
  ['exploding-rnn.model.yaml', 'exploding-through-time', /orthogonal/],
  ['vanishing-sigmoid-stack.model.yaml', 'vanishing-gradient', /relu instead of sigmoid/],
  ['diverging-rate.model.json', 'learning-rate-too-high', /Lower the learning rate/],
  ['dead-relu.model.yaml', 'learning-rate-too-high', /Lower the learning rate/],
];

describe('an example with a fault', () => {
  for (const [file, rule, cure] of FAULTY) {
    it(`${file}: found, cured by one edit, trained again`, async () => {
      const { document } = await openExample(file);
      const original = document.getText();
      assert.deepEqual(diagnosticsOf(document.uri), [], 'no finding before the first run');

      assert.equal(await trainActiveFile(), 'done');
      const finding = await until('the finding', () => diagnosticsOf(document.uri).find(found => codeOf(found) === rule));
      assert.ok(typeof finding.code === 'object' && finding.code.target.path.includes(rule), 'its id links to the page of the rule');
      assert.match(finding.message, /\d/, 'it states a measured number');
      assert.ok(finding.range.isSingleLine, 'it points at one place');

      const fixes = await fixesFor(document.uri, finding);
      const preferred = fixes.filter(action => action.isPreferred);
      assert.equal(preferred.length, 1, `one cure is preferred: ${fixes.map(action => action.title).join(' | ')}`);
      const [fix] = preferred;
      assert.match(fix.title, cure);
      assert.ok(fix.edit, 'it edits the file');
      await apply(fix);
      assert.notEqual(document.getText(), original);
      const comments = (text: string): string[] => text.match(/#.*$/gm) ?? [];
      assert.deepEqual(comments(document.getText()), comments(original), 'every comment is kept');
      await until('the finding to be withdrawn', () => diagnosticsOf(document.uri).every(found => codeOf(found) !== rule));

      assert.equal(await trainActiveFile(), 'done');
      assert.deepEqual(diagnosticsOf(document.uri).map(codeOf), [], 'nothing is found after the cure');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  }
});
