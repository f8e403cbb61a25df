import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../src/model/resolve/parameter-count';
import { model, problems, withLayer, withLayers } from '../frontends/model-file/compile-text';

const shapeOf = (layer: string, input: string): readonly number[] =>
  model(withLayer(layer, '', input)).layers[0].outputShape;
const messageOf = (layer: string, input: string): string => {
  const found = problems(withLayer(layer, '', input));
  expect(found.map(({ code }) => code)).toEqual(['shape-mismatch']);
  return found[0].message;
};

describe('shapes of maps', () => {
  it.each([
    ['type: conv1d, filters: 6, kernel: 3', '[3, 20]', [6, 18]],
    ['type: conv1d, filters: 6, kernel: 3, dilation: 2, padding: 2', '[3, 20]', [6, 20]],
    ['type: conv1d, filters: 6, kernel: 4, stride: 2', '[3, 20]', [6, 9]],
    ['type: conv2d, filters: 4, kernel: 5, stride: 2, padding: 2', '[2, 13, 13]', [4, 7, 7]],
    [
      'type: conv2d, filters: 5, kernel: [3, 2], stride: [1, 2], padding: [2, 0], dilation: [2, 1]',
      '[2, 6, 8]',
      [5, 6, 4],
    ],
    ['type: conv2d, filters: 8, kernel: 1, groups: 2', '[4, 3, 2]', [8, 3, 2]],
    ['type: max-pool1d, size: 2', '[5, 7]', [5, 3]],
    ['type: max-pool2d, size: 3, stride: 2, padding: 1', '[6, 6, 6]', [6, 3, 3]],
    ['type: avg-pool1d, size: 3, stride: 2', '[6, 9]', [6, 4]],
    ['type: avg-pool2d, size: [1, 2]', '[6, 3, 5]', [6, 3, 2]],
    ['type: conv1d, filters: 6, kernel: 4, dilation: 2, padding: same', '[3, 20]', [6, 20]],
    ['type: conv2d, filters: 6, kernel: [3, 2], stride: [2, 3], padding: same', '[3, 9, 10]', [6, 5, 4]],
    ['type: max-pool1d, size: 5, stride: 2, padding: same', '[5, 7]', [5, 4]],
    ['type: avg-pool2d, size: 3, padding: 1', '[2, 6, 6]', [2, 2, 2]],
    ['type: conv1d-transpose, filters: 6, kernel: 4, stride: 2, padding: 1', '[3, 10]', [6, 20]],
    [
      'type: conv2d-transpose, filters: 4, kernel: [3, 2], stride: [2, 1], padding: [1, 0], output_padding: [1, 0]',
      '[2, 5, 5]',
      [4, 10, 6],
    ],
    ['type: separable-conv2d, filters: 8, kernel: 3, stride: 2, padding: same', '[4, 9, 8]', [8, 5, 4]],
    ['type: upsample', '[4, 9]', [4, 18]],
    ['type: upsample, factor: [1, 3]', '[4, 2, 5]', [4, 2, 15]],
    ['type: global-avg-pool', '[6, 3, 5]', [6]],
    ['type: global-max-pool', '[6, 5]', [6]],
  ])('%s of %s', (layer, input, expected) => {
    expect(shapeOf(layer, input)).toEqual(expected);
  });

  it('gives one number to both axes, and pools step by their size', () => {
    const [conv, pool] = model(
      withLayers(
        '  - { type: conv2d, filters: 3, kernel: 3, padding: [1, 0] }\n  - { type: max-pool2d, size: [2, 1] }',
        '',
        '[1, 4, 4]',
      ),
    ).layers;
    expect(conv).toMatchObject({
      kernel: [3, 3],
      stride: [1, 1],
      padding: [1, 0],
      dilation: [1, 1],
      groups: 1,
      bias: true,
    });
    expect(pool).toMatchObject({ size: [2, 1], stride: [2, 1], padding: [0, 0], outputShape: [3, 2, 2] });
  });

  it('counts the parameters of a grouped convolution', () => {
    const [conv] = model(withLayer('type: conv2d, filters: 8, kernel: [3, 2], groups: 2', '', '[4, 5, 5]')).layers;
    expect(parameterCount(conv)).toBe(8 * 2 * 3 * 2 + 8);
  });

  it('warns of batch-norm over time for sequences, not for maps', () => {
    const normalized = (layer: string): string =>
      withLayers(`  - { ${layer} }\n  - { type: batch-norm }`, '', '[3, 8]');
    expect(problems(normalized('type: conv1d, filters: 2, kernel: 3'))).toEqual([]);
    expect(problems(normalized('type: dense, units: 2')).map(({ code }) => code)).toEqual(['batch-norm-over-time']);
  });
});

describe('maps that do not fit', () => {
  it.each([
    [
      'type: conv1d, filters: 2, kernel: 5',
      '[4, 3]',
      '`conv1d1` (conv1d) gets [4, 3] from the input, but a kernel of 5 does not fit a length of 3; make it smaller, or add `padding`.',
    ],
    [
      'type: conv1d, filters: 2, kernel: 3, dilation: 4, padding: 1',
      '[4, 3]',
      '`conv1d1` (conv1d) gets [4, 3] from the input, but a kernel of 3 that reaches over 9 does not fit a length of 3 with a ' +
        'padding of 1; make it smaller, or add `padding`.',
    ],
    [
      'type: avg-pool2d, size: [2, 4]',
      '[1, 5, 3]',
      '`avg-pool2d1` (avg-pool2d) gets [1, 5, 3] from the input, but a window of [2, 4] does not fit a height and width of ' +
        '[5, 3]; make it smaller.',
    ],
    [
      'type: conv2d, filters: 2, kernel: 3',
      '[28, 28]',
      '`conv2d1` (conv2d) needs maps of shape [channels, height, width], but gets [28, 28] from the input; write the input as ' +
        '`[channels, height, width]`.',
    ],
    [
      'type: conv2d, filters: 4, kernel: 1, groups: 2',
      '[3, 2, 2]',
      '`conv2d1` (conv2d) has 2 groups, which do not divide the 3 channels of [3, 2, 2] from the input.',
    ],
    [
      'type: conv2d, filters: 3, kernel: 1, groups: 2',
      '[4, 2, 2]',
      '`conv2d1` (conv2d) has 2 groups, which do not divide its 3 filters.',
    ],
    [
      'type: max-pool1d, size: 3, padding: 2',
      '[4, 9]',
      '`max-pool1d1` (max-pool1d) has a padding of 2, more than half its size of 3; make it at most 1.',
    ],
    [
      'type: conv2d-transpose, filters: 2, kernel: 3, stride: 2, output_padding: 2',
      '[1, 4, 4]',
      '`conv2d-transpose1` (conv2d-transpose) has an `output_padding` of [2, 2], which must be less than its stride of [2, 2] or its ' +
        'dilation of [1, 1].',
    ],
    [
      'type: conv1d-transpose, filters: 2, kernel: 1, padding: 2',
      '[1, 4]',
      '`conv1d-transpose1` (conv1d-transpose) gets [1, 4] from the input, of which its padding of 2 leaves nothing; make it smaller.',
    ],
    [
      'type: upsample, factor: [2, 2]',
      '[1, 4]',
      '`upsample1` (upsample) has a factor for a height and a width, but gets maps [1, 4] of one length from the input; give it one ' +
        'number.',
    ],
    [
      'type: global-avg-pool',
      '[4]',
      '`global-avg-pool1` (global-avg-pool) needs maps of shape [channels, length] or [channels, height, width], but gets [4] ' +
        'from the input.',
    ],
  ])('%s of %s', (layer, input, message) => {
    expect(messageOf(layer, input)).toBe(message);
  });

  it('proposes a projection that fits maps', () => {
    const block = '  - { type: residual, layers: [{ type: conv2d, filters: 8, kernel: 3, stride: 2, padding: 1 }] }';
    expect(problems(withLayers(block, '', '[6, 8, 8]'))[0].message).toContain(
      '`shortcut: [{ type: conv2d, filters: 8, kernel: 1, stride: 2 }]`',
    );
  });

  it.each([
    ['kernel: 2.5', 'wrong-type'],
    ['kernel: [3, 0]', 'out-of-range'],
    ['kernel: [3, 2.5]', 'wrong-type'],
    ['kernel: [3, 3, 3]', 'wrong-type'],
    ['kernel: 0', 'out-of-range'],
  ])('refuses %s', (kernel, code) => {
    const found = problems(withLayer(`type: conv2d, filters: 2, ${kernel}`, '', '[1, 8, 8]'));
    expect(found.map(problem => problem.code)).toEqual([code]);
    expect(found[0].message).toContain(
      '`kernel` must be a whole number from 1 to 10,000, or a list of two, [height, width]',
    );
  });

  it('pads unevenly at the end where `same` needs an odd number', () => {
    const [conv, pool] = model(
      withLayers(
        '  - { type: conv1d, filters: 2, kernel: 4, padding: same }\n  - { type: avg-pool1d, size: 2, padding: same }',
        '',
        '[1, 9]',
      ),
    ).layers;
    expect(conv).toMatchObject({ padding: [1], paddingAfter: [2] });
    expect(pool).toMatchObject({ padding: [0], paddingAfter: [1], countsPadding: false });
  });

  it('refuses another word for a padding', () => {
    const [found] = problems(withLayer('type: conv1d, filters: 2, kernel: 3, padding: full', '', '[1, 8]'));
    expect(found.message).toContain('`padding` must be a whole number from 0 to 10,000, or `same`, but is');
  });

  it('understands the names of PyTorch and Keras', () => {
    expect(shapeOf('type: conv2d, out_channels: 2, kernel_size: 3, strides: 2', '[1, 7, 7]')).toEqual([2, 3, 3]);
  });
});
