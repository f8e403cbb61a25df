/** Hover in model files: what a key means, and what the last run measured in the layer under the cursor. */
import * as vscode from 'vscode';
import type { LayerVerdict } from '../../diagnosis/layer-verdict';
import { summarizeLayers, type LayerSummary } from '../../record/layer-summary';
import { formatMeasure, formatShare } from '../../record/number-text';
import { layerOf } from '../../frontends/model-file/source-path';
import { hoverAt } from '../../frontends/model-file/assist/hover';
import type { SourcePath } from '../../model/model-spec';
import { markdownCell } from '../../text/plain-text';
import { pathAt } from '../../frontends/model-file/source-range';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { placeFinding } from '../findings/place-finding';
import { presentVerdict } from '../findings/present-verdict';
import type { ModelRuns } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { settingsFor } from '../settings';

export class ModelHover implements vscode.HoverProvider {
  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
  ) {}

  provideHover(text: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const snapshot = this.documents.current(text);
    const offset = text.offsetAt(position);
    // Keys of JSON files are explained by the editor's own JSON support, from the schema.
    const explained = snapshot.document.language === 'yaml' ? hoverAt(snapshot.document, offset) : undefined;
    const place = pathAt(snapshot.document, offset);
    const measured = place.on === 'inside' ? undefined : this.measured(snapshot, place.path);
    const parts = [
      ...(explained ? [new vscode.MarkdownString(explained.markdown)] : []),
      ...(measured ? [measured] : []),
    ];
    return parts.length > 0 ? new vscode.Hover(parts, explained && toEditorRange(text, explained.range)) : undefined;
  }

  private measured(snapshot: ModelSnapshot, path: SourcePath): vscode.MarkdownString | undefined {
    const owner = layerOf(path);
    const { current } = this.runs.get(snapshot.text.uri.toString());
    // Deep inside a layer, under an initializer's parameters, its numbers would be in the way.
    if (!owner || !current || path.length > owner.length + 1) return undefined;
    // The layers of a transformer block stand where the block does, before it in the layout.
    const index = current.history.layout.layers.findLastIndex(({ source }) => {
      const now = placeFinding(current.document, snapshot.document, source);
      return now?.join('.') === owner.join('.');
    });
    const summary = index < 0 ? undefined : summarizeLayers(current.history)[index];
    const verdict = presentVerdict(current, settingsFor(snapshot.text.uri).rules, snapshot.document).layers[index] as
      LayerVerdict | undefined;
    return summary && new vscode.MarkdownString(summaryMarkdown(summary, verdict, current));
  }
}

function summaryMarkdown(summary: LayerSummary, verdict: LayerVerdict | undefined, run: RecordedRun): string {
  const step = (run.history.records.at(-1)?.step ?? -1) + 1;
  const rows: readonly (readonly [string, string])[] = [
    ...(verdict ? [[vscode.l10n.t('Verdict'), verdictCell(verdict)] as const] : []),
    [vscode.l10n.t('Gradient norm'), formatMeasure(summary.gradientNorm)],
    [vscode.l10n.t('Forward gain'), formatMeasure(summary.forwardGain)],
    [vscode.l10n.t('Backward gain'), formatMeasure(summary.backwardGain)],
    [vscode.l10n.t('Update to weight'), formatMeasure(summary.updateRatio)],
    [vscode.l10n.t('Dead units'), formatShare(summary.deadShare)],
    [vscode.l10n.t('Saturated'), formatShare(summary.saturatedShare)],
  ];
  return [
    `**${vscode.l10n.t('Last run, up to step {0}', step)}**`,
    '',
    '| | |',
    '|---|---:|',
    ...rows.map(([name, value]) => `| ${name} | ${markdownCell(value)} |`),
  ].join('\n');
}

function verdictCell({ text, explainedBy }: LayerVerdict): string {
  return explainedBy === undefined ? text : vscode.l10n.t('{0}, explained by {1}', text, explainedBy);
}
