/** Quick fixes for what is wrong with a model's data, or was noticed in it. */
import * as vscode from 'vscode';
import { asModelFile, rangeOfPath } from '../../frontends/model-file/as-model-file';
import { remedyEdits } from '../../frontends/model-file/remedy-edits';
import type { Remedy } from '../../training/remark';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { DataCheck, DataChecks } from './data-checks';
import type { ModelDocuments } from '../documents/model-documents';
import type { BlamedPlace } from '../../model/place';

/** Diagnostics of data have these codes. */
export const DATA_CODE = 'data-file';

/** A sentence about the data, its place in the model file, and the edits that answer it. */
export interface DataNote {
  readonly code: string;
  readonly message: string;
  readonly source: BlamedPlace;
  readonly remedies: readonly Remedy[];
  readonly isError: boolean;
}

/** Everything that is to be said of the data of a text. */
export function dataNotes({ problem, report }: DataCheck): readonly DataNote[] {
  const faults = [problem, report?.fault].filter(fault => fault !== undefined);
  return [
    ...faults.map(({ message, source, remedies }) => ({
      code: DATA_CODE,
      message,
      source: source ?? ['data'],
      remedies: remedies ?? [],
      isError: true,
    })),
    ...(report?.remarks ?? []).map(remark => ({ ...remark, isError: false })),
  ];
}

export class DataActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly checks: DataChecks,
  ) {}

  provideCodeActions(
    text: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const snapshot = this.documents.current(text);
    const file = asModelFile(snapshot.source);
    if (!file) return [];
    return dataNotes(this.checks.get(snapshot)).flatMap(({ code, message, source, remedies, isError }) => {
      if (!toEditorRange(text, rangeOfPath(file, source)).intersection(range)) return [];
      const diagnostics = context.diagnostics.filter(
        diagnostic => diagnostic.code === code && diagnostic.message === message,
      );
      return remedies.map(({ title, changes }, index) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.edit = toWorkspaceEdit(text, remedyEdits(file, changes));
        action.diagnostics = diagnostics;
        action.isPreferred = isError && index === 0;
        return action;
      });
    });
  }
}
