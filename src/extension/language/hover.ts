/** Hover in model files: what a key means, and what the last run measured in the layer under the cursor. */
import * as vscode from 'vscode';
import type { LayerVerdict } from '../../diagnosis/layer-verdict';
import { summarizeLayers, type LayerSummary } from '../../record/layer-summary';
import { formatMeasure, formatShare } from '../../record/number-text';
import type { Source } from '../../frontends/frontend';
import { asModelFile } from '../../frontends/model-file/as-model-file';
import { hoverAt } from '../../frontends/model-file/assist/hover';
import type { SourceDocument } from '../../frontends/model-file/source-document';
import { layerOf } from '../../frontends/model-file/source-path';
import { withPlacesOf } from '../../frontends/moved-source';
import { isLayerPlace, samePlace, type Place } from '../../model/place';
import { markdownCell } from '../../text/plain-text';
import { pathAt } from '../../frontends/model-file/source-range';
import { toEditorRange } from '../documents/editor-ranges';
import type { ModelDocuments, ModelSnapshot } from '../documents/model-documents';
import { placeFinding } from '../findings/place-finding';
import { presentVerdict } from '../findings/present-verdict';
import type { ModelRuns } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import { settingsFor } from '../settings/settings';

export class ModelHover implements vscode.HoverProvider {
  constructor(
    private readonly documents: ModelDocuments,
    private readonly runs: ModelRuns,
  ) {}

  provideHover(text: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const snapshot = this.documents.current(text);
    const offset = text.offsetAt(position);
    const document = asModelFile(snapshot.source)?.document;
    // Keys of JSON files are explained by the editor's own JSON support, from the schema.
    const explained = document?.language === 'yaml' ? hoverAt(document, offset) : undefined;
    const measured = document && isOffLayer(document, offset) ? undefined : this.measured(snapshot, offset);
    const parts = [
      ...(explained ? [new vscode.MarkdownString(explained.markdown)] : []),
      ...(measured ? [measured] : []),
    ];
    return parts.length > 0 ? new vscode.Hover(parts, explained && toEditorRange(text, explained.range)) : undefined;
  }

  private measured({ text, places }: ModelSnapshot, offset: number): vscode.MarkdownString | undefined {
    const { current } = this.runs.get(text.uri.toString());
    const now = current && withPlacesOf(current.source, places);
    const place = now?.placeAt(offset);
    if (!current || !now || !place) return undefined;
    const index = indexOfLayer(current, now, place);
    const summary = index < 0 ? undefined : summarizeLayers(current.history)[index];
    const verdict = presentVerdict(current, settingsFor(text.uri).rules, places).layers[index] as
      LayerVerdict | undefined;
    return summary && new vscode.MarkdownString(summaryMarkdown(summary, verdict, current));
  }
}

/** Whether numbers would be in the way: between the parts of a layer, or deep inside one, as under an initializer. */
function isOffLayer(document: SourceDocument, offset: number): boolean {
  const { on, path } = pathAt(document, offset);
  const owner = layerOf(path);
  return on === 'inside' || owner === undefined || path.length > owner.length + 1;
}

/** The index in the layout of the run's layer that stands at the place now; -1 where none does. */
function indexOfLayer({ source, history }: RecordedRun, now: Source, place: Place): number {
  if (!isLayerPlace(place)) return -1;
  return history.layout.layers.findLastIndex(({ path }) => {
    const moved = placeFinding(source, now, { layer: path });
    return moved !== undefined && samePlace(moved, { layer: place.layer });
  });
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
