/** Light bulb of a finding: its cures, then what else can be done about it. */
import * as vscode from 'vscode';
import type { RuleId } from '../../diagnosis/finding';
import type { Source } from '../../frontends/frontend';
import { sameSource } from '../../frontends/same-source';
import { toEditorRange, toWorkspaceEdit } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import type { ModelRuns } from '../runs/model-runs';
import type { CureFinder } from './cure-finder';
import { isOf, type PresentFix } from './present-fixes';
import type { Verification, Verifications } from './verifications';
import { settingsFor } from '../settings/settings';
import { findingDiagnostic } from '../findings/finding-diagnostics';
import { presentFindings, type PresentFinding } from '../findings/present-findings';
import { ruleActions } from '../findings/rule-actions';
import type { RulePage } from '../findings/rule-page';
import { errorText } from '../../text/error-text';

/** Cures in the list of a finding: the panel has the others. */
const CURES_IN_SIGHT = 3;

/** Offers the first cures of every finding whose layer the cursor is in, as edits of the text as it is now. */
export class FindingActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
    private readonly verifications: Verifications,
    private readonly cureFinder: CureFinder,
    private readonly pageOf: RulePage,
  ) {}

  async provideCodeActions(
    text: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    if (context.only && !context.only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const snapshot = this.documents.current(text);
    const { current } = this.runs.get(text.uri.toString());
    if (!current) return [];
    const present = presentFindings(current, snapshot.places, settingsFor(text.uri).rules).filter(({ extent }) =>
      toEditorRange(text, extent).intersection(range),
    );
    const verification = this.verifications.get(current);
    const { source } = snapshot;
    const cures = await Promise.all(
      present.map(async finding => {
        try {
          return this.cures(
            await this.cureFinder.find({ run: current, present: finding, source, verification }),
            snapshot,
            finding,
          );
        } catch (error) {
          return [this.noCures(snapshot, finding, error)];
        }
      }),
    );
    // What a setting, a page or another run can do stands below all cures.
    return [
      ...cures.flat(),
      ...this.measuring(snapshot, present, verification),
      ...this.trainAgain(snapshot, current.source),
      ...present.flatMap(finding => this.about(snapshot, finding, verification)),
    ];
  }

  private cures(fixes: readonly PresentFix[], snapshot: ModelSnapshot, finding: PresentFinding): vscode.CodeAction[] {
    const inSight = fixes.slice(0, CURES_IN_SIGHT).map(fix => {
      const action = this.quickFix(
        fix.causal ? vscode.l10n.t('{0} (undoes the cause)', fix.title) : fix.title,
        snapshot,
        finding,
      );
      if (fix.notWritable === undefined) action.edit = toWorkspaceEdit(snapshot.text, fix.edits);
      else action.disabled = { reason: fix.notWritable };
      action.isPreferred = fix.preferred && fix.notWritable === undefined;
      return action;
    });
    const more = fixes.length - inSight.length;
    if (more === 0) return inSight;
    const title =
      more === 1
        ? vscode.l10n.t('1 more cure: show it in the panel')
        : vscode.l10n.t('{0} more cures: show them in the panel', more);
    const rest = this.quickFix(title, snapshot, finding);
    rest.command = { command: 'gradientHealth.showPanel', title, arguments: [snapshot.text.uri] };
    return [...inSight, rest];
  }

  /** Says why there are no cures, in the list of what the editor cannot do. */
  private noCures(snapshot: ModelSnapshot, finding: PresentFinding, error: unknown): vscode.CodeAction {
    const action = this.quickFix(vscode.l10n.t('Cures could not be computed'), snapshot, finding);
    action.disabled = { reason: errorText(error) };
    return action;
  }

  /** Says that the cures above are being measured, and shows how far that is. */
  private measuring(
    { text }: ModelSnapshot,
    present: readonly PresentFinding[],
    verification: Verification | undefined,
  ): vscode.CodeAction[] {
    if (verification?.state.kind !== 'measuring' || !present.some(({ finding }) => isOf(verification, finding)))
      return [];
    const title = vscode.l10n.t('Measuring the cures: show progress');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command: 'gradientHealth.showPanel', title, arguments: [text.uri] };
    return [action];
  }

  /** Offered once the model has changed since the run, since only another run tells whether a cure worked. */
  private trainAgain(snapshot: ModelSnapshot, trained: Source): vscode.CodeAction[] {
    if (sameSource(trained, snapshot.source) || !snapshot.source.model || !vscode.workspace.isTrusted) return [];
    const title = vscode.l10n.t('Train again to check');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command: 'gradientHealth.train', title, arguments: [snapshot.text.uri] };
    return [action];
  }

  private about(
    snapshot: ModelSnapshot,
    finding: PresentFinding,
    verification: Verification | undefined,
  ): vscode.CodeAction[] {
    const tried =
      verification && isOf(verification, finding.finding) && verification.state.kind === 'done'
        ? verification.state.verified
        : undefined;
    const compare =
      tried?.verdict === 'no-cure'
        ? vscode.l10n.t('None of {0} cures helps: compare all cures', tried.candidates.length)
        : vscode.l10n.t('Compare all cures');
    const all = this.quickFix(compare, snapshot, finding);
    all.command = { command: 'gradientHealth.compareCures', title: compare, arguments: [snapshot.text.uri] };
    return [
      ...(vscode.workspace.isTrusted ? [all] : []),
      ...ruleActions(snapshot, finding, findingDiagnostic(snapshot, finding, this.pageOf)),
    ];
  }

  private quickFix(title: string, snapshot: ModelSnapshot, finding: PresentFinding): vscode.CodeAction {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [findingDiagnostic(snapshot, finding, this.pageOf)];
    return action;
  }
}

/** Switches `rule` off in the settings of the workspace, or of the user where no folder is open. */
export async function silenceRule(rule: RuleId, scope: vscode.Uri | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('gradientHealth', scope ?? null);
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const inspected = configuration.inspect<Record<string, string>>('rules');
  const own =
    (target === vscode.ConfigurationTarget.Workspace ? inspected?.workspaceValue : inspected?.globalValue) ?? {};
  await configuration.update('rules', { ...own, [rule]: 'off' }, target);
}
