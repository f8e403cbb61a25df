import { describe, expect, it } from 'vitest';
import { leastReached } from '../../../src/diagnosis/evidence/gradient-reach';
import { windowsOf } from '../../../src/diagnosis/evidence/windows';
import { buildRun, stuck } from '../history-builder';

describe('leastReached', () => {
  it('compares the layers with each other, not with a fixed size', () => {
    const { history } = buildRun({ layers: [{ name: 'first' }, { name: 'second' }], loss: stuck });
    const records = history.records.map(record => ({ ...record, updateNorms: Float64Array.of(8e-9, 8e-3) }));
    const reach = leastReached({ ...history, records }, windowsOf({ ...history, records }));
    expect(reach).toMatchObject({ layer: 'first', fastest: 'second' });
    expect(reach?.share).toBeCloseTo(1e-6, 9);
  });
});
