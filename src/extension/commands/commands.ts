/** The commands of the palette, of menus and of links. */
import * as vscode from 'vscode';
import type { RuleId } from '../../diagnosis/finding';
import { RULES } from '../../diagnosis/rules/index';
import { isModelFile } from '../documents/model-file-selector';
import { silenceRule } from '../cures/finding-actions';
import { openRulePage, type RulePage } from '../findings/rule-page';
import type { ModelPanels } from '../panel/model-panels';
import { compareCuresOf, type ComparingContext } from './compare-cures';
import { newModelFile } from './new-model-file';
import { trainModelFile, type TrainingContext } from './train-model-file';
import type { Verifications } from '../cures/verifications';

/** Parts of the extension that the commands use. */
export interface CommandContext extends TrainingContext, ComparingContext {
  readonly verifications: Verifications;
  readonly pageOf: RulePage;
}

/** The model file in front: that of the active editor, or of the panel that has the focus. */
export function activeModelFile(panels: ModelPanels): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isModelFile(document) ? document.uri : panels.activeFile;
}

/** Registers every command of the manifest. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const { pageOf, runs, panels, verifications, comparisons, log } = context;
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    train: async target => {
      const uri = await fileOf(target);
      if (uri) await trainModelFile(uri, context);
    },
    stop: target => {
      const uri = addressOf(target) ?? activeModelFile(panels);
      const keys = uri && runs.isActive(uri.toString()) ? [uri.toString()] : runs.activeKeys();
      for (const key of keys) runs.stop(key);
    },
    showPanel: async target => {
      const uri = await fileOf(target);
      if (uri) panels.show(uri);
    },
    compareCures: async target => {
      const uri = await fileOf(target);
      if (uri) await compareCuresOf(uri, context);
    },
    stopMeasuring: target => {
      const uri = addressOf(target) ?? activeModelFile(panels);
      for (const key of uri ? [uri.toString()] : runs.keys()) {
        verifications.stop(key);
        comparisons.stop(key);
      }
    },
    newModelFile: () => newModelFile(),
    clearFindings: () => {
      const uri = activeModelFile(panels);
      for (const key of uri ? [uri.toString()] : runs.keys()) runs.clearFindings(key);
    },
    openRulePage: async rule => {
      const chosen = typeof rule === 'string' ? (rule as RuleId) : await chooseRule();
      if (chosen) await openRulePage(pageOf(chosen));
    },
    silenceRule: (rule, target) => silenceRule(rule as RuleId, addressOf(target)),
    showLog: () => log.show(),
  };

  /** The file that a menu or link names, or the one in front; else the user is shown how to get one. */
  async function fileOf(target: unknown): Promise<vscode.Uri | undefined> {
    const uri = addressOf(target) ?? activeModelFile(panels);
    if (uri) return uri;
    const create = vscode.l10n.t('New Model File');
    const message = vscode.l10n.t('Open a model file first: its name ends in .model.yaml or .model.json.');
    if ((await vscode.window.showInformationMessage(message, create)) === create) await newModelFile();
    return undefined;
  }

  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`gradientHealth.${name}`, async (...args: unknown[]) => {
        try {
          await run(...args);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          throw error;
        }
      }),
    ),
  );
}

/** Menus hand over a `Uri`, links the text of one. */
function addressOf(target: unknown): vscode.Uri | undefined {
  if (target instanceof vscode.Uri) return target;
  return typeof target === 'string' ? vscode.Uri.parse(target) : undefined;
}

async function chooseRule(): Promise<RuleId | undefined> {
  const items = RULES.map(({ meta }) => ({ label: meta.id, detail: meta.summary }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Open Rule Page'),
    matchOnDetail: true,
  });
  return chosen?.label;
}
