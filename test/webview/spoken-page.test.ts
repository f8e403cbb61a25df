/** What a screen reader has of the page, in sight or not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { INITIAL_STATE, reduce } from '../../webview/state/reducer';
import { INITIAL_VIEW } from '../../webview/state/view-state';
import type { Theme } from '../../webview/theme/theme';
import type { Actions, Shown } from '../../webview/views/view';
import type { PanelRun } from '../../src/protocol/panel-messages';
import { FAKE_GLOBALS, find, scroll } from './fake-page';
import { panelFinding, panelRun, panelState } from './run-builder';

const drawings: unknown[] = [];
vi.mock('../../webview/controls/controls', () => ({
  createButton: (text: string) => ({ root: document.createElement(`button-${text}`), update: () => undefined }),
  createProgressRing: () => document.createElement('ring'),
}));
vi.mock('../../webview/charts/line-chart', () => ({
  createLineChart: () => ({ draw: (frame: unknown) => drawings.push(frame), destroy: () => undefined }),
}));

beforeEach(() => {
  for (const [name, value] of Object.entries(FAKE_GLOBALS)) vi.stubGlobal(name, value);
  drawings.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

const BLACK = { r: 0, g: 0, b: 0, a: 1 };
const THEME = { ramp: [BLACK, BLACK], background: BLACK, foreground: BLACK } as unknown as Theme;
const ACTIONS = {
  send: () => undefined,
  changeView: () => undefined,
  highlight: () => undefined,
  goToLayer: () => undefined,
} as unknown as Actions;

function shownOf(
  state: 'running' | 'done',
  current: PanelRun,
  change: Partial<Parameters<typeof panelState>[0]> = {},
): Shown {
  const message = panelState({ status: { state, step: 10, steps: 10, message: '' }, current, ...change });
  return {
    state: reduce(INITIAL_STATE, { type: 'hydrate', state: message }),
    view: INITIAL_VIEW,
    theme: THEME,
    highlighted: undefined,
  };
}

describe('the texts of a chart', () => {
  it('are those of the present run, also while the chart is out of sight', async () => {
    const { createChartSection } = await import('../../webview/views/chart-section');
    const silent = { root: document.createElement('ul'), update: () => undefined };
    const section = createChartSection(
      {
        id: 'a',
        title: 'A chart',
        describeX: String,
        exists: () => true,
        inputs: ({ state }) => [state.current, state.status.state],
        frame: () => ({}) as never,
        summary: ({ state }) => `Summary of ${state.current?.label}`,
        caption: ({ state }) => `Caption of ${state.current?.label}`,
        toolbar: undefined,
        legend: silent,
        bySteps: false,
      },
      ACTIONS,
    );
    const spoken = (): readonly (string | null)[] => [
      find(section.root, 'canvas').getAttribute('aria-label'),
      find(section.root, 'p').textContent,
    ];
    section.update(shownOf('done', panelRun(1, 3, { label: 'Run 1' })));
    await vi.waitFor(() => expect(spoken()).toEqual(['Summary of Run 1', 'Caption of Run 1']));
    expect(drawings).toHaveLength(1);
    scroll(false);
    section.update(shownOf('running', panelRun(2, 3, { label: 'Run 2' })));
    section.update(shownOf('done', panelRun(2, 3, { label: 'Run 2' })));
    await vi.waitFor(() => expect(spoken()).toEqual(['Summary of Run 2', 'Caption of Run 2']));
    expect(drawings).toHaveLength(1);
    scroll(true);
    await vi.waitFor(() => expect(drawings).toHaveLength(2));
  });
});

describe('headings and lines of several parts', () => {
  it('have a space between a heading and its count', async () => {
    const { createFindings } = await import('../../webview/views/findings');
    const { createLayerTable } = await import('../../webview/views/layer-table');
    const shown = shownOf('done', panelRun(1, 3), { findings: [panelFinding()] });
    for (const [view, text] of [
      [createFindings(ACTIONS), 'Findings 1'],
      [createLayerTable(ACTIONS), 'Layers 2'],
    ] as const) {
      view.update(shown);
      expect(find(view.root, 'h2').textContent).toBe(text);
    }
  });

  it('say of a finding its rule, its layer and since when it shows, word by word', async () => {
    const { createFindings } = await import('../../webview/views/findings');
    const findings = createFindings(ACTIONS);
    const message = 'The update of step 1 raises the loss of its own batch from 2.56 to 15.7.';
    findings.update(
      shownOf('done', panelRun(1, 3), {
        findings: [panelFinding({ rule: 'learning-rate-too-high', message, step: 2 })],
      }),
    );
    expect(find(findings.root, 'li').textContent).toContain('learning-rate-too-high Layer first shows from step 2');
  });

  it('name the file, the run and the task apart', async () => {
    const { createHeader } = await import('../../webview/views/header');
    const header = createHeader(ACTIONS);
    header.update(shownOf('done', panelRun(1, 3)));
    expect(find(header.root, 'p').textContent).toBe('a.model.yaml Run 1 · 12:00:00 two spirals, 512 examples');
  });
});
