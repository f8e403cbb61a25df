/** Of cures that begin alike, each way to apply one applies its own: panel, comparison and light bulb. */
import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { CureFinder } from '../../src/extension/cures/cure-finder';
import type { Verification } from '../../src/extension/cures/verifications';
import type { ModelDocuments } from '../../src/extension/documents/model-documents';
import { FindingActions } from '../../src/extension/cures/finding-actions';
import type { PanelContext } from '../../src/extension/panel/panel-context';
import { answerPanel } from '../../src/extension/panel/panel-requests';
import type { ModelRuns } from '../../src/extension/runs/model-runs';
import { sequenceKey } from '../../src/model/change';
import { applyEdits } from '../../src/text/compose-edits';
import type { TextEdit } from '../../src/text/text-edit';
import { composeFix } from '../../src/verification/compose-fix';
import { writeFixes } from '../../src/verification/change-source';
import { inProcessAnalysis } from '../analysis/in-process-analysis';
import { exampleRun } from './example-run';

const editor = vi.hoisted((): { applied: { edits: TextEdit[] }[]; text: unknown } => ({
  applied: [],
  text: undefined,
}));

vi.mock('vscode', async () => {
  const { FAKE_VSCODE } = await import('./fake-vscode');
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
    ViewColumn: { One: 1 },
    WorkspaceEdit: class {
      readonly edits: TextEdit[] = [];
      replace(_: unknown, range: TextEdit['range'], text: string) {
        this.edits.push({ range, text });
      }
    },
    window: { ...FAKE_VSCODE.window, visibleTextEditors: [], showTextDocument: () => Promise.resolve() },
    workspace: {
      ...FAKE_VSCODE.workspace,
      openTextDocument: () => Promise.resolve(editor.text),
      applyEdit: (edit: { edits: TextEdit[] }) => {
        editor.applied.push(edit);
        return Promise.resolve(true);
      },
    },
  };
});

const run = exampleRun('too-large-initialization.model.yaml');
const FILE = { toString: () => 'a' } as unknown as vscode.Uri;
const TEXT = { uri: FILE, positionAt: (offset: number) => offset } as unknown as vscode.TextDocument;
editor.text = TEXT;

const [finding] = run.findings;
const [one, other] = (['fitting-initializer', 'decay-schedule'] as const).map(id => ({ id }));
const cures = writeFixes(
  run.source,
  [[one], [one, other]].map(parts => composeFix({ ...run, finding }, parts)!),
);
const [wantedOne, wantedBoth] = cures.map(({ edits }) => applyEdits(run.source.text, edits));
const verification = {
  finding,
  state: { kind: 'done', verified: { verdict: 'cured', fixes: cures, candidates: [], ended: 'complete' } },
} as unknown as Verification;
const snapshot = { text: TEXT, version: 1, source: run.source, places: run.source };
const documents = { current: () => snapshot } as unknown as ModelDocuments;
const runs = { get: () => ({ current: run }) } as unknown as ModelRuns;
const cureFinder = new CureFinder(inProcessAnalysis(), () => undefined);
const context = {
  documents,
  runs,
  cureFinder,
  verifications: { get: () => verification },
  comparisons: {
    get: () => ({
      run,
      finding,
      state: {
        kind: 'measuring',
        finished: 2,
        planned: 2,
        results: cures.map(({ changes, edits }) => ({ id: sequenceKey(changes), edits })),
      },
    }),
  },
} as unknown as PanelContext;

describe('of "A" and "A + B", each is applied as itself', () => {
  it('which make different texts', () => {
    expect(cures.map(({ id }) => id)).toEqual(['fitting-initializer', 'fitting-initializer']);
    expect(new Set([run.source.text, wantedOne, wantedBoth]).size).toBe(3);
  });

  it.each([0, 1])('from the panel and the comparison: %i', async index => {
    const key = sequenceKey(cures[index].changes);
    for (const request of [
      { type: 'apply-fix', finding: 0, fix: key },
      { type: 'apply-cure', cure: key },
    ] as const) {
      editor.applied.length = 0;
      expect(await answerPanel(request, FILE, context)).toBeUndefined();
      expect(applyEdits(run.source.text, editor.applied[0].edits)).toBe([wantedOne, wantedBoth][index]);
    }
  });

  it('from the light bulb', async () => {
    const actions = new FindingActions(
      documents,
      runs,
      context.verifications,
      cureFinder,
      () => 'page' as unknown as vscode.Uri,
    );
    const offered = await actions.provideCodeActions(TEXT, {} as vscode.Range, {} as vscode.CodeActionContext);
    const texts = offered
      .filter(({ edit, isPreferred }) => edit !== undefined && isPreferred !== undefined)
      .map(({ edit }) => applyEdits(run.source.text, (edit as unknown as { edits: TextEdit[] }).edits));
    expect(texts.slice(0, 2)).toEqual([wantedOne, wantedBoth]);
  });
});
