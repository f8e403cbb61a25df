/** Where findings are shown: at the part that is responsible, also where the text says the default of it. */
import { describe, expect, it } from 'vitest';
import { activationPlace, hasKernel, kernelInitializerPlace, layerAt } from '../../src/diagnosis/layers';
import { LEARNING_RATE_PLACE, type Place } from '../../src/model/place';
import { readSource } from '../read-source';

const HEAD = `input: [4]
layers:
  - { name: hidden, type: dense, units: 8, activation: tanh }
  - { name: answer, type: dense, units: 1 }
loss: mse
data: { type: teacher, scale: 1e-4 }
`;

/** What the text has where a place of it is shown. */
function shown(text: string, place: Place): string {
  const source = readSource(text);
  expect(source.problems).toEqual([]);
  const { start, end } = source.rangeOf(place);
  return text.slice(start, end);
}

describe('a finding about the learning rate', () => {
  it.each([
    ['optimizer: { type: adam, learning_rate: 0.001 }\n', 'learning_rate: 0.001'],
    ['optimizer: { type: sgd, learning_rate: 0.01 }\n', 'learning_rate: 0.01'],
    ['optimizer:\n  type: adam\n  learning_rate: 0.001\n', 'learning_rate: 0.001'],
    ['optimizer: adam\n', 'optimizer: adam'],
    ['optimizer: { type: sgd }\n', 'optimizer: { type: sgd }'],
    ['', 'type: dense'],
  ])('of %j is shown at %j', (optimizer, expected) => {
    expect(shown(`${HEAD}${optimizer}`, LEARNING_RATE_PLACE)).toBe(expected);
  });

  it('is silenced by a comment on the line of an explicit default, and by none on another', () => {
    const comment = '# gradient-health: ignore learning-rate-too-low';
    const of = (text: string) => readSource(text).isIgnored('learning-rate-too-low', LEARNING_RATE_PLACE);
    expect(of(`${HEAD}optimizer: { type: adam, learning_rate: 0.001 } ${comment}\n`)).toBe(true);
    expect(of(`${HEAD}${comment}\noptimizer:\n  type: adam\n  learning_rate: 0.001\n`)).toBe(true);
    expect(of(`${HEAD.replace('tanh }', `tanh } ${comment}`)}optimizer: { type: adam, learning_rate: 0.001 }\n`)).toBe(
      false,
    );
    expect(of(HEAD.replace('tanh }', `tanh } ${comment}`))).toBe(true);
  });
});

describe('a finding about first weights', () => {
  const place = (text: string, layer: string): Place => {
    const found = layerAt(readSource(text).model!, layer);
    if (!hasKernel(found)) throw new Error(`${layer} has no kernel.`);
    return kernelInitializerPlace(found);
  };

  it.each([
    ['tanh, kernel_initializer: glorot-uniform', 'kernel_initializer: glorot-uniform'],
    ['tanh, kernel_initializer: he-normal', 'kernel_initializer: he-normal'],
    ['tanh', 'type: dense'],
  ])('of %j is shown at %j', (written, expected) => {
    const text = HEAD.replace('tanh', written);
    expect(shown(text, place(text, 'hidden'))).toBe(expected);
  });

  it('is silenced by a comment on the line of an explicit default', () => {
    const text = HEAD.replace(
      'tanh }',
      'tanh, kernel_initializer: glorot-uniform } # gradient-health: ignore poor-initialization',
    );
    expect(readSource(text).isIgnored('poor-initialization', place(text, 'hidden'))).toBe(true);
    expect(readSource(text).isIgnored('poor-initialization', place(text, 'answer'))).toBe(false);
  });

  it('of a layer with tied weights is shown at the owner', () => {
    const text = `input: [4]
layers:
  - { name: owner, type: dense, units: 4, kernel_initializer: ones }
  - { name: twin, type: dense, units: 4, tied_to: owner }
loss: mse
`;
    expect(place(text, 'twin')).toEqual({ layer: 'owner', part: 'kernelInitializer' });
    expect(shown(text, place(text, 'twin'))).toBe('kernel_initializer: ones');
  });
});

describe('a finding about an activation', () => {
  const text = `input: [6, 2]
layers:
  - { name: plain, type: rnn, units: 4, nonlinearity: relu, output: sequence }
  - { name: gated, type: lstm, units: 4, activation: relu }
  - { name: answer, type: dense, units: 1, activation: linear }
loss: mse
data: adding-problem
`;
  it.each([
    ['plain', 'nonlinearity: relu'],
    ['gated', 'activation: relu'],
    ['answer', 'activation: linear'],
  ])('of %s is shown at %j', (layer, expected) => {
    expect(shown(text, activationPlace(layerAt(readSource(text).model!, layer)!))).toBe(expected);
  });

  it('of a layer that says none is shown at the layer', () => {
    const without = text.replace(', activation: linear', '');
    expect(shown(without, activationPlace(layerAt(readSource(without).model!, 'answer')!))).toBe('type: dense');
  });
});
