import type * as vscode from 'vscode';
import type { Comparisons } from '../cures/comparisons';
import type { CureFinder } from '../cures/cure-finder';
import type { Verifications } from '../cures/verifications';
import type { ModelDocuments } from '../documents/model-documents';
import type { ModelRuns } from '../runs/model-runs';

/** Parts of the extension that a panel uses. */
export interface PanelContext {
  readonly documents: ModelDocuments;
  readonly runs: ModelRuns;
  readonly verifications: Verifications;
  readonly comparisons: Comparisons;
  readonly cureFinder: CureFinder;
  readonly log: vscode.LogOutputChannel;
}
