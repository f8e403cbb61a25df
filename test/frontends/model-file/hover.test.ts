import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../../src/frontends/model-file/assist/hover';
import { parseModelFile } from '../../../src/frontends/model-file/parse';

const TEXT = `name: Echo # why
input: [100, 2]
base: &base { type: dense, units: 2 }
layers:
  - { name: memory, type: rnn, units: 64, recurrent_initializer: { type: normal, std: 0.4 } }
  - type: residual
    layers:
      - { type: dense, units: 64, activation: tanh }
  - { name: answer, type: dense, units: 1 }
loss: mse
clip: { type: norm, max: 1 }
nonsense: 3
`.replace('base:', 'x-base:');

/** The hover on the first place of \`word\`, and the text it covers. */
function hover(word: string, text = TEXT, shift = 1): { markdown: string; covers: string } | undefined {
  const document = parseModelFile(text, 'yaml');
  const found = hoverAt(document, text.indexOf(word) + shift);
  return found && { markdown: found.markdown, covers: text.slice(found.range.start, found.range.end) };
}

describe('hover', () => {
  it('on a key gives range, default and description', () => {
    expect(hover('units: 64')).toMatchObject({ covers: 'units' });
    expect(hover('units: 64')!.markdown).toContain(
      '**units** · whole number from 1 to 8192 · required\n\nSize of the hidden state',
    );
    expect(hover('std: 0.4')!.markdown).toContain('default: `0.05`');
    expect(hover('max: 1')!.markdown).toContain('number above 0');
  });
  it('on a value explains the value', () => {
    expect(hover('tanh')).toMatchObject({ covers: 'tanh' });
    expect(hover('tanh')!.markdown).toContain('slope 1 at 0');
    expect(hover('mse')!.markdown).toContain('Mean squared error');
    expect(hover('norm, max')!.markdown).toContain('Scales all gradients together');
    expect(hover('normal,')!.markdown).toContain('Normal distribution');
    expect(hover('64, rec')!.markdown).toContain('**units**');
  });
  it('on the type or name of a layer gives its shapes', () => {
    expect(hover('rnn')!.markdown).toMatch(/^`memory`: \[100, 2\] → \[64\] · 4,352 parameters\n\n\*\*rnn\*\* · layer/);
    expect(hover('answer')!.markdown).toContain('`answer`: [64] → [1] · 65 parameters');
    expect(hover('residual')!.markdown).toContain('`residual1`: [64] → [64] · 4,160 parameters');
    expect(hover('type: dense, units: 64, act')!.markdown).toContain('`residual1.dense1`: [64] → [64]');
  });
  it('on `layers` and `input` sums up the model', () => {
    const text = TEXT.replace('nonsense: 3\n', '');
    expect(hover('layers:', text)!.markdown).toContain(
      'Output [1] · 8,577 parameters · loss `mse` · data `adding-problem` ' + '(chosen to fit the shapes)',
    );
    expect(hover('100, 2', text)).toMatchObject({ covers: '100' });
    expect(hover('100, 2', text)!.markdown).toContain('Shape of one example');
  });
  it('gives shapes up to the first layer that does not fit', () => {
    const text = TEXT.replace('units: 64, activation', 'units: 65, activation');
    expect(hover('rnn', text)!.markdown).toContain('[100, 2] → [64]');
    expect(hover('answer', text)!.markdown).not.toContain('→');
  });
  it('on an alias explains the layer it stands for', () => {
    const text = TEXT.replace('  - { name: answer', '  - *base\n  - { name: answer');
    expect(hover('*base', text)).toMatchObject({ covers: '*base' });
    expect(hover('*base', text)!.markdown).toContain('`dense1`: [64] → [2]');
  });
  it('says nothing in comments, about unknown keys and between values', () => {
    expect(hover('why')).toBeUndefined();
    expect(hover('nonsense')).toBeUndefined();
    expect(hover('x-base')).toBeUndefined();
    expect(hoverAt(parseModelFile('', 'yaml'), 0)).toBeUndefined();
  });
  it('explains a type that is missing or unknown by listing the known ones', () => {
    expect(hover('type: wrong', 'input: 4\nlayers:\n  - type: wrong\n')!.markdown).toContain('- `lstm`:');
  });
  it('works in JSON', () => {
    const text = '{ "input": [4], "layers": [{ "type": "dense", "units": 1 }] }';
    const found = hoverAt(parseModelFile(text, 'json'), text.indexOf('dense'));
    expect(found!.markdown).toContain('`dense1`: [4] → [1] · 5 parameters');
  });
});
