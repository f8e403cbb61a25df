/**
 * Problems of the text of model files in the Problems view: those that reading finds, and those of the file's
 * surroundings.
 */
import * as vscode from 'vscode';
import { asModelFile, rangeOfPath } from '../../frontends/model-file/as-model-file';
import type { TextProblem } from '../../frontends/text-problem';
import type { TextRange } from '../../text/text-edit';
import { dataNotes } from './data-actions';
import type { ModelRuns } from '../runs/model-runs';
import type { DataChecks } from './data-checks';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';

export const DIAGNOSTIC_SOURCE = 'Gradient Health';

/**
 * Publishes the problems of every open model file. They speak of one version of the text: what comes later for an older
 * version is dropped. JSON model files too get theirs from here, since the schema that the editor's own JSON support
 * has for them only completes and explains.
 */
export class ModelFileDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('gradient-health-spec');
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
    private readonly checks: DataChecks,
  ) {
    this.subscriptions = [
      this.collection,
      documents.onDidRead(snapshot => this.publish(snapshot)),
      checks.onDidChange(uri => this.publishAgain(uri)),
      documents.onDidForget(uri => this.collection.delete(uri)),
      runs.onDidChange((key, change) => {
        if (change !== 'run' && change !== 'recalled' && change !== 'status') return;
        const uri = vscode.Uri.parse(key);
        this.publishAgain(uri);
        if (change === 'run') checks.lookAgain(uri);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private publishAgain(uri: vscode.Uri): void {
    const snapshot = this.documents.find(uri);
    if (snapshot) this.publish(snapshot);
  }

  private publish(snapshot: ModelSnapshot): void {
    const own = unreportedProblems(snapshot).map(problem => problemDiagnostic(snapshot, problem));
    const notes = snapshot.source.model ? dataNotes(this.checks.get(snapshot)) : [];
    const data = notes.map(({ code, message, source, isError }) => {
      const severity = isError ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Information;
      return diagnostic(snapshot, rangeOfPath(snapshot.source, source), message, code, severity);
    });
    // What a run failed for says the same as the data, or nothing that can be put right before they are.
    const failure = notes.some(({ isError }) => isError) ? undefined : this.runFailure(snapshot);
    this.collection.set(snapshot.text.uri, [...own, ...data, ...(failure ? [failure] : [])]);
  }

  /** Returns why the latest run of exactly this text failed, where a place in the text is at fault. */
  private runFailure(snapshot: ModelSnapshot): vscode.Diagnostic | undefined {
    const { failure } = this.runs.get(snapshot.text.uri.toString());
    if (!failure?.path || failure.source.text !== snapshot.source.text) return undefined;
    return diagnostic(
      snapshot,
      rangeOfPath(snapshot.source, failure.path),
      failure.message,
      'training',
      vscode.DiagnosticSeverity.Error,
    );
  }
}

/** Faults of JSON itself are reported by the editor's JSON support, unless that is switched off. */
function unreportedProblems({ text, source }: ModelSnapshot): readonly TextProblem[] {
  const { problems } = source;
  const document = asModelFile(source)?.document;
  const isValidated = vscode.workspace.getConfiguration('json', text.uri).get<boolean>('validate.enable', true);
  if (document?.language !== 'json' || !isValidated) return problems;
  const ofJson = new Set(document.problems.filter(({ code }) => code === 'syntax' || code === 'duplicate-key'));
  return problems.filter(problem => !ofJson.has(problem));
}

function problemDiagnostic(snapshot: ModelSnapshot, problem: TextProblem): vscode.Diagnostic {
  const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  return diagnostic(snapshot, problem.range, problem.message, problem.code, severity);
}

function diagnostic(
  snapshot: ModelSnapshot,
  range: TextRange,
  message: string,
  code: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(toEditorRange(snapshot.text, range), message, severity);
  made.source = DIAGNOSTIC_SOURCE;
  made.code = code;
  return made;
}
