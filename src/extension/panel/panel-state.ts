/** Builds the state of the panel's page from what the host keeps. */
import { encodeCure, PANEL_COLUMNS } from '../../protocol/encode-comparison';
import { encodeRun, encodeRunHead, isLong } from '../../protocol/encode-run';
import { encodeSymptoms } from '../../protocol/encode-symptoms';
import type { PanelComparison, PanelFinding, PanelRun, PanelState } from '../../protocol/panel-messages';
import type { Comparison } from '../../verification/compare-cures';
import type { Source } from '../../frontends/frontend';
import { sameSource } from '../../frontends/same-source';
import type { CureComparison } from '../cures/comparisons';
import { isOf, type PresentFix } from '../cures/present-fixes';
import type { SeedsProgress, Verification } from '../cures/verifications';
import { presentFindings, shownFindings, type PresentFinding } from '../findings/present-findings';
import { presentVerdict } from '../findings/present-verdict';
import type { ModelRunState } from '../runs/model-runs';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings/settings';

/** The text beside the panel as it is now; `undefined` while its file is closed. */
export interface PresentText {
  readonly source: Source;
  /** Where findings are shown in it. */
  readonly places: Source;
}

/** The cures of the current run. */
export interface PresentCures {
  /** The cures of a finding; none as long as they are being made. */
  readonly of: (present: PresentFinding) => readonly PresentFix[];
  readonly verification: Verification | undefined;
  readonly comparison: CureComparison | undefined;
  /** How far trying other seeds is, while it goes on. */
  readonly seeds: SeedsProgress | undefined;
}

/** Everything, for a page that knows nothing, but the records of long runs, which follow. */
export function panelState(
  file: { readonly name: string; readonly uri: string },
  state: ModelRunState,
  text: PresentText | undefined,
  rules: RuleSeverities,
  cures: PresentCures,
): PanelState {
  const { current, previous, status } = state;
  return {
    modelName: current?.model.name ?? text?.source.model?.name ?? previous?.model.name ?? file.name,
    fileName: file.name,
    uri: file.uri,
    status,
    current: current && panelRun(current),
    previous: previous && panelRun(previous),
    findings: panelFindings(current, text, rules, cures),
    ...panelVerdict(current, text, rules),
    ...panelChance(current, cures.seeds),
    stale: isStale(current, text),
    ...(cures.comparison && { comparison: panelComparison(cures.comparison, text) }),
  };
}

/** All findings of the run; those that the text has outlived have no cures any more. */
export function panelFindings(
  run: RecordedRun | undefined,
  text: PresentText | undefined,
  rules: RuleSeverities,
  { verification, of }: Pick<PresentCures, 'verification' | 'of'>,
): readonly PanelFinding[] {
  if (!run) return [];
  const present = new Map(
    text ? presentFindings(run, text.places, rules).map(finding => [finding.index, finding]) : [],
  );
  return shownFindings(run, rules, text?.places).map((finding, index) => {
    const holding = present.get(index);
    const fixes = holding ? of(holding) : [];
    const measured = verification && isOf(verification, finding) ? verificationText(verification) : undefined;
    return {
      rule: finding.rule,
      severity: finding.severity,
      ...(finding.layer !== undefined && { layer: finding.layer }),
      message: finding.message,
      step: finding.step,
      symptoms: encodeSymptoms(finding),
      fixes: fixes.map(({ key, title, preferred, causal, why, notWritable }) => ({
        id: key,
        title,
        preferred,
        ...(causal && { causal }),
        ...(why !== undefined && { why }),
        ...(notWritable !== undefined && { notWritable }),
      })),
      ...(measured && { verification: measured }),
    };
  });
}

/** Returns the verdict on the run, and one word per layer. */
export function panelVerdict(
  run: RecordedRun | undefined,
  text: PresentText | undefined,
  rules: RuleSeverities,
): Pick<PanelState, 'verdict' | 'layerVerdicts'> {
  if (!run) return { layerVerdicts: [] };
  const { run: verdict, layers } = presentVerdict(run, rules, text?.places);
  return { ...(verdict && { verdict }), layerVerdicts: layers };
}

/** Returns the result of other seeds, or the progress of trying them; `undefined` where none was tried. */
export function panelChance(
  run: RecordedRun | undefined,
  seeds: SeedsProgress | undefined,
): Pick<PanelState, 'chance'> {
  if (seeds)
    return {
      chance: { running: true, message: `Trying other seeds: ${seeds.finished} of ${seeds.planned} trainings` },
    };
  const chance = run?.chance;
  if (!chance || chance.seeds < 2) return {};
  const { firstSeed, seeds: tried, trainsIn } = chance;
  const count = trainsIn === tried ? `all ${tried}` : trainsIn === 0 ? `none of ${tried}` : `${trainsIn} of ${tried}`;
  return {
    chance: {
      running: false,
      message: `Seeds ${firstSeed} to ${firstSeed + tried - 1} tried: the model trains with ${count}.`,
    },
  };
}

function verificationText({ state }: Verification): PanelFinding['verification'] {
  switch (state.kind) {
    case 'measuring': {
      if (state.waits) return { running: true, message: 'Measuring the cures continues after the comparison.' };
      const far = state.planned > 0 ? ` ${state.finished} of ${state.planned} trainings` : '';
      return { running: true, message: `Measuring the cures:${far || ' starting'}` };
    }
    case 'done': {
      const { verdict, summary, ended, fixes, candidates } = state.verified;
      const late =
        ended === 'out-of-time' && verdict !== 'unknown' ? ' Time ran out before every cure was measured.' : '';
      if (verdict !== 'cured' && verdict !== 'improved') return { running: false, message: `${summary}${late}` };
      // What each of them does stands in its title.
      const tried = candidates.filter(({ seeds }) => seeds > 0);
      const helping = fixes.filter(({ title }) =>
        tried.some(candidate => title.startsWith(`${candidate.title}: `)),
      ).length;
      return {
        running: false,
        message: `Measured: ${helping} of ${tried.length} cures ${helping === 1 ? 'helps' : 'help'}.${late}`,
      };
    }
    case 'stopped':
      return { running: false, message: 'Measuring the cures was stopped.' };
    case 'failed':
      return { running: false, message: state.message };
  }
}

/** The comparison as it stands, with the original in its first row. */
export function panelComparison({ run, state }: CureComparison, text: PresentText | undefined): PanelComparison {
  const applicable = text !== undefined && sameSource(run.source, text.source);
  const of = (part: Pick<PanelComparison, 'state' | 'message' | 'rows'>): PanelComparison => ({
    ...part,
    columns: PANEL_COLUMNS,
    applicable,
  });
  switch (state.kind) {
    case 'measuring': {
      const rows = state.results.map(result => encodeCure(result, result.id === '' ? 'original' : 'unknown'));
      const message = state.planned > 0 ? `${state.finished} of ${state.planned} trainings` : 'Starting';
      return of({
        state: 'measuring',
        message,
        rows: rows.toSorted((one, other) => Number(other.id === '') - Number(one.id === '')),
      });
    }
    case 'done': {
      const { baseline, cures, ended } = state.comparison;
      const rows = [encodeCure(baseline, 'original'), ...cures.map(cure => encodeCure(cure, cure.effect))];
      return of({ state: ended === 'cancelled' ? 'stopped' : 'done', message: verdictText(state.comparison), rows });
    }
    case 'stopped':
      return of({ state: 'stopped', message: 'Stopped before anything was measured.', rows: [] });
    case 'failed':
      return of({ state: 'failed', message: state.message, rows: [] });
  }
}

function verdictText({ cures, ended }: Comparison): string {
  const helping = cures.filter(({ effect }) => effect === 'cures' || effect === 'improves').length;
  const removing = cures.filter(({ effect }) => effect === 'removes').length;
  const notYet =
    removing === 0
      ? ''
      : ` ${removing} more ${removing === 1 ? 'removes' : 'remove'} the fault but ${removing === 1 ? 'does' : 'do'} not learn yet.`;
  const late =
    ended === 'out-of-time'
      ? ' Time ran out before all were measured with every seed.'
      : ended === 'cancelled'
        ? ' Stopped early.'
        : '';
  if (cures.length === 0) return `No cure in the catalog applies.${late}`;
  return `${helping === 0 ? 'None' : helping} of ${cures.length} cures and pairs ${helping === 1 ? 'helps' : 'help'}.${notYet}${late}`;
}

/** Whether the run is of an earlier text than the present one. */
export function isStale(run: RecordedRun | undefined, text: PresentText | undefined): boolean {
  return run !== undefined && text !== undefined && !sameSource(run.source, text.source);
}

function panelRun({ id, startedAt, model, history }: RecordedRun): PanelRun {
  const identity = { id, label: `Run ${id} · ${new Date(startedAt).toTimeString().slice(0, 8)}`, model };
  return isLong(history) ? encodeRunHead(history, identity) : encodeRun(history, identity);
}
