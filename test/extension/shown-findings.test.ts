import { describe, expect, it } from 'vitest';
import type { Finding, RuleId } from '../../src/diagnosis/finding';
import { applySeverities } from '../../src/extension/findings/apply-severities';
import { PersistentFindings } from '../../src/extension/runs/persistent-findings';
import { presentFindings, shownFindings } from '../../src/extension/findings/present-findings';
import type { Source } from '../../src/frontends/frontend';
import { withPlacesOf } from '../../src/frontends/moved-source';
import type { RecordedRun } from '../../src/extension/runs/recorded-run';
import { HistoryRecorder } from '../../src/record/recorder';
import { buildRun, stuck } from '../diagnosis/history-builder';
import { readSource } from '../read-source';

const finding = (rule: RuleId, layer?: string): Finding => ({
  rule,
  layer,
  severity: 'warning',
  at: { layer: 'dense1' },
  message: '',
  measured: {},
  step: 3,
  related: [],
  fixes: [],
});

describe('severities of the settings', () => {
  it('change the severity of a rule and leave out what is off', () => {
    const findings = [finding('dead-relu'), finding('non-finite'), finding('vanishing-gradient')];
    const shown = applySeverities(findings, { 'dead-relu': 'off', 'non-finite': 'error' });
    expect(shown.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['non-finite', 'error'],
      ['vanishing-gradient', 'warning'],
    ]);
  });
});

describe('comments in the model file', () => {
  const TEXT = 'input: [4]\nlayers:\n  - { type: dense, units: 4, activation: relu }\nloss: mse\n';
  const run = (text: string): RecordedRun => {
    const source = readSource(text);
    const { layout, records } = buildRun({ layers: [{ name: 'only' }], loss: stuck }).history;
    const history = new HistoryRecorder(layout);
    history.append(records);
    return {
      id: 1,
      startedAt: 0,
      source,
      model: source.model!,
      history,
      findings: [finding('dead-relu'), finding('vanishing-gradient')],
    };
  };
  const names = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
  const silencing = (rule: RuleId): string => TEXT.replace('relu }', `relu } # gradient-health: ignore ${rule}`);

  it('silence a finding as soon as they are written, with no other run, and let it speak when they are gone', () => {
    expect(names(shownFindings(run(TEXT), {}))).toEqual(['dead-relu', 'vanishing-gradient']);
    expect(names(shownFindings(run(TEXT), {}, readSource(silencing('dead-relu'))))).toEqual(['vanishing-gradient']);
    const trained = run(silencing('vanishing-gradient'));
    expect(names(shownFindings(trained, {}))).toEqual(['dead-relu']);
    expect(names(shownFindings(trained, {}, readSource(TEXT)))).toEqual(['dead-relu', 'vanishing-gradient']);
  });

  it('follow their layer, and count of the trained text where that layer is gone', () => {
    const moved = silencing('dead-relu').replace('layers:\n', 'layers:\n  - { type: flatten }\n');
    expect(presentFindings(run(TEXT), readSource(moved), {}).map(({ finding: { rule, at } }) => [rule, at])).toEqual([
      ['vanishing-gradient', { layer: 'dense1' }],
    ]);
    const gone = readSource(TEXT.replace('units: 4', 'units: 5'));
    expect(names(shownFindings(run(silencing('dead-relu')), {}, gone))).toEqual(['vanishing-gradient']);
  });
});

describe('findings of a text that is being typed', () => {
  const TEXT = 'input: [4]\nlayers:\n  - { type: dense, units: 4, activation: relu }\nloss: mse\n';
  const run = (): RecordedRun => {
    const source = readSource(TEXT);
    const { layout, records } = buildRun({ layers: [{ name: 'only' }], loss: stuck }).history;
    const history = new HistoryRecorder(layout);
    history.append(records);
    return { id: 1, startedAt: 0, source, model: source.model!, history, findings: [finding('dead-relu')] };
  };
  const shownIn = (trained: RecordedRun, text: string, last?: Source): readonly string[] =>
    presentFindings(trained, withPlacesOf(last, readSource(text)), {}).map(({ range }) =>
      text.slice(range.start, range.end),
    );

  it('stay where they stood with every key, until the text says something else', () => {
    const trained = run();
    const typed = `${TEXT}clip: { type: norm, max: 1 }\n`;
    const closing = typed.indexOf('}', TEXT.length);
    for (let length = TEXT.length; length <= closing; length++) {
      const text = typed.slice(0, length);
      expect(shownIn(trained, text, trained.source), text).toEqual(['type: dense']);
      // A file that is opened so has no earlier text than that of its run.
      expect(shownIn(trained, text), text).toEqual(['type: dense']);
    }
    expect(shownIn(trained, typed, trained.source)).toEqual([]);
  });

  it('stay away where the last text that had a model said something else', () => {
    const other = readSource(TEXT.replace('units: 4', 'units: 5'));
    expect(shownIn(run(), `${TEXT}cl`, other)).toEqual([]);
  });
});

describe('findings of a running model', () => {
  it('are shown once they have stood in three looks in a row', () => {
    const looks = new PersistentFindings();
    const [steady, flicker] = [finding('exploding-gradient', 'a'), finding('dead-relu', 'b')];
    expect(looks.look([steady, flicker])).toEqual([]);
    expect(looks.look([steady])).toEqual([]);
    expect(looks.look([steady, flicker])).toEqual([steady]);
  });

  it('stay as they were first shown while only their numbers change', () => {
    const looks = new PersistentFindings();
    looks.look([finding('dead-relu', 'a')]);
    looks.look([finding('dead-relu', 'a')]);
    const shown = looks.look([finding('dead-relu', 'a')]);
    expect(shown).toHaveLength(1);
    expect(looks.look([finding('dead-relu', 'a')])).toBe(shown);
    expect(looks.look([])).toEqual([]);
  });

  it('tell layers apart', () => {
    const looks = new PersistentFindings();
    looks.look([finding('dead-relu', 'a')]);
    looks.look([finding('dead-relu', 'b')]);
    expect(looks.look([finding('dead-relu', 'b')])).toEqual([]);
  });
});
