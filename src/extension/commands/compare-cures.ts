/**
 * From the user's wish to compare the cures of a finding to a comparison in the panel, or to one sentence on why there
 * is none.
 */
import * as vscode from 'vscode';
import type { Comparisons } from '../cures/comparisons';
import { CONCURRENT_TRAININGS } from '../cures/concurrency';
import type { Verifications } from '../cures/verifications';
import { baseName } from '../documents/model-file-selector';
import { presentFindings } from '../findings/present-findings';
import { sameSource } from '../../frontends/same-source';
import { noticeText } from '../../text/plain-text';
import { settingsFor } from '../settings/settings';
import { explainTrust } from '../settings/trust';
import { fingerprint } from '../../worker/fingerprint';
import { prepare, type TrainingContext } from './train-model-file';

export interface ComparingContext extends TrainingContext {
  readonly verifications: Verifications;
  readonly comparisons: Comparisons;
}

/**
 * Compares all cures of the likeliest root of the latest run. A file that was not trained since its last change is
 * trained first. Resolves when the comparison is over or was refused.
 */
export async function compareCuresOf(uri: vscode.Uri, context: ComparingContext): Promise<void> {
  const { documents, runs, panels, verifications, comparisons, store, log } = context;
  if (!vscode.workspace.isTrusted) {
    explainTrust();
    return;
  }
  const snapshot = documents.current(await vscode.workspace.openTextDocument(uri));
  const key = uri.toString();
  await store.restore(key);
  const { current, status } = runs.get(key);
  if (!current || status.state !== 'done' || !sameSource(current.source, snapshot.source)) {
    offer(
      vscode.l10n.t('Cures are compared for the finding of a training run: train {0} first.', baseName(uri)),
      vscode.l10n.t('Train Model'),
      () => vscode.commands.executeCommand('gradientHealth.train', uri),
    );
    return;
  }
  const settings = settingsFor(uri);
  const root = presentFindings(current, snapshot.places, settings.rules)[0];
  if (!root) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no finding, so there is nothing to cure.', baseName(uri)),
    );
    return;
  }
  // The data of a run of an earlier session are read anew.
  const request = runs.requestOf(key) ?? (await prepare(snapshot));
  if ('message' in request) {
    void vscode.window.showErrorMessage(noticeText(request.message));
    return;
  }
  const trainedOn = store.dataOf(current);
  if (trainedOn !== undefined && !runs.requestOf(key) && (await fingerprint(request.files)) !== trainedOn) {
    offer(
      vscode.l10n.t(
        'The data of {0} have changed since its run: train it again, then compare the cures.',
        baseName(uri),
      ),
      vscode.l10n.t('Train Model'),
      () => vscode.commands.executeCommand('gradientHealth.train', uri),
    );
    return;
  }
  panels.show(uri);
  log.info(`${uri.toString(true)}: comparing the cures of ${root.finding.rule}.`);
  await verifications.standAside(key, current, request, () =>
    comparisons.compare(key, current, root.finding, request, {
      seeds: settings.verificationSeeds,
      concurrency: CONCURRENT_TRAININGS,
      budgetMs: settings.comparisonBudgetMs,
      ruleOptions: settings.ruleOptions,
    }),
  );
}

/** Not waited for: a message may stay for long. */
function offer(message: string, button: string, act: () => unknown): void {
  void vscode.window.showInformationMessage(message, button).then(chosen => {
    if (chosen === button) act();
  });
}
