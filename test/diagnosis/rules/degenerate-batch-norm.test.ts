import { describe, expect, it } from 'vitest';
import { batchNormsOver } from '../../../src/diagnosis/rules/degenerate-batch-norm';
import { compileText, inShort, trainAndDiagnose } from '../train-text';

const net = (batch: number, norm = 'batch-norm'): string => `input: [8]
layers:
  - { name: hidden, type: dense, units: 32 }
  - { name: norm, type: ${norm}, activation: relu }
  - { name: answer, type: dense, units: 3 }
loss: cross-entropy
data: { type: blobs }
optimizer: { type: adam, learning_rate: 0.003 }
batch_size: ${batch}
steps: 200
`;
const rulesOf = (text: string): readonly string[] => trainAndDiagnose(compileText(text)).findings.map(inShort);

describe('degenerate-batch-norm', () => {
  it('is the root of what batches of 1 do to a batch norm over vectors', () => {
    expect(rulesOf(net(1))).toEqual(['warning degenerate-batch-norm norm norm']);
  });

  it('says nothing of larger batches, or of layer-norm', () => {
    expect(rulesOf(net(16))).toEqual([]);
    expect(rulesOf(net(1, 'layer-norm'))).not.toContain('warning degenerate-batch-norm norm norm');
  });

  it('counts the positions of a map', () => {
    const maps = compileText(`input: [1, 8, 8]
layers:
  - { type: conv2d, filters: 4, kernel: 3 }
  - { name: maps, type: batch-norm }
  - { type: flatten }
  - { type: dense, units: 4 }
  - { name: vectors, type: batch-norm }
  - { type: dense, units: 2 }
loss: cross-entropy
`);
    expect(batchNormsOver(maps, 1, 2).map(({ path }) => path)).toEqual(['vectors']);
    expect(batchNormsOver(maps, 4, 2)).toEqual([]);
  });
});
