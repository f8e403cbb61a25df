/** The page's three charts: gradients by step, losses by step, state gradients by time step. */
import { gradientFrames } from '../charts/gradient-frame';
import { lossFrame } from '../charts/loss-frame';
import { gradientCaption, gradientSummary, lossSummary, timeSummary } from '../charts/summary';
import { timeFrame } from '../charts/time-frame';
import type { RunView } from '../state/run-view';
import { createChartSection } from './chart-section';
import { createGradientLegend, createLossLegend, createTimeLegend } from './legends';
import { createGradientToolbar, createLossToolbar } from './toolbars';
import type { Actions, Shown, View } from './view';

export function createGradientChart(actions: Actions): View {
  const frameOf = gradientFrames();
  return createChartSection({
    id: 'gradients',
    title: 'Gradient norm by layer',
    describeX: (step) => `Step ${step}`,
    exists: hasRecords,
    inputs: ({ state, view, theme, highlighted }) =>
      [state.current?.records, state.current?.layers.length, state.previous, state.status.state, view, theme, highlighted],
    frame: ({ state, view, theme, highlighted }) => frameOf(currentOf(state.current), state.previous, view, theme, highlighted),
    summary: ({ state, view }) => gradientSummary(currentOf(state.current), view.showPrevious ? state.previous : undefined),
    caption: ({ state }) => gradientCaption(currentOf(state.current)),
    toolbar: createGradientToolbar(actions),
    legend: createGradientLegend(actions),
    bySteps: true,
  }, actions);
}

export function createLossChart(actions: Actions): View {
  return createChartSection({
    id: 'loss',
    title: 'Loss',
    describeX: (step) => `Step ${step}`,
    exists: hasRecords,
    inputs: ({ state, view, theme }) => [state.current?.records, state.previous, state.status.state, view, theme],
    frame: ({ state, view, theme }) => lossFrame(currentOf(state.current), state.previous, view, theme),
    summary: ({ state }) => lossSummary(currentOf(state.current)),
    caption: () => '',
    toolbar: createLossToolbar(actions),
    legend: createLossLegend(actions),
    bySteps: true,
  }, actions);
}

export function createTimeChart(actions: Actions): View {
  return createChartSection({
    id: 'time',
    title: 'State gradient through time',
    describeX: (timeStep) => `Time step ${timeStep}`,
    exists: (shown) => hasRecords(shown) && (shown.state.current?.throughTime.length ?? 0) > 0,
    inputs: ({ state, theme }) => [state.current?.throughTime, state.status.state, theme],
    frame: ({ state, theme }) => timeFrame(currentOf(state.current), theme),
    summary: ({ state }) => `Norm of the loss gradient by the state, by time step. ${timeSummary(currentOf(state.current))}`,
    caption: ({ state }) => timeCaption(currentOf(state.current)),
    toolbar: undefined,
    legend: createTimeLegend(actions),
    bySteps: false,
  }, actions);
}

function timeCaption(run: RunView): string {
  const step = run.throughTime[0]?.step;
  return `${step === undefined ? 'From the latest measured step' : `From training step ${step}`}. ${timeSummary(run)}`;
}

function hasRecords({ state }: Shown): boolean {
  return (state.current?.records.length ?? 0) > 0;
}

/** Charts are asked to draw only while they exist, which takes a run. */
function currentOf(run: RunView | undefined): RunView {
  if (run === undefined) throw new Error('A chart was drawn without a run.');
  return run;
}
