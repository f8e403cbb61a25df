import { describe, expect, it } from 'vitest';
import { changedLayers } from '../../../src/cli/evaluate/changed-layers';
import { compileModel } from '../../../src/frontends/model-file/compile';
import type { ModelSpec } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';

const TEXT = `input: [4]
layers:
  - { name: first, type: dense, units: 8, activation: relu }
  - name: block
    type: residual
    layers:
      - { name: inner, type: dense, units: 8 }
  - { name: out, type: dense, units: 1 }
loss: mse
optimizer: { type: sgd, learning_rate: 0.1 }
`;
const compiled = (text: string): ModelSpec => compileModel(parseModelFile(text, 'yaml')).model!;
const changedBy = (from: string, to: string) => changedLayers(compiled(TEXT), compiled(TEXT.replace(from, to)));

describe('the layers that an edit changes', () => {
  it.each([
    ['a setting', 'activation: relu', 'activation: relu, kernel_initializer: he-normal', ['first']],
    [
      'a layer inside another',
      'name: inner, type: dense, units: 8',
      'name: inner, type: dense, units: 8, bias: false',
      ['block.inner'],
    ],
    ['nothing of a layer', 'learning_rate: 0.1', 'learning_rate: 0.01', []],
    ['a layer put in between', '  - { name: out', '  - { type: layer-norm }\n  - { name: out', []],
    ['a name', 'name: out', 'name: answer', ['out']],
  ])('%s', (_, from, to, layers) => expect(changedBy(from, to)).toEqual(layers));
});
