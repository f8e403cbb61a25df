/** Completion in YAML model files, and in comments that silence rules; the editor's own JSON support completes JSON ones from the schema. */
import * as vscode from 'vscode';
import { RULES } from '../../diagnosis/rules/index';
import { completionsAt, type Completion } from '../../spec/assist/completion';
import { ignoreCompletionsAt } from '../../spec/assist/ignore-completions';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments } from '../documents/model-documents';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  snippet: vscode.CompletionItemKind.Snippet,
};

export class ModelCompletion implements vscode.CompletionItemProvider {
  static readonly triggers = [' ', ':', '{', ',', '-'];

  constructor(private readonly documents: ModelDocuments) {}

  provideCompletionItems(text: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const { document } = this.documents.current(text);
    const offset = text.offsetAt(position);
    const inComment = ignoreCompletionsAt(document, offset, RULES.map(({ meta }) => meta));
    return (inComment ?? completionsAt(document, offset)).map((completion, index) => {
      const item = new vscode.CompletionItem(completion.label, KINDS[completion.kind]);
      item.detail = completion.detail;
      item.documentation = new vscode.MarkdownString(completion.documentation);
      item.insertText = completion.kind === 'snippet' ? new vscode.SnippetString(completion.insertText) : completion.insertText;
      item.range = toEditorRange(text, completion.range);
      // The spec lists what is likeliest first.
      item.sortText = String(index).padStart(4, '0');
      return item;
    });
  }
}
