/** From a model file to a cure, through VS Code's own interfaces. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  codeOf,
  diagnosticsOf,
  exampleUri,
  extensionApi,
  fixesFor,
  openExample,
  openText,
  setting,
  trainActiveFile,
  until,
} from './editor';

/**
 * Examples with their root finding and the title of the cure that the editor offers first. Each is cured once: the
 * editor may save it by itself.
 */
type Example = readonly [file: string, rule: string, cure: RegExp];

/** As the rules propose their cures. */
const PROPOSED: readonly Example[] = [
  ['exploding-rnn.model.yaml', 'exploding-through-time', /orthogonal \(undoes the cause\)$/],
  ['diverging-rate.model.json', 'learning-rate-too-high', /^Lower the learning rate to \S+ \(undoes the cause\)$/],
];

/** Once every cure was trained, however long that takes. */
const MEASURED: readonly Example[] = [
  [
    'vanishing-sigmoid-stack.model.yaml',
    'vanishing-gradient',
    /relu instead of sigmoid.*: trains with 2 of 2 fresh seeds, loss 0\.\d+ → \d/,
  ],
  [
    'dead-relu.model.yaml',
    'learning-rate-too-high',
    /: trains with 2 of 2 fresh seeds, loss \S+ → 0\.\d+( \(undoes the cause\))?$/,
  ],
];

/**
 * Trains an example, finds its fault and applies the first cure, preferred once it was measured; gives the message of
 * the finding.
 */
async function cure([file, rule, title]: Example, measured: (() => Promise<void>) | undefined): Promise<string> {
  const { document } = await openExample(file);
  const original = document.getText();
  assert.deepEqual(diagnosticsOf(document.uri), [], 'no finding before the first run');

  assert.equal(await trainActiveFile(), 'done');
  await measured?.();
  const finding = await until('the finding', () => diagnosticsOf(document.uri).find(found => codeOf(found) === rule));
  assert.ok(
    typeof finding.code === 'object' && finding.code.target.path.includes(rule),
    'its id links to the page of the rule',
  );
  assert.match(finding.message, /\d/, 'it states a measured number');
  assert.ok(finding.range.isSingleLine, 'it points at one place');

  const fixes = await fixesFor(document.uri, finding);
  const preferred = fixes.filter(action => action.isPreferred);
  assert.equal(
    preferred.length,
    measured ? 1 : 0,
    `preferred is what was measured: ${fixes.map(action => action.title).join(' | ')}`,
  );
  const [fix] = measured ? preferred : fixes;
  assert.match(fix.title, title);
  assert.ok(fix.edit, 'it edits the file');
  await apply(fix);
  assert.notEqual(document.getText(), original);
  const comments = (text: string): string[] => text.match(/#.*$/gm) ?? [];
  assert.deepEqual(comments(document.getText()), comments(original), 'every comment is kept');
  await until('the finding to be withdrawn', () => diagnosticsOf(document.uri).every(found => codeOf(found) !== rule));

  assert.equal(await trainActiveFile(), 'done');
  assert.deepEqual(diagnosticsOf(document.uri).map(codeOf), [], 'nothing is found after the cure');
  return finding.message;
}

describe('an example with a fault', () => {
  before(() => setting('verification.timeBudget', 0));
  after(() => setting('verification.timeBudget', undefined));

  for (const example of PROPOSED) {
    it(`${example[0]}: found, cured by one edit, trained again`, async () => {
      await cure(example, undefined);
    });
  }

  it('has its symptoms at their own layers', async () => {
    const { document } = await openText(
      'symptoms.model.yaml',
      new TextDecoder().decode(await vscode.workspace.fs.readFile(exampleUri('dead-relu.model.yaml'))),
    );
    assert.equal(await trainActiveFile(), 'done');
    const finding = await until('the finding', () =>
      diagnosticsOf(document.uri).find(
        found => codeOf(found) === 'learning-rate-too-high' && found.relatedInformation?.length,
      ),
    );
    const symptom = finding.relatedInformation?.find(({ message }) => message.startsWith('dead-relu: '));
    assert.ok(symptom, 'dead units are among what it explains');
    assert.match(document.lineAt(symptom.location.range.start.line).text, /name: narrow/);
  });
});

describe('an example with a fault and time to measure its cures', () => {
  before(async () => {
    await setting('verification.timeBudget', 3600);
    // As few trainings as tell chance from effect.
    await setting('verification.seeds', 2);
  });
  after(async () => {
    await setting('verification.timeBudget', undefined);
    await setting('verification.seeds', undefined);
  });

  for (const example of MEASURED) {
    it(`${example[0]}: found in so many seeds, cured by what was measured, trained again`, async () => {
      const message = await cure(example, async () => {
        const { runs, verifications } = await extensionApi();
        const key = vscode.window.activeTextEditor!.document.uri.toString();
        await until(
          'the end of measuring',
          () => !verifications.isMeasuring(key) && runs.get(key).current?.chance !== undefined,
          240_000,
        );
      });
      assert.match(message, / Found with all 2 seeds tried\.$/);
    }).timeout(300_000);
  }
});
