/**
 * Goes on with measuring the cures of a restored run, where its text and its data are still those that it was trained
 * on.
 */
import * as vscode from 'vscode';
import { prepare } from './train-model-file';
import type { Verifications } from '../cures/verifications';
import type { ModelDocuments } from '../documents/model-documents';
import { sameSource } from '../../frontends/same-source';
import type { ModelRuns } from '../runs/model-runs';
import { fingerprint } from '../../worker/fingerprint';
import type { RunStore } from '../stored/run-store';

export interface ResumeContext {
  readonly documents: ModelDocuments;
  readonly runs: ModelRuns;
  readonly verifications: Verifications;
  readonly store: RunStore;
}

/**
 * Does nothing while the file is closed or the workspace is not trusted: it is asked again whenever the file is read.
 */
export async function resumeMeasuring(
  file: vscode.Uri,
  { documents, runs, verifications, store }: ResumeContext,
): Promise<void> {
  const key = file.toString();
  const { current, status } = runs.get(key);
  const snapshot = documents.find(file);
  if (!current || status.state !== 'done' || !snapshot || !vscode.workspace.isTrusted || !store.wasMeasuring(current))
    return;
  if (!sameSource(current.source, snapshot.source)) return;
  const request = await prepare(snapshot);
  if ('message' in request || (await fingerprint(request.files)) !== store.dataOf(current)) return;
  if (runs.get(key).current?.history === current.history && store.claimMeasuring(current))
    verifications.resume(key, current, request);
}
