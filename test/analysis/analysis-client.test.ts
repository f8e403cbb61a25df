/** The analysis as the host sees it: the same answers as here, and what becomes of a question when its process ends. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import { AnalysisClient, type AnalysisOptions } from '../../src/extension/analysis/analysis-client';
import type { AnalysisListener } from '../../src/extension/analysis/analysis-handle';
import { proposeFixes } from '../../src/fixes/propose';
import { writeFixes } from '../../src/verification/change-source';
import { composeFix } from '../../src/verification/compose-fix';
import { HistoryRecorder } from '../../src/record/recorder';
import type { ToAnalysis } from '../../src/protocol/analysis-messages';
import { exampleRun } from '../extension/example-run';
import { LAYOUT, MODEL, record } from '../worker/fake-worker';
import { inProcessAnalysis } from './in-process-analysis';

/** A process that the test speaks for. */
interface FakeProcess {
  readonly listener: AnalysisListener;
  readonly heard: ToAnalysis[];
  terminated: boolean;
}

function made(options?: AnalysisOptions) {
  const processes: FakeProcess[] = [];
  const client = new AnalysisClient(listener => {
    const started: FakeProcess = { listener, heard: [], terminated: false };
    processes.push(started);
    return {
      post: message => void started.heard.push(message),
      terminate: () => {
        started.terminated = true;
      },
    };
  }, options);
  return { client, processes };
}

const run = exampleRun('dead-relu.model.yaml');

function freshRun(steps: number) {
  const history = new HistoryRecorder(LAYOUT);
  history.append(Array.from({ length: steps }, (_, step) => record(step)));
  return { source: run.source, model: MODEL, history };
}

const typesOf = ({ heard }: FakeProcess): readonly string[] => heard.map(({ type }) => type);
const answerTo = ({ listener, heard }: FakeProcess, answer: unknown): void => {
  const asked = heard.findLast(message => message.type === 'ask')!;
  listener.onMessage({ type: 'answer', id: asked.id, answer });
};
const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

describe('the analysis', () => {
  it('answers what diagnosis and fixes say here', async () => {
    const analysis = inProcessAnalysis();
    const options = { 'dead-relu': { deadShare: 0.7 } };
    expect(await analysis.diagnose(run, {})).toEqual(diagnose(run.model, run.history));
    expect(await analysis.diagnose(run, options)).toEqual(diagnose(run.model, run.history, { options }));
    const [finding] = run.findings;
    const faulty = { ...run, finding };
    const parts = [[{ id: finding.fixes[0] }], finding.fixes.slice(0, 2).map(id => ({ id }))];
    expect(await analysis.propose(run, run, finding, parts)).toEqual({
      proposed: writeFixes(faulty.source, proposeFixes(faulty)),
      remade: parts.map(each => writeFixes(faulty.source, [composeFix(faulty, each)!])[0]),
    });
  });

  it('is sent a run once, its records as they come, and how it ended', async () => {
    const { client, processes } = made();
    const growing = freshRun(0);
    client.follow(growing);
    const more = [record(0), record(1)];
    growing.history.append(more);
    client.append(growing.history, more);
    growing.history.finish({ kind: 'completed' });
    for (let time = 0; time < 2; time++) {
      const findings = client.diagnose(growing, {});
      await turn();
      answerTo(processes[0], []);
      expect(await findings).toEqual([]);
    }
    expect(processes.map(typesOf)).toEqual([['run', 'records', 'outcome', 'ask', 'ask']]);
  });

  it('is sent a run that it does not know whole, in messages of bounded size, and holds eight at most', async () => {
    const { client, processes } = made();
    const long = freshRun(6000);
    void client.diagnose(long, {});
    await turn();
    const parts = processes[0].heard.filter(message => message.type === 'records');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(({ records }) => records)).toEqual(long.history.records);
    answerTo(processes[0], []);
    for (let count = 0; count < 8; count++) client.follow(freshRun(1));
    expect(processes[0].heard.filter(({ type }) => type === 'forget')).toEqual([
      { type: 'forget', runs: [1], data: [] },
    ]);
    void client.diagnose(long, {});
    await turn();
    expect(processes[0].heard.filter(message => message.type === 'records' && message.records.length > 1)).toHaveLength(
      2 * parts.length,
    );
  });

  it('is asked again once where its process ended over a question, and then says so', async () => {
    const notes: string[] = [];
    const { client, processes } = made({ note: message => notes.push(message) });
    const known = freshRun(3);
    const first = client.diagnose(known, {});
    await turn();
    processes[0].listener.onEnd({ kind: 'exit', code: 7 });
    await turn();
    expect(processes.map(typesOf)).toEqual([
      ['run', 'records', 'ask'],
      ['run', 'records', 'ask'],
    ]);
    answerTo(processes[1], []);
    expect(await first).toEqual([]);
    const second = client.diagnose(known, {});
    for (const index of [1, 2]) {
      await turn();
      processes[index].listener.onEnd({ kind: 'out-of-memory' });
    }
    await expect(second).rejects.toThrow(
      'The analysis process ended (it needed more memory than it may take): train again',
    );
    expect(notes).toHaveLength(3);
  });

  it('ends a process that does not answer, and takes what a late one says for nothing', async () => {
    const { client, processes } = made({ answerMs: 20 });
    await expect(client.diagnose(freshRun(3), {})).rejects.toThrow('did not answer within');
    expect(processes.map(({ terminated }) => terminated)).toEqual([true, true]);
    answerTo(processes[0], []);
    processes[0].listener.onEnd({ kind: 'exit', code: 1 });
    const after = client.diagnose(freshRun(3), {});
    await turn();
    answerTo(processes[2], []);
    expect(await after).toEqual([]);
  });

  it('passes on that a measuring is to stop, and gives it time to say what it knows by then', async () => {
    const { client, processes } = made({ answerMs: 20 });
    const cancel = new AbortController();
    const outOfTime = new AbortController();
    const data = { files: { 'a.csv': Uint8Array.of(1) }, memoryLimitBytes: 1 };
    const measuring = {
      data,
      limits: { seeds: 2, concurrency: 1 },
      cancel: cancel.signal,
      outOfTime: outOfTime.signal,
    };
    const harm = client.harm(freshRun(3), [], measuring);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(processes[0].terminated).toBe(false);
    outOfTime.abort();
    expect(typesOf(processes[0])).toEqual(['run', 'records', 'data', 'ask', 'stop']);
    answerTo(processes[0], undefined);
    expect(await harm).toBeUndefined();
    cancel.abort();
    expect(processes[0].heard.at(-1)).toMatchObject({ type: 'stop', reason: 'out-of-time' });
  });

  it('measures nothing where nothing may be trained, and starts nothing after its end', async () => {
    const { client, processes } = made({ refusal: () => 'Not here.' });
    const { signal } = new AbortController();
    const data = { files: {}, memoryLimitBytes: 1 };
    await expect(
      client.harm(freshRun(3), [], { data, limits: { seeds: 2, concurrency: 1 }, cancel: signal, outOfTime: signal }),
    ).rejects.toThrow('Not here.');
    expect(processes).toEqual([]);
    const open = client.diagnose(freshRun(3), {});
    await turn();
    client.dispose();
    await expect(open).rejects.toThrow('ended with the editor');
    expect(processes).toHaveLength(1);
  });
});
