/** What the page says a run came to, and how it offers cures. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerVerdict } from '../../src/diagnosis/layer-verdict';
import type { RunVerdict } from '../../src/diagnosis/verdict';
import type { PanelFix, PanelSymptom } from '../../src/protocol/panel-messages';
import { INITIAL_STATE, reduce } from '../../webview/state/reducer';
import { INITIAL_VIEW } from '../../webview/state/view-state';
import type { Theme } from '../../webview/theme/theme';
import { announcement, describeNoFindings, describeProgress } from '../../webview/views/status-text';
import { symptomsSummary } from '../../webview/views/symptoms';
import type { Actions, Shown } from '../../webview/views/view';
import { FAKE_GLOBALS } from './fake-page';
import { panelFinding, panelRun, panelState } from './run-builder';

vi.mock('../../webview/controls/controls', () => ({
  createButton: (text: string, appearance: string) => {
    const root = document.createElement('vscode-button');
    root.setAttribute('appearance', appearance);
    root.textContent = text;
    return {
      root,
      update: (change: { appearance?: string }) =>
        change.appearance && root.setAttribute('appearance', change.appearance),
    };
  },
  createDropdown: () => ({ root: document.createElement('dropdown'), update: () => undefined }),
  createProgressRing: () => document.createElement('ring'),
}));
vi.mock('../../webview/charts/line-chart', () => ({
  createLineChart: () => ({ draw: () => undefined, destroy: () => undefined }),
}));

beforeEach(() => {
  for (const [name, value] of Object.entries(FAKE_GLOBALS)) vi.stubGlobal(name, value);
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

interface Part {
  readonly tag: string;
  readonly children: readonly (Part | string)[];
  readonly textContent: string;
  readonly hidden: boolean;
  getAttribute(name: string): string | null;
}

/** Every element with this tag, in the order of the page. */
function all(root: unknown, tag: string): readonly Part[] {
  const part = root as Part;
  return [
    ...(part.tag === tag ? [part] : []),
    ...part.children.flatMap(child => (typeof child === 'string' ? [] : all(child, tag))),
  ];
}
const withClass = (root: unknown, tag: string, name: string): Part =>
  all(root, tag).find(part => part.getAttribute('class')?.split(' ').includes(name))!;
const icons = (root: unknown): readonly string[] => all(root, 'svg').map(part => part.getAttribute('class') ?? '');

function shownOf(change: Parameters<typeof panelState>[0] = {}): Shown {
  const message = panelState({
    status: { state: 'done', step: 10, steps: 10, message: '' },
    current: panelRun(1, 3),
    ...change,
  });
  return {
    state: reduce(INITIAL_STATE, { type: 'hydrate', state: message }),
    view: INITIAL_VIEW,
    theme: THEME,
    highlighted: undefined,
  };
}

const TRAINS: RunVerdict = {
  verdict: 'trains',
  label: 'Trains',
  silenced: 0,
  unjudged: [],
  summary: 'Trains: the loss ends at 0.02, where predicting a constant gives 0.165.',
};
const NOT_LEARNING: RunVerdict = {
  verdict: 'not-learning',
  label: 'Not learning, 1 silenced',
  silenced: 1,
  unjudged: [],
  summary:
    'Not learning, 1 silenced: the loss ends at 0.163, where predicting a constant gives 0.165. The file names no data: this is a stand-in task of the same shapes.',
};
const FAULTY: RunVerdict = {
  verdict: 'faulty',
  label: 'Faulty',
  silenced: 0,
  unjudged: [],
  summary: 'Faulty (exploding in time in `memory`): the loss ends at 0.479, where predicting a constant gives 0.165.',
};

describe('the header of a run that is over', () => {
  it('has the sign, the word and the sentence of the verdict', async () => {
    const { createHeader } = await import('../../webview/views/header');
    const header = createHeader(ACTIONS);
    const seen = (change: Parameters<typeof panelState>[0]): readonly (string | undefined)[] => {
      header.update(shownOf(change));
      return [
        icons(header.root)[0],
        withClass(header.root, 'span', 'state-name').textContent,
        withClass(header.root, 'p', 'outcome').textContent,
      ];
    };
    expect(seen({ verdict: TRAINS })).toEqual([
      'icon icon-healthy',
      'Trains',
      'The loss ends at 0.02, where predicting a constant gives 0.165.',
    ]);
    expect(seen({ verdict: NOT_LEARNING })).toEqual([
      'icon icon-neutral',
      'Not learning, 1 silenced',
      'The loss ends at 0.163, where predicting a constant gives 0.165. The file names no data: this is a stand-in task of the same shapes.',
    ]);
    expect(seen({ verdict: FAULTY, findings: [panelFinding({ severity: 'warning' })] })).toEqual([
      'icon icon-warning',
      'Faulty',
      'Exploding in time in memory: the loss ends at 0.479, where predicting a constant gives 0.165.',
    ]);
    expect(seen({ verdict: FAULTY, findings: [panelFinding({ severity: 'error' })] })[0]).toBe('icon icon-error');
  });

  it('says that a run was interrupted, and warns of it', async () => {
    const { createHeader } = await import('../../webview/views/header');
    const header = createHeader(ACTIONS);
    const shown = shownOf({
      status: { state: 'interrupted', step: 3, steps: 10, message: 'The run was interrupted at step 3 of 10.' },
    });
    header.update(shown);
    expect([icons(header.root)[0], withClass(header.root, 'span', 'state-name').textContent]).toEqual([
      'icon icon-warning',
      'Interrupted',
    ]);
    expect(announcement(shown.state)).toBe('The run was interrupted at step 3 of 10.');
  });

  it('has no tick without a verdict', async () => {
    const { createHeader } = await import('../../webview/views/header');
    const header = createHeader(ACTIONS);
    header.update(shownOf());
    expect(icons(header.root)).toEqual(['icon icon-idle']);
  });
});

describe('the words for a run that is over', () => {
  it("give one loss, the verdict's, and are read aloud", () => {
    const { state } = shownOf({ verdict: FAULTY, findings: [panelFinding()] });
    expect(describeProgress(state)).toBe('10 steps');
    const stopped = shownOf({ verdict: FAULTY, status: { state: 'cancelled', step: 3, steps: 10, message: '' } });
    expect(describeProgress(stopped.state)).toBe('3 of 10 steps · loss 0.333');
    expect(announcement(state)).toBe(
      'Training is done: 10 steps. Faulty (exploding in time in memory): the loss ends at 0.479, where predicting a constant gives 0.165. 1 finding.',
    );
  });

  it('do not say of silenced findings that there are none, nor of a run that does not learn that all is well', () => {
    expect(describeNoFindings(shownOf({ verdict: NOT_LEARNING }).state)).toBe(
      'None shown: 1 is silenced by comments or settings.',
    );
    expect(describeNoFindings(shownOf({ verdict: { ...NOT_LEARNING, silenced: 0 } }).state)).toContain(
      'does not learn',
    );
    expect(describeNoFindings(shownOf({ verdict: TRAINS }).state)).toContain('no rule found a fault');
  });
});

describe('the table of layers', () => {
  it('shows the verdicts that the host sent, with what explains a symptom', async () => {
    const { createLayerTable } = await import('../../webview/views/layer-table');
    const table = createLayerTable(ACTIONS);
    const layerVerdicts: readonly LayerVerdict[] = [
      { layer: 'first', text: 'dead units', tone: 'warning', explainedBy: 'learning-rate-too-high in `last`' },
    ];
    table.update(shownOf({ layerVerdicts }));
    const [first, last] = all(table.root, 'td').filter(cell => cell.getAttribute('class')?.startsWith('verdict'));
    expect([first.textContent, first.getAttribute('title')]).toEqual([
      'dead units, explained by learning-rate-too-high in last',
      'explained by learning-rate-too-high in last',
    ]);
    expect([last.textContent, icons(last)]).toEqual(['—', []]);
  });
});

describe('what a finding explains', () => {
  it('is summed up by symptom and layer', () => {
    const symptom = (text: string, layer?: string): PanelSymptom => ({
      text,
      message: '',
      ...(layer !== undefined && { layer }),
    });
    expect(symptomsSummary([symptom('dead units', 'narrow')])).toBe('Also: dead units in `narrow`');
    expect(symptomsSummary([symptom('vanishing', 'a'), symptom('raw input'), symptom('vanishing', 'b')])).toBe(
      'Also: vanishing in `a`, `b`; raw input',
    );
    expect(symptomsSummary(['a', 'b', 'c', 'd', 'e'].map(layer => symptom('dead units', layer)))).toBe(
      'Also: dead units in `a`, `b`, `c` and 2 more',
    );
  });
});

describe('cures', () => {
  const fixes: readonly PanelFix[] = [1, 2, 3, 4, 5].map(norm => ({
    id: 'clip-by-norm',
    title: `Clip gradients to norm ${norm}`,
    preferred: norm === 2,
    ...(norm === 1 && { causal: true }),
  }));

  it('are three in sight, the rest folded, with the one that undoes the cause marked', async () => {
    const { createFindings } = await import('../../webview/views/findings');
    const findings = createFindings(ACTIONS);
    findings.update(shownOf({ findings: [panelFinding({ fixes })] }));
    const lines = all(findings.root, 'li').filter(part => part.getAttribute('class') === 'cure');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      'Apply Clip gradients to norm 1 undoes the cause',
      'Apply Clip gradients to norm 2',
      'Apply Clip gradients to norm 3',
      'Apply Clip gradients to norm 4',
      'Apply Clip gradients to norm 5',
    ]);
    const [folded] = all(findings.root, 'details');
    expect(folded.getAttribute('open')).toBeNull();
    expect(all(folded, 'summary')[0].textContent).toBe('2 more');
    expect(all(folded, 'li')).toEqual(lines.slice(3));
    expect(all(findings.root, 'vscode-button').map(button => button.getAttribute('aria-label'))[0]).toBe(
      'Apply: Clip gradients to norm 1',
    );
  });

  it('say why one that does not undo the cause is preferred', async () => {
    const { createFindings } = await import('../../webview/views/findings');
    const findings = createFindings(ACTIONS);
    const why = 'The other fails.';
    findings.update(
      shownOf({
        findings: [
          panelFinding({
            fixes: [
              { ...fixes[1], why },
              { ...fixes[0], why },
            ],
          }),
        ],
      }),
    );
    const lines = all(findings.root, 'li').filter(part => part.getAttribute('class') === 'cure');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      'Apply Clip gradients to norm 2 The other fails.',
      'Apply Clip gradients to norm 1 undoes the cause',
    ]);
  });

  it('have one button that stands out, on the whole page', async () => {
    const { createFindings } = await import('../../webview/views/findings');
    const { createHeader } = await import('../../webview/views/header');
    const { createComparison } = await import('../../webview/views/comparison');
    const parts = [createHeader(ACTIONS), createFindings(ACTIONS), createComparison(ACTIONS)];
    const row = (id: string, effect: 'original' | 'cures') => ({ id, effect, cells: [id], curves: [] });
    const comparison = {
      state: 'done' as const,
      message: '',
      columns: ['cure'],
      applicable: true,
      rows: [row('', 'original'), row('a', 'cures')],
    };
    for (const part of parts)
      part.update(
        shownOf({ findings: [panelFinding({ fixes }), panelFinding({ rule: 'dead-relu', fixes })], comparison }),
      );
    const primary = parts
      .flatMap(({ root }) => all(root, 'vscode-button'))
      .filter(button => button.getAttribute('appearance') === 'primary');
    expect(primary.map(button => button.getAttribute('aria-label'))).toEqual(['Apply: Clip gradients to norm 2']);
  });

  it('that remove the fault and do not learn have no tick', async () => {
    const { createComparison } = await import('../../webview/views/comparison');
    const comparison = createComparison(ACTIONS);
    const rows = [
      { id: '', effect: 'original' as const, cells: ['Original'], curves: [] },
      { id: 'a', effect: 'removes' as const, cells: ['A'], curves: [] },
    ];
    comparison.update(
      shownOf({ comparison: { state: 'done', message: '', columns: ['cure'], applicable: true, rows } }),
    );
    const line = withClass(comparison.root, 'tr', 'effect-removes');
    expect(line.textContent).toContain('removes the fault; does not learn yet');
    expect(icons(line).filter(name => name.includes('icon-'))).toEqual(['icon icon-neutral']);
  });
});
