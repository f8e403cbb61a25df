/** The settings under `gradientHealth.`, with their types. */
import * as vscode from 'vscode';
import type { RuleOptions } from '../../diagnosis/diagnose';
import type { RuleId, Severity } from '../../diagnosis/finding';
import { ruleOptionsOf } from './rule-options';
import {
  choicesSetting,
  flagSetting,
  numberSetting,
  SEVERITIES,
  textsSetting,
  type ReportSetting,
} from './setting-values';

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

/**
 * The settings that hold for `scope`: a model file, or the window when there is none. Defaults and bounds are those of
 * the manifest.
 * @param report takes a sentence on each value that is not used as it is written
 */
export function settingsFor(scope?: vscode.Uri, report: ReportSetting = () => undefined): Settings {
  const configuration = vscode.workspace.getConfiguration(SECTION, scope ?? null);
  const read = (key: string): unknown => configuration.get<unknown>(key);
  return {
    modelFiles: textsSetting('modelFiles', read('modelFiles'), report),
    rules: choicesSetting('rules', read('rules'), SEVERITIES, report),
    ruleOptions: ruleOptionsOf(read('ruleOptions')),
    trainOnSave: flagSetting('trainOnSave', read('trainOnSave'), false, report),
    predict: flagSetting('predict', read('predict'), true, report),
    memoryLimitBytes: numberSetting('memoryLimit', read('memoryLimit'), report) * MEGABYTE,
    maximumSteps: numberSetting('maximumSteps', read('maximumSteps'), report),
    codeLensEnabled: flagSetting('codeLens.enabled', read('codeLens.enabled'), true, report),
    openPanelOnTrain: flagSetting('panel.openOnTrain', read('panel.openOnTrain'), true, report),
    keepFindingsOnClose: flagSetting('keepFindingsOnClose', read('keepFindingsOnClose'), false, report),
    verificationBudgetMs: numberSetting('verification.timeBudget', read('verification.timeBudget'), report) * SECOND,
    comparisonBudgetMs: numberSetting('comparison.timeBudget', read('comparison.timeBudget'), report) * SECOND,
    verificationSeeds: numberSetting('verification.seeds', read('verification.seeds'), report),
  };
}
