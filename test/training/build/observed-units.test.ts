/** What counts as a unit of a layer: a feature, or a channel of maps. */
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { buildNetwork } from '../../../src/training/build-network';

/** Outer, units and inner size of every layer's output, as its statistics are taken. */
function observed(input: string, layers: readonly string[]): readonly (readonly unknown[])[] {
  const list = layers.map(layer => `  - { ${layer} }`).join('\n');
  const { model } = compileModel(parseModelFile(`input: ${input}\nlayers:\n${list}\n`, 'yaml'));
  const { instructions } = buildNetwork(model!, 'training', 5);
  return instructions.filter(({ kernel }) => kernel === 'outputStatistics').map(({ args }) => args.slice(2, 5));
}

describe('units that may be dead', () => {
  it('are the channels of maps of two axes, until they are flattened', () => {
    expect(
      observed('[1, 6, 6]', [
        'type: conv2d, filters: 4, kernel: 3',
        'type: activation, activation: relu',
        'type: max-pool2d, size: 2',
        'type: flatten',
        'type: dense, units: 2',
      ]),
    ).toEqual([
      [5, 4, 16],
      [5, 4, 16],
      [5, 4, 4],
      [5, 16, 1],
      [5, 2, 1],
    ]);
  });

  it('are the channels of maps of one axis, through residuals too', () => {
    expect(
      observed('[3, 8]', [
        'type: conv1d, filters: 4, kernel: 1',
        'type: residual, layers: [{ type: activation, activation: relu }, { type: dropout, rate: 0.1 }]',
        'type: global-max-pool',
        'type: dense, units: 2',
      ]),
    ).toEqual([
      [5, 4, 8],
      [5, 4, 8],
      [5, 4, 8],
      [5, 4, 8],
      [5, 4, 1],
      [5, 2, 1],
    ]);
  });

  it('are the features of a sequence, which has the same number of axes', () => {
    expect(observed('[8, 3]', ['type: dense, units: 4', 'type: activation, activation: relu'])).toEqual([
      [40, 4, 1],
      [40, 4, 1],
    ]);
  });
});
