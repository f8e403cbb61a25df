/** The settings under `gradientHealth.`, with their types. */
import * as vscode from 'vscode';
import type { RuleOptions } from '../diagnosis/diagnose';
import type { RuleId, Severity } from '../diagnosis/finding';
import { ruleOptionsOf } from './rule-options';

export const SECTION = 'gradientHealth';

/** Severity of a rule as its user wants it; a rule without an entry keeps its own. */
export type RuleSeverities = Readonly<Partial<Record<RuleId, Severity | 'off'>>>;

export interface Settings {
  readonly modelFiles: readonly string[];
  readonly rules: RuleSeverities;
  /** Thresholds of rules that differ from their defaults. */
  readonly ruleOptions: RuleOptions;
  readonly trainOnSave: boolean;
  /** Whether findings are predicted before any training. */
  readonly predict: boolean;
  readonly memoryLimitBytes: number;
  readonly maximumSteps: number;
  readonly codeLensEnabled: boolean;
  readonly openPanelOnTrain: boolean;
  readonly keepFindingsOnClose: boolean;
  /** Time that measuring the cures of a finding may take; 0 switches it off. */
  readonly verificationBudgetMs: number;
  readonly comparisonBudgetMs: number;
  /** Seeds with which a cure is measured. */
  readonly verificationSeeds: number;
}

const MEGABYTE = 2 ** 20;
const SECOND = 1000;

/** The settings that hold for `scope`: a model file, or the window when there is none. Defaults are those of the manifest. */
export function settingsFor(scope?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration(SECTION, scope ?? null);
  const read = <T>(key: string): T => configuration.get<T>(key) as T;
  return {
    modelFiles: read('modelFiles'),
    rules: read('rules'),
    ruleOptions: ruleOptionsOf(read<unknown>('ruleOptions')),
    trainOnSave: read('trainOnSave'),
    predict: read('predict'),
    memoryLimitBytes: read<number>('memoryLimit') * MEGABYTE,
    maximumSteps: read('maximumSteps'),
    codeLensEnabled: read('codeLens.enabled'),
    openPanelOnTrain: read('panel.openOnTrain'),
    keepFindingsOnClose: read('keepFindingsOnClose'),
    verificationBudgetMs: read<number>('verification.timeBudget') * SECOND,
    comparisonBudgetMs: read<number>('comparison.timeBudget') * SECOND,
    verificationSeeds: read('verification.seeds'),
  };
}
