/** What the panel's page is given, made from what the host keeps. */
import { encodeRun } from '../../protocol/encode-run';
import type { PanelFinding, PanelRun, PanelState } from '../../protocol/panel-messages';
import type { ModelSpec } from '../../spec/model-spec';
import type { SpecDocument } from '../../spec/spec-document';
import { meansTheSame } from '../findings/place-finding';
import { fixesFor, presentFindings, shownFindings } from '../findings/present-findings';
import type { ModelRunState } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings';

/** The text beside the panel as it is now; `undefined` while its file is closed. */
export interface PresentText {
  readonly document: SpecDocument;
  readonly model: ModelSpec | undefined;
}

/** Everything, for a page that knows nothing. */
export function panelState(
  file: { readonly name: string; readonly uri: string }, state: ModelRunState, text: PresentText | undefined, rules: RuleSeverities,
): PanelState {
  const { current, previous, status } = state;
  return {
    modelName: current?.model.name ?? text?.model?.name ?? previous?.model.name ?? file.name,
    fileName: file.name,
    uri: file.uri,
    status,
    current: current && panelRun(current),
    previous: previous && panelRun(previous),
    findings: panelFindings(current, text, rules),
    stale: isStale(current, text),
  };
}

/** All findings of the run; those that the text has outlived have no cures any more. */
export function panelFindings(run: RecordedRun | undefined, text: PresentText | undefined, rules: RuleSeverities): readonly PanelFinding[] {
  if (!run) return [];
  const present = new Map(text ? presentFindings(run, text.document, rules).map((finding) => [finding.index, finding]) : []);
  return shownFindings(run, rules).map((finding, index) => {
    const holding = present.get(index);
    const fixes = text && holding ? fixesFor(run, text.document, text.model, holding) : [];
    return {
      rule: finding.rule,
      severity: finding.severity,
      ...(finding.layer !== undefined && { layer: finding.layer }),
      message: finding.message,
      step: finding.step,
      fixes: fixes.map(({ id, title, preferred }) => ({ id, title, preferred })),
    };
  });
}

/** Whether the run is of an earlier text than the present one. */
export function isStale(run: RecordedRun | undefined, text: PresentText | undefined): boolean {
  return run !== undefined && text !== undefined && !meansTheSame(run.document, text.document);
}

function panelRun({ id, startedAt, model, history }: RecordedRun): PanelRun {
  return encodeRun(history, { id, label: `Run ${id} · ${new Date(startedAt).toTimeString().slice(0, 8)}`, model });
}
