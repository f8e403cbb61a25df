/** The page's three charts: gradients by step, losses by step, state gradients by time step. */
import { gradientFrames } from '../charts/gradient-frame';
import { lossFrame } from '../charts/loss-frame';
import { gradientCaption, gradientSummary, lossSummary, timeSummary } from '../charts/summary';
import { timeFrame } from '../charts/time-frame';
import { chartedRun, hasSteps } from '../state/charted-run';
import type { PageState } from '../state/reducer';
import type { RunView } from '../state/run-view';
import { createChartSection } from './chart-section';
import { createGradientLegend, createLossLegend, createTimeLegend } from './legends';
import { createGradientToolbar, createLossToolbar } from './toolbars';
import type { Actions, View } from './view';

export function createGradientChart(actions: Actions): View {
  const frameOf = gradientFrames();
  return createChartSection(
    {
      id: 'gradients',
      title: 'Gradient norm by layer',
      describeX: step => `Step ${step}`,
      exists: ({ state }) => hasSteps(state),
      inputs: ({ state, view, theme, highlighted }) => [
        state.current?.records,
        state.previous,
        state.status.state,
        view,
        theme,
        highlighted,
      ],
      frame: ({ state, view, theme, highlighted }) => frameOf(runOf(state), state.previous, view, theme, highlighted),
      summary: ({ state, view }) => gradientSummary(runOf(state), view.showPrevious ? state.previous : undefined),
      caption: ({ state }) => gradientCaption(runOf(state)),
      toolbar: createGradientToolbar(actions),
      legend: createGradientLegend(actions),
      bySteps: true,
    },
    actions,
  );
}

export function createLossChart(actions: Actions): View {
  return createChartSection(
    {
      id: 'loss',
      title: 'Loss',
      describeX: step => `Step ${step}`,
      exists: ({ state }) => hasSteps(state),
      inputs: ({ state, view, theme }) => [state.current?.records, state.previous, state.status.state, view, theme],
      frame: ({ state, view, theme }) => lossFrame(runOf(state), state.previous, view, theme),
      summary: ({ state }) => lossSummary(runOf(state)),
      caption: () => '',
      toolbar: createLossToolbar(actions),
      legend: createLossLegend(actions),
      bySteps: true,
    },
    actions,
  );
}

export function createTimeChart(actions: Actions): View {
  return createChartSection(
    {
      id: 'time',
      title: 'State gradient through time',
      describeX: timeStep => `Time step ${timeStep}`,
      exists: ({ state }) => (state.current?.throughTime.length ?? 0) > 0,
      inputs: ({ state, theme }) => [state.current?.throughTime, state.status.state, theme],
      frame: ({ state, theme }) => timeFrame(runOf(state), theme),
      summary: ({ state }) => `Norm of the loss gradient by the state, by time step. ${timeSummary(runOf(state))}`,
      caption: ({ state }) => timeSummary(runOf(state)),
      toolbar: undefined,
      legend: createTimeLegend(actions),
      bySteps: false,
    },
    actions,
  );
}

/** Charts are asked to draw only while there is something to chart. */
function runOf(state: PageState): RunView {
  const run = chartedRun(state);
  if (run === undefined) throw new Error('A chart was drawn without a run.');
  return run;
}
