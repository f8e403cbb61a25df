/** A front end that registers itself gets all that is offered for model files: no other code knows of it. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { diagnose } from '../../src/diagnosis/diagnose';
import { startOf } from '../../src/diagnosis/first-steps';
import { RULE_IDS } from '../../src/diagnosis/rule-ids';
import type { CureComparison } from '../../src/extension/cures/comparisons';
import { CureFinder } from '../../src/extension/cures/cure-finder';
import type { Verification, Verifications } from '../../src/extension/cures/verifications';
import type { ModelDocuments } from '../../src/extension/documents/model-documents';
import { FindingActions } from '../../src/extension/cures/finding-actions';
import { placeFinding } from '../../src/extension/findings/place-finding';
import { presentFindings } from '../../src/extension/findings/present-findings';
import { isStale, panelState } from '../../src/extension/panel/panel-state';
import type { ModelRuns } from '../../src/extension/runs/model-runs';
import type { RecordedRun } from '../../src/extension/runs/recorded-run';
import { readRunFile, writeRunFile } from '../../src/extension/stored/run-file';
import type { Source } from '../../src/frontends/frontend';
import { withPlacesOf } from '../../src/frontends/moved-source';
import { frontEndOf, readLike, registerFrontEnd } from '../../src/frontends/registry';
import { applyChanges } from '../../src/model/apply-changes';
import { LEARNING_RATE_PLACE } from '../../src/model/place';
import { HistoryRecorder } from '../../src/record/recorder';
import { applyEdits } from '../../src/text/compose-edits';
import { createJob } from '../../src/training/job';
import { changeModel } from '../../src/verification/change-source';
import { compareCures } from '../../src/verification/compare-cures';
import { verifyFixes, type FaultyRun, type VerifiedFixes } from '../../src/verification/verify-fixes';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { scratchFolder, train } from '../cli/train-harness';
import { runTrial } from '../verification/in-process';
import { TOY_REASON, toyFrontEnd } from './toy-front-end';

vi.mock('vscode', async () => {
  const { FAKE_VSCODE } = await import('../extension/fake-vscode');
  const named = (...names: readonly string[]) =>
    class {
      constructor(...values: readonly unknown[]) {
        names.forEach((name, index) => Object.assign(this, { [name]: values[index] }));
      }
      intersection() {
        return this;
      }
    };
  return {
    ...FAKE_VSCODE,
    Range: named('start', 'end'),
    CodeAction: named('title', 'kind'),
    CodeActionKind: { QuickFix: { intersects: () => true } },
    Diagnostic: named('range', 'message'),
    DiagnosticSeverity: {},
    DiagnosticRelatedInformation: named('location', 'message'),
    Location: named('uri', 'range'),
    WorkspaceEdit: class {
      replace() {
        return undefined;
      }
    },
  };
});

const TOO_FAST = 'toy 4 8 6 1 relu rate 30';
const file = scratchFolder();
const OPTIONS = { seeds: 2, concurrency: 1 };

function read(text: string): Source {
  return frontEndOf('a.toy')!.read(text, { fileName: 'a.toy', rules: RULE_IDS });
}

function run(text: string): RecordedRun {
  const source = read(text);
  const model = source.model!;
  const job = createJob(model, { memoryLimitBytes: 2 ** 28, kernels: 'reference' });
  const history = new HistoryRecorder(job.layout);
  for (let record = job.step(); record; record = job.step()) history.append([record]);
  history.finish(job.outcome!);
  return { id: 1, startedAt: 0, source, model, history, findings: diagnose(model, history) };
}

function faulty(recorded: RecordedRun): FaultyRun {
  return { ...recorded, finding: recorded.findings[0] };
}

/** What the text has where a source points. */
const shown = (source: Source, place: Parameters<Source['rangeOf']>[0]): string => {
  const { start, end } = source.rangeOf(place);
  return source.text.slice(start, end);
};

let unregister: () => void;
const register = (writesRate: boolean) => () => void (unregister = registerFrontEnd(toyFrontEnd(writesRate)));
afterEach(() => unregister());

describe('a front end that cannot write', () => {
  beforeEach(register(false));

  it('reads its files, says what is wrong with them, and is gone when it is taken out', () => {
    expect(read(TOO_FAST).model).toMatchObject({ optimizer: { type: 'sgd', learningRate: 30 } });
    expect(read('toy 4 relu').problems.map(({ code }) => code)).toEqual(['syntax']);
    unregister();
    expect(frontEndOf('a.toy')).toBeUndefined();
    register(false)();
  });

  it('gets findings at its places, also while a word is being typed', () => {
    const recorded = run(TOO_FAST);
    const [finding] = recorded.findings;
    expect(finding.rule).toBe('learning-rate-too-high');
    expect(shown(recorded.source, finding.at)).toBe('30');
    const typed = withPlacesOf(recorded.source, read('toy 4 8 6 1 rel rate 30'));
    const [present] = presentFindings(recorded, typed, {});
    expect(typed.text.slice(present.range.start, present.range.end)).toBe('30');
  });

  it('gets predictions, through the analysis in another process', async () => {
    const source = read('toy 4 8 8 8 8 8 8 8 8 8 8 8 1 sigmoid rate 0.1');
    const model = source.model!;
    const starts = [0, 1, 2].map(
      async index => (await runTrial(startOf(model, index), new AbortController().signal)).history,
    );
    const predicted = await inProcessAnalysis().predict({ source, model }, await Promise.all(starts), {});
    expect(predicted.map(({ rule }) => rule)).toContain('vanishing-gradient');
  });

  it('has its cures measured on the changed model, and offered with their effect and the reason', async () => {
    const recorded = run(TOO_FAST);
    const { verdict, fixes, candidates } = await verifyFixes(faulty(recorded), runTrial, OPTIONS);
    expect(verdict).toBe('cured');
    expect(fixes[0]).toMatchObject({ preferred: true, edits: [], notWritable: TOY_REASON });
    expect(fixes[0].title).toContain('trains with 4 of 4 fresh seeds');
    expect(candidates.every(({ notWritable }) => notWritable === TOY_REASON)).toBe(true);
    const [changes] = fixes[0].changes;
    expect(changeModel(recorded.source, [changes]).model).toEqual(applyChanges(recorded.model, changes).model);
  });

  it('shows them in the panel and the light bulb', async () => {
    const recorded = run(TOO_FAST);
    const verified = await verifyFixes(faulty(recorded), runTrial, OPTIONS);
    const comparison = await compareCures(faulty(recorded), runTrial, OPTIONS);
    const state = await panelOf(recorded, recorded.source, verified, {
      run: recorded,
      finding: recorded.findings[0],
      state: { kind: 'done', comparison },
    });
    expect(state.stale).toBe(false);
    expect(state.verdict?.verdict).toBe('faulty');
    expect(state.findings[0].fixes[0]).toMatchObject({ preferred: true, notWritable: TOY_REASON });
    expect(state.findings[0].fixes[0].title).toContain('trains with 4 of 4 fresh seeds');
    const rows = state.comparison!.rows.filter(({ effect }) => effect !== 'original');
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every(({ notWritable }) => notWritable === TOY_REASON)).toBe(true);
    expect(rows[0].effect).toBe('cures');
    const cures = (await lightBulb(recorded, verified)).filter(({ disabled }) => disabled);
    expect(cures.length).toBeGreaterThan(0);
    expect(cures.every(({ disabled, edit }) => disabled?.reason === TOY_REASON && !edit)).toBe(true);
  });

  it('is silenced by its own words, and stale only where it means something else', () => {
    const recorded = run(TOO_FAST);
    const now = (text: string) => ({ source: read(text), places: read(text) });
    expect(isStale(recorded, now('toy 4 8 6 1 relu   rate 30.0'))).toBe(false);
    expect(isStale(recorded, now('toy 4 8 6 1 relu rate 3'))).toBe(true);
    const [{ rule, at }] = recorded.findings;
    const silenced = read(applyEdits(TOO_FAST, [recorded.source.ignore(rule)!]));
    expect(presentFindings(recorded, silenced, {})).toHaveLength(recorded.findings.length - 1);
    expect(placeFinding(recorded.source, read('toy 4 8 6 1 relu rate 3'), at)).toBeUndefined();
    const other = read('toy 4 7 6 1 relu rate 30');
    expect(placeFinding(recorded.source, other, at)).toEqual(at);
    expect(placeFinding(recorded.source, other, { layer: 'dense1' })).toBeUndefined();
  });

  it('keeps its runs over a reload', async () => {
    const recorded = run(TOO_FAST);
    const status = { state: 'done', step: 1, steps: 1, message: '' } as const;
    const bytes = await writeRunFile({ status, current: recorded, previous: undefined, failure: undefined });
    const { state } = await readRunFile(bytes);
    expect(state.current?.source).toMatchObject({ frontEnd: 'toy', text: TOO_FAST, model: recorded.model });
  });

  it('is trained by the command line, which lists its cures and says why it writes none', async () => {
    const path = file('a.toy', TOO_FAST);
    const { code, out } = await train(path, '--fix');
    expect(code).toBe(1);
    expect(out).toContain(`Not written by --fix: ${TOY_REASON}`);
    expect(out).toContain(`Nothing was written: ${TOY_REASON}`);
    expect(readFileSync(path, 'utf8')).toBe(TOO_FAST);
  });
});

describe('a front end that writes the learning rate', () => {
  beforeEach(register(true));

  it('has that cure written, and the others offered with the reason', async () => {
    const recorded = run(TOO_FAST);
    const [finding] = recorded.findings;
    const { proposed } = await inProcessAnalysis().propose(recorded, recorded, finding, []);
    const [written, others] = [true, false].map(is => proposed.filter(fix => (fix.notWritable === undefined) === is));
    expect(written.map(({ id }) => id)).toEqual(['lower-learning-rate']);
    expect(others.length).toBeGreaterThan(0);
    const { start, end } = recorded.source.rangeOf(LEARNING_RATE_PLACE);
    expect(written[0].edits.map(({ range }) => range)).toEqual([{ start, end }]);
  });

  it('has it written by the command line', async () => {
    const path = file('b.toy', TOO_FAST);
    const { code, out } = await train(path, '--fix');
    expect(out).toContain(`-${TOO_FAST}`);
    const { model } = readLike(read(TOO_FAST), readFileSync(path, 'utf8'));
    expect(model!.optimizer.learningRate).toBeLessThan(30);
    expect(code).toBe(0);
  });
});

async function panelOf(
  recorded: RecordedRun,
  source: Source,
  verified: VerifiedFixes,
  comparison: CureComparison,
): Promise<ReturnType<typeof panelState>> {
  const verification = verificationOf(recorded, verified);
  const finder = new CureFinder(inProcessAnalysis(), () => undefined);
  const present = presentFindings(recorded, source, {});
  const cures = await Promise.all(
    present.map(finding => finder.find({ run: recorded, present: finding, source, verification })),
  );
  return panelState(
    { name: 'a.toy', uri: 'file:///a.toy' },
    {
      status: { state: 'done', step: 60, steps: 60, message: '' },
      current: recorded,
      previous: undefined,
      failure: undefined,
    },
    { source, places: source },
    {},
    { of: finding => cures[present.indexOf(finding)] ?? [], verification, comparison, seeds: undefined },
  );
}

function verificationOf(recorded: RecordedRun, verified: VerifiedFixes): Verification {
  return { finding: recorded.findings[0], state: { kind: 'done', verified } };
}

function lightBulb(recorded: RecordedRun, verified: VerifiedFixes): Promise<readonly vscode.CodeAction[]> {
  const text = {
    uri: { toString: () => 'a' },
    positionAt: (offset: number) => offset,
  } as unknown as vscode.TextDocument;
  const { source } = recorded;
  const actions = new FindingActions(
    { current: () => ({ text, source, places: source }) } as unknown as ModelDocuments,
    { get: () => ({ current: recorded }) } as unknown as ModelRuns,
    { get: () => verificationOf(recorded, verified) } as unknown as Verifications,
    new CureFinder(inProcessAnalysis(), () => undefined),
    () => 'page' as unknown as vscode.Uri,
  );
  return actions.provideCodeActions(text, {} as vscode.Range, {} as vscode.CodeActionContext);
}
