import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/diagnosis/finding';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import { candidateOf, candidatesOf } from '../../src/verification/candidate';

const TEXT = 'input: [2]\nlayers: [{ type: dense, units: 1 }]\noptimizer: { type: sgd, learning_rate: 3 }\n';
const source = { document: parseModelFile(TEXT, 'yaml'), finding: { fixes: [] } as unknown as Finding };
const at = TEXT.indexOf(': 3 }') + 2;
const rate = (text: string) => [{ range: { start: at, end: at + 1 }, text }];

describe('a fix that makes a file that is no model', () => {
  it('is no candidate, and takes no other one with it', () => {
    expect(candidateOf(source, [{ id: 'lower-learning-rate' }], 'x', rate('0'))).toBeUndefined();
    const made = candidatesOf(source, [
      { id: 'lower-learning-rate', title: 'x', edits: rate('0') },
      { id: 'clip-by-norm', title: 'y', edits: rate('0.5') },
    ]);
    expect(made.map(({ id }) => id)).toEqual(['clip-by-norm']);
  });
});
