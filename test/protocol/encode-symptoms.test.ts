import { describe, expect, it } from 'vitest';
import type { Finding, RelatedPlace } from '../../src/diagnosis/finding';
import { encodeSymptoms } from '../../src/protocol/encode-symptoms';

const finding = (related: readonly RelatedPlace[]): Finding => ({
  rule: 'vanishing-gradient',
  layer: 'a',
  severity: 'error',
  at: { layer: 'a' },
  message: '',
  measured: {},
  step: 3,
  related,
  fixes: [],
});

describe('encodeSymptoms', () => {
  it('gives what the finding explains in words, and layers that share its fault; a place that only names a cause it leaves out', () => {
    const at = { layer: 'b' };
    expect(
      encodeSymptoms(
        finding([
          { at, message: 'dead-relu: All units of `b` are zero.', rule: 'dead-relu', layer: 'b' },
          { at, message: '`c` shrinks it too.', layer: 'c' },
          { at, message: 'silent-death: Nothing is learned.', rule: 'silent-death' },
          { at: { setting: 'clip' }, message: 'The limit that binds.' },
        ]),
      ),
    ).toEqual([
      { text: 'dead units', layer: 'b', message: 'All units of `b` are zero.' },
      { text: 'vanishing', layer: 'c', message: '`c` shrinks it too.' },
      { text: 'learns nothing', message: 'Nothing is learned.' },
    ]);
  });
});
