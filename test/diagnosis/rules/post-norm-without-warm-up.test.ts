import { describe, expect, it } from 'vitest';
import { postNormSums } from '../../../src/diagnosis/rules/post-norm-without-warm-up';
import { compileText, trainAndDiagnose } from '../train-text';

const blocks = (norm: 'pre' | 'post', more = ''): string =>
  `input: { tokens: 8, length: 12 }
layers:
  - { name: embed, type: embedding, units: 24 }
  - { name: position, type: position-embedding }
${Array.from({ length: 6 }, (_, index) => `  - { name: block${index + 1}, type: transformer-block, heads: 4, feed_forward: 48, norm: ${norm}, causal: true }\n`).join('')}` +
  `${norm === 'pre' ? '  - { name: norm, type: layer-norm }\n' : ''}  - { name: out, type: dense, units: 8 }
loss: cross-entropy
data: { type: copy-memory, symbols: 2 }
optimizer: { type: adam, learning_rate: 0.01 }
${more}steps: 120
`;

describe('post-norm-without-warm-up', () => {
  it('is the root of what the first updates do to six blocks, and names all of them', { timeout: 60_000 }, () => {
    const [finding, ...others] = trainAndDiagnose(compileText(blocks('post'))).findings;
    expect(others).toEqual([]);
    expect(finding.rule).toBe('post-norm-without-warm-up');
    expect(finding.layers).toHaveLength(12);
  });

  it('says nothing of pre-norm blocks, nor of a model that warms the rate up', { timeout: 60_000 }, () => {
    expect(trainAndDiagnose(compileText(blocks('pre'))).findings).toEqual([]);
    const warmed = trainAndDiagnose(
      compileText(blocks('post', 'schedule: { type: linear-warmup, steps: 60 }\n')),
    ).findings;
    expect(warmed.map(({ rule }) => rule)).not.toContain('post-norm-without-warm-up');
  });

  it('does not take the norm after a pre-norm stack for a post-norm', () => {
    expect(postNormSums(compileText(blocks('pre')))).toEqual([]);
    expect(postNormSums(compileText(blocks('post')))).toHaveLength(12);
  });
});
