/** Runs of examples as the editor keeps them, trained once a file. */
import { readFileSync } from 'node:fs';
import type { RecordedRun } from '../../src/extension/runs/recorded-run';
import type { HistoryRecorder } from '../../src/record/recorder';
import { compileText, EXAMPLES, trainAndDiagnose } from '../diagnosis/train-text';
import { readSource } from '../read-source';

const trained = new Map<string, RecordedRun>();

/** An example after its run, `edit`ed before it. */
export function exampleRun(name: string, edit: (text: string) => string = text => text): RecordedRun {
  const text = edit(readFileSync(`${EXAMPLES}${name}`, 'utf8'));
  const known = trained.get(text);
  if (known) return known;
  const model = compileText(text);
  const { history, findings } = trainAndDiagnose(model);
  const run = {
    id: 1,
    startedAt: 0,
    source: readSource(text),
    model,
    history: history as HistoryRecorder,
    findings,
  };
  trained.set(text, run);
  return run;
}
