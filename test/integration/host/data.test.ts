/** Data of a model file as the editor shows it before anything is trained: problems, quick fixes, column names. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, diagnosticsOf, exampleUri, extensionApi, openText, until } from './editor';

const MODEL = (data: string, input: number): string => `input: [${input}]
layers:
  - { name: hidden, type: dense, units: 4, activation: tanh }
  - { name: answer, type: dense, units: 2 }
data: { type: csv, path: people.csv, ${data} }
steps: 5
`;

async function writePeople(): Promise<void> {
  const rows = Array.from(
    { length: 40 },
    (_, row) =>
      `${row + 1};${row % 9 === 0 ? '' : 20 + ((row * 7) % 31)};${(row * 3) % 8},5;${row % 2 === 0 ? 'yes' : 'no'}`,
  );
  await vscode.workspace.fs.writeFile(
    exampleUri('people.csv'),
    new TextEncoder().encode(`id;age;dose;left\n${rows.join('\n')}\n`),
  );
}

async function applyFix(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, title: RegExp): Promise<void> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic.range,
  );
  const action = actions.find(candidate => title.test(candidate.title));
  assert.ok(action?.edit, `no ${title.source} among ${actions.map(candidate => candidate.title).join(' | ')}`);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

describe('data of a model file that is open', () => {
  before(writePeople);

  it('is checked without training, and put right by quick fixes', async () => {
    const { runs } = await extensionApi();
    const { document } = await openText('people.model.yaml', MODEL('target: left', 3));
    const missing = await until('the missing values', () =>
      diagnosticsOf(document.uri).find(({ message }) => /missing values/.test(message)),
    );
    assert.match(missing.message, /age 13 %/);
    assert.equal(missing.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(missing.range), 'people.csv');
    await applyFix(document, missing, /with the mean/);
    assert.match(document.getText(), /missing: mean/);
    const noticed = await until('the identifier', () =>
      diagnosticsOf(document.uri).find(found => codeOf(found) === 'identifier-column'),
    );
    assert.equal(noticed.severity, vscode.DiagnosticSeverity.Information);
    await applyFix(document, noticed, /Leave out `id`, and set `input` to \[2\]/);
    await until('nothing to say', () => diagnosticsOf(document.uri).length === 0);
    assert.match(document.getText(), /^input: \[2\]$/m);
    assert.match(document.getText(), /drop: \[id\]/);
    assert.equal(runs.get(document.uri.toString()).current, undefined);
  });

  it('is checked again when the file itself changes', async () => {
    const { document } = await openText('changing.model.yaml', MODEL('target: gone, missing: drop', 3));
    const problem = await until('the missing column', () =>
      diagnosticsOf(document.uri).find(({ message }) => /no column "gone"/.test(message)),
    );
    assert.equal(document.getText(problem.range), 'gone');
    await vscode.workspace.fs.writeFile(
      exampleUri('people.csv'),
      new TextEncoder().encode('a;b;c;gone\n1;2;3;x\n2;3;5;y\n4;4;4;x\n'),
    );
    await until('nothing to say', () => diagnosticsOf(document.uri).length === 0);
    await writePeople();
  });

  it('completes its columns, and nothing else', async () => {
    const text = MODEL('target: ', 3);
    const { document } = await openText('columns.model.yaml', text);
    const position = document.positionAt(text.indexOf('target: ') + 'target: '.length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    assert.deepEqual(
      list.items.map(({ label }) => (typeof label === 'string' ? label : label.label)),
      ['id', 'age', 'dose', 'left', 'input'],
    );
  });
});
