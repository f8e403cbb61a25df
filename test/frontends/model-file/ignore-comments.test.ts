import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import { isIgnored, readIgnores } from '../../../src/frontends/model-file/ignore-comments';
import { ignoreHere, ignoreInFile } from '../../../src/frontends/model-file/ignore-edits';
import type { SourcePath } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { ModelFileLanguage } from '../../../src/frontends/model-file/source-document';

const RULES = ['dead-relu', 'vanishing-gradient', 'exploding-gradient'];

const read = (text: string, language: ModelFileLanguage = 'yaml') => readIgnores(parseModelFile(text, language), RULES);
const places = (text: string, language?: ModelFileLanguage) =>
  read(text, language).ignores.map(({ rules, path }) => [rules.join(), path.join('.')]);

describe('the place that a comment silences', () => {
  it('is the layer on whose line it stands, or above whose line', () => {
    expect(
      places(`input: [4]
layers:
  - { type: dense, units: 8 }  # gradient-health: ignore dead-relu
  # gradient-health: ignore vanishing-gradient
  - type: dense
    units: 8
  - type: dense
    units: 3
    kernel_initializer: { type: zeros } # gradient-health: ignore exploding-gradient
`),
    ).toEqual([
      ['dead-relu', 'layers.0'],
      ['vanishing-gradient', 'layers.1'],
      ['exploding-gradient', 'layers.2'],
    ]);
  });

  it('is the innermost layer, and what lies within it', () => {
    const comments = read(`input: [4]
layers:
  - type: residual   # gradient-health: ignore dead-relu
    layers:
      - { type: dense, units: 4 }  # gradient-health: ignore vanishing-gradient
      - { type: dense, units: 4 }
`);
    const ignored = (rule: string, source: SourcePath) => isIgnored(comments, rule, source);
    expect(ignored('dead-relu', ['layers', 0, 'layers', 1])).toBe(true);
    expect(ignored('vanishing-gradient', ['layers', 0, 'layers', 0, 'units'])).toBe(true);
    expect(ignored('vanishing-gradient', ['layers', 0, 'layers', 1])).toBe(false);
    expect(ignored('vanishing-gradient', ['layers', 0])).toBe(false);
    expect(ignored('exploding-gradient', ['layers', 0])).toBe(false);
  });

  it('is an entry of the file outside of the layers', () => {
    expect(
      places(`input: [4]
# gradient-health: ignore dead-relu
# a word between
optimizer:
  type: sgd
  learning_rate: 3  # gradient-health: ignore exploding-gradient
layers:  # gradient-health: ignore vanishing-gradient
  - { type: dense, units: 4 }
`),
    ).toEqual([
      ['dead-relu', 'optimizer'],
      ['exploding-gradient', 'optimizer'],
      ['vanishing-gradient', 'layers'],
    ]);
  });

  it('is the whole file before the first key', () => {
    const comments = read(
      '# A model\n# gradient-health: ignore dead-relu, exploding-gradient -- it is a demonstration, vanishing-gradient\n---\ninput: [4]\n',
    );
    expect(comments.ignores.map(({ rules, path }) => [rules, path])).toEqual([
      [['dead-relu', 'exploding-gradient'], []],
    ]);
    expect(isIgnored(comments, 'dead-relu', ['layers', 3])).toBe(true);
    expect(isIgnored(comments, 'dead-relu', [])).toBe(true);
    expect(comments.problems).toEqual([]);
  });

  it('is found in JSON too', () => {
    expect(
      places(
        `// gradient-health: ignore dead-relu
{
  "input": [4],
  "layers": [
    /* gradient-health: ignore vanishing-gradient -- known */
    { "type": "dense", "units": 4 }
  ],
  "optimizer": { "type": "sgd" } // gradient-health: ignore exploding-gradient
}
`,
        'json',
      ),
    ).toEqual([
      ['dead-relu', ''],
      ['vanishing-gradient', 'layers.0'],
      ['exploding-gradient', 'optimizer'],
    ]);
  });

  it('is none in text that only looks like a comment', () => {
    expect(read('name: "a # gradient-health: ignore dead-relu"\ninput: [4]\n')).toEqual({ ignores: [], problems: [] });
    expect(read('input: [4]\nname: |\n  # gradient-health: ignore dead-relu\n')).toEqual({ ignores: [], problems: [] });
    expect(read('{ "name": "// gradient-health: ignore dead-relu" }', 'json')).toEqual({ ignores: [], problems: [] });
  });
});

describe('a comment that silences nothing', () => {
  const problems = (text: string) =>
    read(text).problems.map(({ code, severity, range, suggestion }) => [
      code,
      severity,
      text.slice(range.start, range.end),
      suggestion,
    ]);

  it('is told, with the rule that was meant', () => {
    expect(problems('input: [4] # gradient-health: ignore dead-rellu, dead-relu, whatever else\n')).toEqual([
      ['unknown-rule', 'warning', 'dead-rellu', 'dead-relu'],
      ['unknown-rule', 'warning', 'whatever else', undefined],
    ]);
    expect(places('input: [4]\nloss: mse # gradient-health: ignore dead-rellu, dead-relu\n')).toEqual([
      ['dead-relu', 'loss'],
    ]);
  });

  it('is told where it says nothing, or stands nowhere', () => {
    expect(problems('input: [4] # gradient-health: ignored dead-relu\n')).toEqual([
      ['ignore-comment', 'warning', 'ignored', 'ignore'],
    ]);
    expect(problems('input: [4] # gradient-health: ignore -- why\n')).toEqual([
      ['ignore-comment', 'warning', '# gradient-health: ignore -- why', undefined],
    ]);
    expect(problems('input: [4]\n# gradient-health: ignore dead-relu\n\nloss: mse\n')).toHaveLength(1);
    expect(problems('input: [4]\n# gradient-health: ignore dead-relu')).toHaveLength(1);
  });
});

describe('the edit that silences a rule', () => {
  const edited = (
    text: string,
    source: SourcePath | 'file',
    rule = 'dead-relu',
    language: ModelFileLanguage = 'yaml',
  ): string | undefined => {
    const document = parseModelFile(text, language);
    const edit = source === 'file' ? ignoreInFile(document, rule, RULES) : ignoreHere(document, source, rule, RULES);
    return edit && applyEdits(text, [edit]);
  };
  const TEXT = 'input: [4]\r\nlayers:\r\n  - { type: dense, units: 4 }\r\n  - type: dense\r\n    units: 4\r\n';

  it('puts a comment above the layer, and adds to the one that is there', () => {
    const once = edited(TEXT, ['layers', 1, 'units']);
    expect(once).toBe(TEXT.replace('  - type', '  # gradient-health: ignore dead-relu\r\n  - type'));
    expect(edited(once!, ['layers', 1], 'vanishing-gradient')).toBe(
      once!.replace('dead-relu', 'dead-relu, vanishing-gradient'),
    );
    const reasoned = 'input: [4]\nloss: mse  # gradient-health: ignore dead-relu -- on purpose\n';
    expect(edited(reasoned, ['loss'], 'vanishing-gradient')).toBe(reasoned.replace('relu', 'relu, vanishing-gradient'));
  });

  it('is in the style of JSON where the file is', () => {
    const text = '{\n  "input": [4],\n  "layers": [\n    { "type": "dense" }\n  ]\n}\n';
    expect(edited(text, ['layers', 0], 'dead-relu', 'json')).toBe(
      text.replace('    {', '    // gradient-health: ignore dead-relu\n    {'),
    );
    expect(edited(text, 'file', 'dead-relu', 'json')).toBe(`// gradient-health: ignore dead-relu\n${text}`);
  });

  it('is not offered where a comment would silence more', () => {
    expect(
      edited('input: [4]\nlayers: [{ type: dense, units: 4 }, { type: dense, units: 4 }]\n', ['layers', 1]),
    ).toBeUndefined();
    expect(edited(TEXT, ['input'])).toBeUndefined();
    expect(edited(TEXT, ['loss'])).toBeUndefined();
    expect(edited(TEXT, [])).toBeUndefined();
  });

  it('silences the whole file before everything', () => {
    const once = edited(`\uFEFF${TEXT}`, 'file');
    expect(once).toBe(`\uFEFF# gradient-health: ignore dead-relu\r\n${TEXT}`);
    expect(edited(once!, 'file', 'vanishing-gradient')).toBe(
      `\uFEFF# gradient-health: ignore dead-relu, vanishing-gradient\r\n${TEXT}`,
    );
  });
});
