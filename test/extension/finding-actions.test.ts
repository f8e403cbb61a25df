/** The light bulb of a finding. */
import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Verification, Verifications } from '../../src/extension/cures/verifications';
import type { ModelDocuments } from '../../src/extension/documents/model-documents';
import { FindingActions } from '../../src/extension/cures/finding-actions';
import type { ModelRuns } from '../../src/extension/runs/model-runs';
import { CureFinder } from '../../src/extension/cures/cure-finder';
import { proposeFixes } from '../../src/fixes/propose';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { exampleRun } from './example-run';

vi.mock('vscode', async () => {
  const { FAKE_VSCODE } = await import('./fake-vscode');
  const named = (...names: readonly string[]) =>
    class {
      constructor(...values: readonly unknown[]) {
        names.forEach((name, index) => Object.assign(this, { [name]: values[index] }));
      }
    };
  return {
    ...FAKE_VSCODE,
    Range: class {
      intersection() {
        return this;
      }
    },
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

const run = exampleRun('too-large-initialization.model.yaml');
const TEXT = { uri: { toString: () => 'a' }, positionAt: (offset: number) => offset } as unknown as vscode.TextDocument;

const cureFinder = new CureFinder(inProcessAnalysis(), () => undefined);

function offered(verification?: Verification, finder = cureFinder): Promise<readonly vscode.CodeAction[]> {
  const snapshot = { text: TEXT, source: run.source, places: run.source };
  const actions = new FindingActions(
    { current: () => snapshot } as unknown as ModelDocuments,
    { get: () => ({ current: run }) } as unknown as ModelRuns,
    { get: () => verification } as unknown as Verifications,
    finder,
    () => 'page' as unknown as vscode.Uri,
  );
  return actions.provideCodeActions(TEXT, {} as vscode.Range, {} as vscode.CodeActionContext);
}

describe('cures in the light bulb', () => {
  const [finding] = run.findings;
  const proposed = proposeFixes({ model: run.model, history: run.history, finding });

  it('are three, the one that undoes the cause first and marked, and an entry for the rest', async () => {
    const edits = (await offered()).filter(({ edit, isPreferred }) => edit && isPreferred !== undefined);
    expect(edits.map(({ title }) => title)).toEqual([
      `${proposed[0].title} (undoes the cause)`,
      proposed[1].title,
      proposed[2].title,
    ]);
    const rest = (await offered()).find(
      ({ title }) => title === `${proposed.length - 3} more cures: show them in the panel`,
    );
    expect(rest?.command?.command).toBe('gradientHealth.showPanel');
  });

  it('are not preferred before they were measured, and say that they are being measured', async () => {
    expect((await offered()).filter(({ isPreferred }) => isPreferred)).toEqual([]);
    const measuring = { finding, state: { kind: 'measuring', finished: 1, planned: 9 } } as const;
    expect((await offered(measuring)).filter(({ isPreferred }) => isPreferred)).toEqual([]);
    expect((await offered(measuring)).map(({ title }) => title)).toContain('Measuring the cures: show progress');
    expect((await offered()).some(({ title }) => title.startsWith('Measuring'))).toBe(false);
  });

  it('say why they could not be made, with what else can be done', async () => {
    const broken = new CureFinder(
      { propose: () => Promise.reject(new Error('The analysis process ended.')) },
      () => undefined,
    );
    const [first, ...others] = await offered(undefined, broken);
    expect(first).toMatchObject({
      title: 'Cures could not be computed',
      disabled: { reason: 'The analysis process ended.' },
    });
    expect(others.map(({ title }) => title)).toContain('Compare all cures');
  });

  it('start with the preferred one once they were measured', async () => {
    const fixes = proposed.map((fix, index) => ({ ...fix, preferred: index === proposed.length - 1 }));
    const verified = { verdict: 'cured', fixes, candidates: [], ended: 'complete' } as unknown as Extract<
      Verification['state'],
      { kind: 'done' }
    >['verified'];
    const [first, second] = await offered({ finding, state: { kind: 'done', verified } });
    expect([first.title, first.isPreferred]).toEqual([proposed.at(-1)!.title, true]);
    expect(second.title).toContain('(undoes the cause)');
  });
});
