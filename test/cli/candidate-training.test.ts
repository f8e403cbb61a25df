import { describe, expect, it } from 'vitest';
import { trainCandidate, workerTrials } from '../../src/cli/train/candidate-training';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { INLINE_WORKERS } from './train-harness';

const model = compileModel(
  parseModelFile(
    'input: [4]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\ndata: { type: teacher, examples: 64 }\nsteps: 5\n',
    'yaml',
  ),
).model!;

describe('trainCandidate', () => {
  it('trains to the end, or not a step further once it is stopped', () => {
    const stop = new SharedArrayBuffer(4);
    expect(trainCandidate({ file: 'a.model.yaml', model, stop })).toMatchObject({
      kind: 'ended',
      history: { records: { length: 5 }, outcome: { kind: 'completed' } },
    });
    new Int32Array(stop)[0] = 1;
    expect(trainCandidate({ file: 'a.model.yaml', model, stop })).toEqual({ kind: 'stopped' });
  });

  it('answers with a sentence where the data is not there', () => {
    const data = { type: 'csv', path: 'none.csv', target: 'y' } as never;
    expect(
      trainCandidate({ file: 'a.model.yaml', model: { ...model, data }, stop: new SharedArrayBuffer(4) }),
    ).toMatchObject({ kind: 'refused', message: expect.stringContaining('"none.csv" was not found') });
  });

  it('rejects for the measuring what was stopped or refused', async () => {
    const run = workerTrials('a.model.yaml', INLINE_WORKERS, { written: 5, wanted: 7 });
    const over = AbortSignal.abort() as unknown as Parameters<typeof run>[1];
    await expect(run(model, over)).rejects.toThrow('The training was stopped.');
    expect((await run(model, new AbortController().signal)).history.records).toHaveLength(7);
    // a cure that trains for longer
    expect((await run({ ...model, steps: 9 }, new AbortController().signal)).history.records).toHaveLength(9);
  });
});
