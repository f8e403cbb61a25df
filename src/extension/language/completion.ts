/**
 * Completion in YAML model files, and in comments that silence rules; the editor's own JSON support completes JSON ones
 * from the schema.
 */
import * as vscode from 'vscode';
import { RULES } from '../../diagnosis/rules/index';
import { asModelFile } from '../../frontends/model-file/as-model-file';
import { columnFileAt, columnsIn } from '../../frontends/model-file/assist/column-completions';
import { completionsAt, type Completion } from '../../frontends/model-file/assist/completion';
import { ignoreCompletionsAt } from '../../frontends/model-file/assist/ignore-completions';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import { beginningText, locateData } from '../data/data-file';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments } from '../documents/model-documents';

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  snippet: vscode.CompletionItemKind.Snippet,
};

export class ModelCompletion implements vscode.CompletionItemProvider {
  static readonly triggers = [' ', ':', '{', ',', '-', '['];

  constructor(private readonly documents: ModelDocuments) {}

  async provideCompletionItems(text: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const document = asModelFile(this.documents.current(text).source)?.document;
    if (!document) return [];
    const offset = text.offsetAt(position);
    const inComment = ignoreCompletionsAt(
      document,
      offset,
      RULES.map(({ meta }) => meta),
    );
    const columns = inComment ? [] : await columnsAt(text.uri, document, offset);
    return (inComment ?? completionsAt(document, offset, columns)).map((completion, index) => {
      const item = new vscode.CompletionItem(completion.label, KINDS[completion.kind]);
      item.detail = completion.detail;
      item.documentation = new vscode.MarkdownString(completion.documentation);
      item.insertText =
        completion.kind === 'snippet' ? new vscode.SnippetString(completion.insertText) : completion.insertText;
      item.range = toEditorRange(text, completion.range);
      // The spec lists what is likeliest first.
      item.sortText = String(index).padStart(4, '0');
      return item;
    });
  }
}

/**
 * Names of the columns that could be named at `offset`, by the beginning of the data file; none in workspaces that are
 * not trusted.
 */
async function columnsAt(modelFile: vscode.Uri, document: SourceDocument, offset: number): Promise<readonly string[]> {
  const file = vscode.workspace.isTrusted ? columnFileAt(document, offset) : undefined;
  return file ? columnsIn(await beginningText(locateData(modelFile, file.path), file.format), file.format) : [];
}
