import { describe, expect, it } from 'vitest';
import { isModelFileName, languageOf } from '../../../src/frontends/model-file/model-file-name';

describe('isModelFileName', () => {
  it.each(['a.model.yaml', '/x/y/a.model.yml', 'C:\\x\\a.model.json', 'A.MODEL.YAML', 'a.b.model.json'])(
    'knows %s',
    name => expect(isModelFileName(name)).toBe(true),
  );

  const others = ['model.yaml', 'a.yaml', 'a.model.yaml.bak', 'a.model.txt', '.model.yaml', 'amodel.yaml', ''];
  it.each(others)('leaves %s alone', name => expect(isModelFileName(name)).toBe(false));

  it.each([
    ['*.net.yaml', 'x/a.net.yaml', true],
    ['nets/**/*.yml', 'x/nets/deep/a.yml', true],
    ['nets/**/*.yml', 'nets/a.yml', true],
    ['nets/*.yml', 'nets/deep/a.yml', false],
    ['net?.yaml', 'net1.yaml', true],
    ['net?.yaml', 'net12.yaml', false],
    ['(a+.yaml', '(a+.yaml', true],
    ['', 'x', false],
  ])('matches pattern %s with %s: %s', (pattern, name, expected) =>
    expect(isModelFileName(name, [pattern])).toBe(expected),
  );
});

describe('languageOf', () => {
  it.each([
    ['a.model.json', 'json'],
    ['a.MODEL.JSON', 'json'],
    ['a.jsonc', 'json'],
    ['a.model.yaml', 'yaml'],
    ['a.model.yml', 'yaml'],
    ['a.net', 'yaml'],
  ])('reads %s as %s', (name, language) => expect(languageOf(name)).toBe(language));
});
