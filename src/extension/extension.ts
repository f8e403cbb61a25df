/** Where the editor starts the extension. Everything is constructed and registered here; nothing is read or run yet. */
import { isAlarm } from '../diagnosis/finding';
import * as vscode from 'vscode';
import { AnalysisClient } from './analysis/analysis-client';
import { nodeAnalysis } from './analysis/analysis-handle';
import { activeModelFile, registerCommands } from './commands/commands';
import { ContextKeys } from './context-keys';
import { Comparisons } from './cures/comparisons';
import { CONCURRENT_TRAININGS } from './cures/concurrency';
import { CureFinder } from './cures/cure-finder';
import { Verifications } from './cures/verifications';
import { DataFileWatch } from './checks/data-file-watch';
import { DataChecks } from './checks/data-checks';
import { followFiles } from './file-events';
import { ModelDocuments } from './documents/model-documents';
import { ModelFileDiagnostics } from './checks/model-file-diagnostics';
import { trainOnSave } from './train-on-save';
import { FindingDiagnostics } from './findings/finding-diagnostics';
import { shownFindings } from './findings/present-findings';
import { rulePagesIn } from './findings/rule-page';
import { registerProviders } from './language/providers';
import { ModelPanels, PANEL_TYPE } from './panel/model-panels';
import { PredictionDiagnostics } from './probe/prediction-diagnostics';
import { Predictions } from './probe/predictions';
import { keepWorkerReady } from './runs/keep-worker-ready';
import { ModelRuns } from './runs/model-runs';
import { nodeWorkers } from '../worker/node-worker';
import { resumeMeasuring } from './commands/resume-measuring';
import { RunFolder } from './stored/run-folder';
import { RunStore } from './stored/run-store';
import { SettingNotices } from './settings/setting-notices';
import { SECTION, settingsFor } from './settings/settings';
import { StatusBar } from './status-bar';
import { onlyTrusted, refusalOfTraining } from './settings/trust';
import { errorText } from '../text/error-text';

/** The API for other extensions and tests. */
export interface ExtensionApi {
  readonly runs: ModelRuns;
  readonly verifications: Verifications;
  readonly comparisons: Comparisons;
  readonly predictions: Predictions;
}

/** Set while the extension is active. */
let writeWhatIsLeft: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const { extensionUri } = context;
  const pageOf = rulePagesIn(extensionUri);
  const log = vscode.window.createOutputChannel('Gradient Health', { log: true });
  const documents = new ModelDocuments();
  const bundle = (name: string): string => vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath;
  const { prepare, ...started } = nodeWorkers(bundle('worker.js'));
  const workers = { start: onlyTrusted(started.start), startInBackground: onlyTrusted(started.startInBackground) };
  const analysis = new AnalysisClient(nodeAnalysis(bundle('analysis.js')), {
    refusal: refusalOfTraining,
    note: message => log.warn(message),
  });
  const runs = new ModelRuns(workers.start, analysis, key => settingsFor(vscode.Uri.parse(key)).ruleOptions);
  const verifications = new Verifications(
    runs,
    analysis,
    key => {
      const { rules, ruleOptions, verificationBudgetMs, verificationSeeds } = settingsFor(vscode.Uri.parse(key));
      return {
        seeds: verificationSeeds,
        concurrency: CONCURRENT_TRAININGS,
        budgetMs: verificationBudgetMs,
        ruleOptions,
        rootOf: run => shownFindings(run, rules).find(isAlarm),
      };
    },
    message => log.warn(message),
  );
  const comparisons = new Comparisons(runs, analysis);
  const cureFinder = new CureFinder(analysis, message => log.warn(message));
  const predictions = new Predictions(runs, workers.startInBackground, analysis, message => log.debug(message));
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'runs');
  const store = new RunStore(new RunFolder(storage.fsPath), runs, { verifications, comparisons }, log);
  writeWhatIsLeft = () => store.flush();
  const restore = async (file: vscode.Uri): Promise<void> => {
    await store.restore(file.toString());
    // Not waited for: it reads the data.
    void resumeMeasuring(file, { documents, runs, verifications, store }).catch((error: unknown) => {
      log.warn(`${file.toString(true)}: measuring the cures could not continue. ${errorText(error)}`);
    });
  };
  const panels = new ModelPanels(
    extensionUri,
    { documents, runs, verifications, comparisons, cureFinder, log },
    restore,
  );
  const inFront = (): vscode.Uri | undefined => activeModelFile(panels);
  const statusBar = new StatusBar(documents, runs, verifications, inFront);
  const contextKeys = new ContextKeys(documents, runs, verifications, comparisons, inFront);
  const activeChanged = (): void => {
    statusBar.update();
    contextKeys.update();
  };
  const checks = new DataChecks(documents, workers.startInBackground, log);
  const providerContext = { documents, runs, verifications, cureFinder, predictions, checks, pageOf };
  let providers = registerProviders(providerContext);

  context.subscriptions.push(
    log,
    documents,
    analysis,
    runs,
    verifications,
    comparisons,
    predictions,
    store,
    panels,
    statusBar,
    contextKeys,
    checks,
    new SettingNotices(log),
    new DataFileWatch(documents, checks),
    new ModelFileDiagnostics(documents, runs, checks),
    new FindingDiagnostics(documents, runs, pageOf),
    new PredictionDiagnostics(documents, runs, predictions, pageOf, log),
    registerCommands({ pageOf, documents, runs, verifications, comparisons, panels, store, log }),
    followFiles(runs, panels),
    documents.onDidRead(({ text, source }) => {
      void restore(text.uri).then(() => runs.recall(text.uri.toString(), source));
    }),
    keepWorkerReady(documents, limits => {
      prepare(limits);
      analysis.prepare();
    }),
    trainOnSave(),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, panels),
    vscode.window.onDidChangeActiveTextEditor(activeChanged),
    panels.onDidChangeActive(activeChanged),
    vscode.workspace.onDidGrantWorkspaceTrust(() => documents.refresh()),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (!event.affectsConfiguration(SECTION)) return;
      if (event.affectsConfiguration(`${SECTION}.modelFiles`) || event.affectsConfiguration(`${SECTION}.codeLens`)) {
        providers.dispose();
        providers = registerProviders(providerContext);
      }
      if (event.affectsConfiguration(`${SECTION}.ruleOptions`))
        runs.diagnoseAgain().catch((error: unknown) => log.error('Runs could not be refreshed.', error));
      documents.refresh();
      panels.refresh();
      activeChanged();
    }),
    { dispose: () => providers.dispose() },
  );
  documents.start();
  activeChanged();
  return { runs, verifications, comparisons, predictions };
}

/** Writes the state of runs that is not written yet. The editor gives it little time: most was written before. */
export function deactivate(): Promise<void> | undefined {
  return writeWhatIsLeft?.();
}
