/** Small models of every family, as a newcomer writes them: no optimizer, no data, no initializer. */

const repeat = (count: number, layer: string): string => Array.from({ length: count }, () => `  - ${layer}\n`).join('');
const file = (input: string, layers: string, output = '{ type: dense, units: 3 }'): string =>
  `input: ${input}\nlayers:\n${layers}  - ${output}\n`;

/** Texts of model files by the name of their family. */
export const FAMILIES: Readonly<Record<string, string>> = {
  'one dense layer': file('[4]', ''),
  'one dense layer, regression': file('[8]', '', '{ type: dense, units: 1 }'),
  'dense, relu': file('[16]', repeat(2, '{ type: dense, units: 32, activation: relu }')),
  'dense, tanh, regression': file(
    '[16]',
    repeat(3, '{ type: dense, units: 32, activation: tanh }'),
    '{ type: dense, units: 1 }',
  ),
  'dense, 8 layers of relu': file('[16]', repeat(8, '{ type: dense, units: 64, activation: relu }')),
  'dense, gelu and layer-norm': file(
    '[16]',
    repeat(3, '{ type: dense, units: 32, activation: gelu }\n  - { type: layer-norm }'),
  ),
  convolutions: file(
    '[1, 16, 16]',
    '  - { type: conv2d, filters: 8, kernel: 3, activation: relu }\n  - { type: max-pool2d, size: 2 }\n' +
      '  - { type: conv2d, filters: 16, kernel: 3, activation: relu }\n  - { type: flatten }\n',
  ),
  'convolutions and batch-norm': file(
    '[3, 12, 12]',
    repeat(
      2,
      '{ type: conv2d, filters: 12, kernel: 3, padding: 1, bias: false }\n' +
        '  - { type: batch-norm, activation: relu }',
    ) + '  - { type: global-avg-pool }\n',
  ),
  rnn: file('[20, 3]', '  - { type: rnn, units: 32 }\n'),
  lstm: file('[20, 3]', '  - { type: lstm, units: 32 }\n'),
  'gru over tokens': file(
    '{ tokens: 20, length: 12 }',
    '  - { type: embedding, units: 16 }\n  - { type: gru, units: 32 }\n',
  ),
  transformer: file(
    '{ tokens: 16, length: 12 }',
    '  - { type: embedding, units: 24 }\n  - { type: position-embedding }\n' +
      repeat(2, '{ type: transformer-block, heads: 4, norm: pre }') +
      '  - { type: layer-norm }\n  - { type: mean-over-time }\n',
  ),
};
