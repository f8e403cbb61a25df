/** What lens, status bar, hover and panel say a run came to. */
import type { WrittenFix } from '../../src/verification/change-source';
import { describe, expect, it, vi } from 'vitest';
import { presentFindings, silencedFindings } from '../../src/extension/findings/present-findings';
import { presentVerdict } from '../../src/extension/findings/present-verdict';
import { lensText, statusBarText } from '../../src/extension/findings/verdict-text';
import { panelFindings, panelState, type PresentCures } from '../../src/extension/panel/panel-state';
import type { RecordedRun } from '../../src/extension/runs/recorded-run';
import type { RuleSeverities } from '../../src/extension/settings/settings';
import { CureFinder } from '../../src/extension/cures/cure-finder';
import type { Verification, VerificationState } from '../../src/extension/cures/verifications';
import type { Fix } from '../../src/fixes/fix';
import { HistoryRecorder } from '../../src/record/recorder';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { exampleRun } from './example-run';
import { readSource } from '../read-source';

vi.mock('vscode', async () => (await import('./fake-vscode')).FAKE_VSCODE);

const dead = (): RecordedRun => exampleRun('dead-relu.model.yaml');
const iris = (): RecordedRun => exampleRun('healthy-iris.model.yaml');
const flat = (): RecordedRun =>
  exampleRun('exploding-rnn.model.yaml', text =>
    text
      .replace(/ {4}recurrent_initializer.*\n/, '')
      .replace(/input: \[\d+/, 'input: [100')
      .replace(/steps: \d+/, 'steps: 80'),
  );
const chance = (trainsIn: number) => ({ seeds: 16, firstSeed: 1, trainsIn, found: [], summary: '' });
const said = (run: RecordedRun, rules: RuleSeverities = {}) => {
  const verdict = presentVerdict(run, rules);
  return [lensText(verdict, run.chance), statusBarText(verdict)];
};

describe('the verdict on a run', () => {
  it('is "Trains" with the loss of a run that learns', () => {
    expect(said(iris())).toEqual([expect.stringMatching(/^Last run: Trains · loss 0\.\d+$/), '$(pass) Trains']);
  });

  it('is "Not learning" beside the constant\'s loss, though no rule found anything', () => {
    expect(said({ ...flat(), findings: [] })).toEqual([
      expect.stringMatching(/^Not learning · loss 0\.1\d+ \(constant 0\.16\d*\)$/),
      '$(circle-slash) Not learning',
    ]);
  });

  it('is "Faulty" with the root', () => {
    expect(said(dead())).toEqual([
      expect.stringMatching(/^Faulty: rate too high · loss \S+ \(constant \S+\)$/),
      expect.stringMatching(/^\$\((error|warning)\) Faulty$/),
    ]);
  });

  it('of a run that trains is "Not learning" where other seeds fail', () => {
    const run = { ...iris(), chance: chance(11) };
    expect(said(run)).toEqual([
      expect.stringMatching(/^Not learning · trains with 11 of 16 seeds · loss 0\.\d+$/),
      '$(circle-slash) Not learning',
    ]);
    expect(presentVerdict({ ...iris(), chance: chance(16) }, {}).run).toMatchObject({ verdict: 'trains' });
  });

  it('says how many findings a setting or a comment silences', () => {
    const rules = { 'learning-rate-too-high': 'off' } as const;
    expect(silencedFindings(dead(), rules).map(({ rule }) => rule)).toEqual(['learning-rate-too-high']);
    expect(said(dead(), rules)[1]).toBe('$(circle-slash) Not learning, 1 silenced');
    const now = readSource(`# gradient-health: ignore learning-rate-too-high\n${dead().source.text}`);
    expect(presentVerdict(dead(), {}, now).run?.label).toBe('Not learning, 1 silenced');
    expect(presentVerdict(dead(), {}).run?.label).toBe('Faulty');
  });

  it('of a run that goes on is open, and so is every layer before anything is found', () => {
    const { layout, records } = iris().history;
    const history = new HistoryRecorder(layout);
    history.append(records.slice(0, 2));
    expect(presentVerdict({ ...iris(), history, findings: [] }, {})).toMatchObject({ run: undefined, layers: [] });
    const early = { ...dead().findings[0], layer: layout.layers[0].path };
    const found = presentVerdict({ ...iris(), history, findings: [early] }, {});
    expect(found.run).toBeUndefined();
    expect(found.layers.map(({ text }) => text)).toEqual(['rate too high', ...layout.layers.slice(1).map(() => '—')]);
  });
});

/** The findings in the panel once their cures have been made. */
async function shownIn(run: RecordedRun, verification?: Verification) {
  const { source } = run;
  const finder = new CureFinder(inProcessAnalysis(), () => undefined);
  const of: PresentCures['of'] = present => finder.known({ run, present, source, verification }) ?? [];
  const shown = () => panelFindings(run, { source, places: source }, {}, { verification, of });
  const found = new Promise<void>(resolve => finder.onDidFind(() => resolve()));
  expect(shown().flatMap(({ fixes }) => fixes)).toEqual([]);
  await found;
  return shown();
}

describe('the panel', () => {
  const NOTHING = { of: () => [], verification: undefined, comparison: undefined, seeds: undefined };
  const stateOf = (run: RecordedRun) =>
    panelState(
      { name: 'a', uri: 'a' },
      {
        status: { state: 'done', step: 1, steps: 1, message: '' },
        current: run,
        previous: undefined,
        failure: undefined,
      },
      { source: run.source, places: run.source },
      {},
      NOTHING,
    );

  it('is given the verdict, and a word a layer with the root that explains it', () => {
    const { verdict, layerVerdicts } = stateOf(dead());
    expect(verdict?.verdict).toBe('faulty');
    expect(layerVerdicts.map(({ layer }) => layer)).toEqual(dead().history.layout.layers.map(({ path }) => path));
    expect(layerVerdicts.find(({ layer }) => layer === 'narrow')).toMatchObject({
      text: 'dead units',
      explainedBy: 'learning-rate-too-high',
    });
    expect(layerVerdicts.some(({ tone }) => tone === 'healthy')).toBe(false);
  });

  it('shows under the root what it explains', () => {
    expect(stateOf(dead()).findings[0].symptoms).toContainEqual(
      expect.objectContaining({ text: 'dead units', layer: 'narrow' }),
    );
  });

  it('says with how many seeds the model trains, in numbers', () => {
    const text = (trainsIn: number) => stateOf({ ...iris(), chance: chance(trainsIn) }).chance?.message;
    expect([text(16), text(11), text(0)]).toEqual([
      'Seeds 1 to 16 tried: the model trains with all 16.',
      'Seeds 1 to 16 tried: the model trains with 11 of 16.',
      'Seeds 1 to 16 tried: the model trains with none of 16.',
    ]);
  });

  it('marks the cure that undoes the cause, puts it first, and prefers none that was not measured', async () => {
    const run = {
      ...dead(),
      findings: dead().findings.map(finding => ({ ...finding, causal: finding.fixes.slice(-1) })),
    };
    const [{ fixes }] = await shownIn(run);
    expect(fixes.length).toBeGreaterThan(1);
    expect(fixes.filter(({ preferred }) => preferred)).toEqual([]);
    expect(fixes.map(({ causal }) => causal)).toEqual([true, ...fixes.slice(1).map(() => undefined)]);
    expect(run.findings[0].fixes.at(-1)).toBe('clip-by-value');
    expect(fixes[0].title).toMatch(/^Clip every element/);
  });
});

describe('measured cures', () => {
  it('have names of their own, also where a pair begins with the same edit as a single cure', async () => {
    const run = dead();
    const [finding] = run.findings;
    const [first, second] = finding.fixes;
    const fix = (parts: Fix['parts']): WrittenFix => ({
      id: first,
      title: 'A cure',
      changes: [],
      edits: [],
      preferred: false,
      ...(parts && { parts }),
    });
    const fixes = [fix([{ id: first }, { id: second }]), fix(undefined), fix([{ id: first, value: 0.01 }])];
    const state = {
      kind: 'done',
      verified: { verdict: 'cured', fixes, candidates: [], ended: 'complete' },
    } as unknown as VerificationState;
    const [shown] = await shownIn(run, { finding, state });
    expect(new Set(shown.fixes.map(({ id }) => id)).size).toBe(shown.fixes.length);
  });

  it('keep the order of what they do, also before one that undoes the cause and does not train', async () => {
    const run = dead();
    const finding = { ...run.findings[0], causal: run.findings[0].fixes.slice(0, 1) };
    const [causal, other] = finding.fixes;
    const fixes: readonly WrittenFix[] = [other, causal].map(id => ({
      id,
      title: id,
      changes: [],
      edits: [],
      preferred: false,
    }));
    const state = {
      kind: 'done',
      verified: { verdict: 'improved', fixes, candidates: [], ended: 'out-of-time' },
    } as unknown as VerificationState;
    const [shown] = await shownIn({ ...run, findings: [finding] }, { finding, state });
    expect(shown.fixes.map(({ title }) => title)).toEqual([other, causal]);
  });

  it('say in the panel why one is preferred', async () => {
    const run = dead();
    const [finding] = run.findings;
    const fixes: readonly WrittenFix[] = [
      { id: finding.fixes[1], title: 'A cure', changes: [], edits: [], preferred: true, why: 'The other fails.' },
    ];
    const state = {
      kind: 'done',
      verified: { verdict: 'cured', fixes, candidates: [], ended: 'complete' },
    } as unknown as VerificationState;
    const [shown] = await shownIn(run, { finding, state });
    expect(shown.fixes[0]).toMatchObject({ preferred: true, why: 'The other fails.' });
  });
});

describe('a symptom in the Problems view', () => {
  it('stands at its own layer, not where its cause is written', () => {
    const run = dead();
    const [{ finding, range }] = presentFindings(run, run.source, {});
    const place = finding.related.find(({ layer }) => layer === 'narrow')!;
    const symptom = run.source.rangeOf(place.at);
    const lineOf = (offset: number): string =>
      run.source.text.split('\n')[run.source.text.slice(0, offset).split('\n').length - 1];
    expect(lineOf(symptom.start)).toContain('name: narrow');
    expect(lineOf(range.start)).toContain('learning_rate');
  });
});
