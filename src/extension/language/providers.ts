/** Language features of model files: completion, hover, lenses, light bulbs. */
import * as vscode from 'vscode';
import type { ModelDocuments } from '../documents/model-documents';
import { modelFileSelector } from '../documents/model-file-selector';
import { FindingActions } from '../cures/finding-actions';
import type { RulePage } from '../findings/rule-page';
import type { CureFinder } from '../cures/cure-finder';
import type { Verifications } from '../cures/verifications';
import { PredictionActions } from '../probe/prediction-actions';
import type { Predictions } from '../probe/predictions';
import type { ModelRuns } from '../runs/model-runs';
import type { DataChecks } from '../checks/data-checks';
import { ModelLens } from './code-lens';
import { ModelCompletion } from './completion';
import { DataActions } from '../checks/data-actions';
import { ModelHover } from './hover';
import { SuggestionActions } from './suggestion-actions';

/** Parts of the extension that the providers use. */
export interface ProviderContext {
  readonly documents: ModelDocuments;
  readonly runs: ModelRuns;
  readonly verifications: Verifications;
  readonly cureFinder: CureFinder;
  readonly predictions: Predictions;
  readonly checks: DataChecks;
  readonly pageOf: RulePage;
}

/** Registers every provider for the model files of the present settings. */
export function registerProviders({
  documents,
  runs,
  verifications,
  cureFinder,
  predictions,
  checks,
  pageOf,
}: ProviderContext): vscode.Disposable {
  const selector = modelFileSelector();
  const lens = new ModelLens(documents, runs);
  return vscode.Disposable.from(
    lens,
    vscode.languages.registerCodeLensProvider(selector, lens),
    vscode.languages.registerCompletionItemProvider(
      selector,
      new ModelCompletion(documents),
      ...ModelCompletion.triggers,
    ),
    vscode.languages.registerHoverProvider(selector, new ModelHover(documents, runs)),
    vscode.languages.registerCodeActionsProvider(selector, new SuggestionActions(documents), {
      providedCodeActionKinds: SuggestionActions.kinds,
    }),
    vscode.languages.registerCodeActionsProvider(selector, new DataActions(documents, checks), {
      providedCodeActionKinds: DataActions.kinds,
    }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      new FindingActions(documents, runs, verifications, cureFinder, pageOf),
      { providedCodeActionKinds: FindingActions.kinds },
    ),
    vscode.languages.registerCodeActionsProvider(selector, new PredictionActions(documents, predictions, pageOf), {
      providedCodeActionKinds: PredictionActions.kinds,
    }),
  );
}
