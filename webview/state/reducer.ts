/** The state of the page, as a pure function of the messages it was sent. */
import type { LayerVerdict } from '../../src/diagnosis/layer-verdict';
import type { RunVerdict } from '../../src/diagnosis/verdict';
import type { PanelChance, PanelFinding, PanelStatus, ToPanel } from '../../src/protocol/panel-messages';
import { type ComparisonView, comparisonView } from './comparison-view';
import { layerView, type RunView, runView, stepView, timeSeriesView } from './run-view';
import { thinRecords } from './thin-records';

export interface PageState {
  /** False until the host has sent the whole state for the first time. */
  readonly hydrated: boolean;
  /** True when the host did not answer in time. */
  readonly unanswered: boolean;
  /** True when a delta spoke of a run that the page has not been given: it has to ask for the whole state. */
  readonly outdated: boolean;
  readonly modelName: string;
  readonly fileName: string;
  readonly uri: string | undefined;
  readonly status: PanelStatus;
  readonly current: RunView | undefined;
  readonly previous: RunView | undefined;
  readonly findings: readonly PanelFinding[];
  /** Verdict on the run; `undefined` as long as that is open. */
  readonly verdict: RunVerdict | undefined;
  /** In the order of the run's layers; empty as long as nothing can be said of any. */
  readonly layerVerdicts: readonly LayerVerdict[];
  /** Result of other seeds; `undefined` where none was tried. */
  readonly chance: PanelChance | undefined;
  readonly stale: boolean;
  readonly comparison: ComparisonView | undefined;
  /** Why the latest request could not be carried out. */
  readonly refusal: string | undefined;
}

/** Events that the page itself raises. */
export type PageEvent =
  ToPanel | { readonly type: 'no-answer' } | { readonly type: 'dismiss-refusal' } | { readonly type: 'asked-again' };

export const INITIAL_STATE: PageState = {
  hydrated: false,
  unanswered: false,
  outdated: false,
  modelName: '',
  fileName: '',
  uri: undefined,
  status: { state: 'idle', step: 0, steps: 0, message: '' },
  current: undefined,
  previous: undefined,
  findings: [],
  verdict: undefined,
  layerVerdicts: [],
  chance: undefined,
  stale: false,
  comparison: undefined,
  refusal: undefined,
};

/**
 * The state after `event`. Parts that did not change keep their identity, so that views can tell by `===` what to
 * redraw.
 */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.type) {
    case 'hydrate':
      return hydrate(state, event);
    case 'append':
      return append(state, event);
    case 'status':
      return { ...state, status: event.status };
    case 'findings':
      return {
        ...state,
        findings: event.findings,
        verdict: event.verdict,
        layerVerdicts: event.layerVerdicts,
        chance: event.chance,
        stale: event.stale,
      };
    case 'comparison':
      return { ...state, comparison: event.comparison && comparisonView(event.comparison) };
    case 'refused':
      return { ...state, refusal: event.message };
    case 'no-answer':
      return state.hydrated ? state : { ...state, unanswered: true };
    case 'dismiss-refusal':
      return { ...state, refusal: undefined };
    case 'asked-again':
      return { ...state, outdated: false };
  }
}

function hydrate(state: PageState, { state: sent }: Extract<ToPanel, { type: 'hydrate' }>): PageState {
  return {
    ...state,
    hydrated: true,
    unanswered: false,
    outdated: false,
    refusal: undefined,
    modelName: sent.modelName,
    fileName: sent.fileName,
    uri: sent.uri,
    status: sent.status,
    current: sent.current && runView(sent.current),
    previous: sent.previous && runView(sent.previous),
    findings: sent.findings,
    verdict: sent.verdict,
    layerVerdicts: sent.layerVerdicts,
    chance: sent.chance,
    stale: sent.stale,
    comparison: sent.comparison && comparisonView(sent.comparison),
  };
}

function append(state: PageState, delta: Extract<ToPanel, { type: 'append' }>): PageState {
  const { current, previous } = state;
  if (previous?.id === delta.run && current?.id !== delta.run) return { ...state, previous: grown(previous, delta) };
  if (current === undefined || delta.run > current.id) return { ...state, outdated: true };
  return delta.run < current.id ? state : { ...state, status: delta.status, current: grown(current, delta) };
}

function grown(run: RunView, delta: Extract<ToPanel, { type: 'append' }>): RunView {
  const last = run.records.at(-1)?.step ?? -1;
  const fresh = delta.records.filter(record => record.step > last).map(stepView);
  return {
    ...run,
    records: fresh.length === 0 ? run.records : thinRecords([...run.records, ...fresh]),
    layers: delta.layers.length === 0 ? run.layers : delta.layers.map(layerView),
    throughTime: delta.throughTime.length === 0 ? run.throughTime : delta.throughTime.map(timeSeriesView),
  };
}
