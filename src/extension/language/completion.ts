/** Completion in YAML model files; the editor's own JSON support completes JSON ones from the schema. */
import * as vscode from 'vscode';
import { completionsAt, type Completion } from '../../spec/assist/completion';
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
    if (text.languageId !== 'yaml') return [];
    const { document } = this.documents.current(text);
    return completionsAt(document, text.offsetAt(position)).map((completion, index) => {
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
