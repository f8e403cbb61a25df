import { expect, it } from 'vitest';
import { compileModel } from '../../src/frontends/model-file/compile';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { runToEnd } from '../../src/training/run-in-process';

it.each(['[8]', '[2, 4, 4]'])(
  'a batch norm that sees one value leaves its running variance finite: input %s',
  input => {
    const maps = input === '[8]' ? '  - { type: dense, units: 6 }\n' : '  - { type: conv2d, filters: 3, kernel: 4 }\n';
    const flatten = input === '[8]' ? '' : '  - { type: flatten }\n';
    const { model } = compileModel(
      parseModelFile(
        `input: ${input}\nlayers:\n${maps}  - { type: batch-norm }\n${flatten}  - { type: dense, units: 2 }\n` +
          'loss: cross-entropy\noptimizer: adam\nbatch_size: 1\nsteps: 12\nvalidation: 0.2\n',
        'yaml',
      ),
    );
    const { records } = runToEnd(model!, { memoryLimitBytes: 2 ** 28, files: {} });
    const measured = records.flatMap(({ validation }) => (validation ? [validation.loss] : []));
    expect(measured.length).toBeGreaterThan(0);
    expect(measured.every(Number.isFinite)).toBe(true);
  },
);
