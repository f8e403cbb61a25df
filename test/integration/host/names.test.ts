/** Names of other libraries and places of values, as the editor offers its help there. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, extensionApi, openText, until } from './editor';

const FOREIGN = `# my model
input: [2]
layers:
  - { type: nn.Linear, out_features: 8 }  # first
  - { type: ReLU }
  - { type: Dense, unit: 2 }
optimizer: { type: Adam, lr: 1e-3 }
`;
const OURS = `# my model
input: [2]
layers:
  - { type: dense, units: 8 }  # first
  - { type: activation, activation: relu }
  - { type: dense, units: 2 }
optimizer: { type: adam, learning_rate: 1e-3 }
`;

async function actionsAt(uri: vscode.Uri, place: vscode.Position, kind?: string): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    new vscode.Range(place, place),
    kind,
  );
}

async function applied(editor: vscode.TextEditor, action: vscode.CodeAction | undefined): Promise<string> {
  assert.ok(action?.edit, 'the action has an edit');
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  return editor.document.getText().replaceAll('\r\n', '\n');
}

describe('names of PyTorch and Keras', () => {
  before(extensionApi);
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('are offered ours one by one and all at once', async () => {
    const editor = await openText('foreign.model.yaml', FOREIGN);
    const { uri } = editor.document;
    await until('the misspelled key', () => diagnosticsOf(uri).some(({ code }) => code === 'unknown-key'));
    assert.equal(diagnosticsOf(uri).length, 1, 'accepted names are no problems');
    const titles = (await actionsAt(uri, new vscode.Position(3, 14))).map(({ title }) => title);
    assert.ok(titles.includes('Write `dense`, the name here'), titles.join(', '));
    const all = (await actionsAt(uri, new vscode.Position(3, 14))).find(({ title }) => title === 'Fix all names');
    assert.equal(await applied(editor, all), OURS);
  });

  it('are replaced by "fix all", as on saving', async () => {
    const editor = await openText('foreign.model.yaml', FOREIGN);
    const [all] = await actionsAt(editor.document.uri, new vscode.Position(0, 0), 'source.fixAll.gradientHealth');
    assert.equal(await applied(editor, all), OURS);
  });
});

describe('a place of a value', () => {
  for (const line of ['data: { type: csv, path: a.csv, target: | }', 'name: |', 'input: [|]', 'regularization: |']) {
    it(`has our completions alone: ${line}`, async () => {
      const text = `layers:\n  - { type: dense, units: 2, name: block1 }\n${line}\n`;
      const editor = await openText('values.model.yaml', text.replace('|', ''));
      const place = editor.document.positionAt(text.indexOf('|'));
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        place,
      );
      assert.ok(items.length > 0);
      assert.ok(
        !items.some(({ kind, label }) => kind === vscode.CompletionItemKind.Text || label === 'block1'),
        items.map(({ label }) => String(label)).join(', '),
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }
});
