import { describe, expect, it } from 'vitest';
import { ignoreCompletionsAt } from '../../../src/frontends/model-file/assist/ignore-completions';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import type { ModelFileLanguage } from '../../../src/frontends/model-file/source-document';

const RULES = ['dead-relu', 'dead-output', 'vanishing-gradient'].map(id => ({ id, summary: `Speaks of ${id}.` }));

/** What is offered at `|`, and what the text is once the first one was taken; `undefined` outside of comments. */
function at(marked: string, language: ModelFileLanguage = 'yaml') {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const offered = ignoreCompletionsAt(parseModelFile(text, language), offset, RULES);
  const [first] = offered ?? [];
  return {
    labels: offered?.map(({ label }) => label),
    taken: first && text.slice(0, first.range.start) + first.insertText + text.slice(first.range.end),
  };
}

describe('completion in comments that silence rules', () => {
  it('offers the rules behind `ignore`, and takes the place of the word under the cursor', () => {
    expect(at('input: [4] # gradient-health: ignore |\n').labels).toEqual([
      'dead-relu',
      'dead-output',
      'vanishing-gradient',
    ]);
    expect(at('input: [4] # gradient-health: ignore va|\n').labels).toContain('vanishing-gradient');
    expect(at('input: [4] # gradient-health: ignore de|ad -- why\n').taken).toBe(
      'input: [4] # gradient-health: ignore dead-relu -- why\n',
    );
    expect(at('{ // gradient-health: ignore |\n}', 'json').labels).toHaveLength(3);
  });

  it('offers each rule once', () => {
    expect(at('# gradient-health: ignore dead-relu, |\ninput: [4]\n').labels).toEqual([
      'dead-output',
      'vanishing-gradient',
    ]);
    expect(at('# gradient-health: ignore |, dead-output -- why\ninput: [4]\n').labels).toEqual([
      'dead-relu',
      'vanishing-gradient',
    ]);
  });

  it('offers the words before them at the start of a comment', () => {
    expect(at('# |\ninput: [4]\n').taken).toBe('# gradient-health: ignore \ninput: [4]\n');
    expect(at('#|\ninput: [4]\n').labels).toEqual(['gradient-health: ignore']);
    expect(at('# grad|\ninput: [4]\n').taken).toBe('# gradient-health: ignore \ninput: [4]\n');
    expect(at('# gradient-health: |\ninput: [4]\n').taken).toBe('# gradient-health: ignore \ninput: [4]\n');
  });

  it('offers nothing in other comments, in a reason, or behind a name without a comma', () => {
    for (const text of [
      '# A model |\ninput: [4]\n',
      '# gradient-health: ignore dead-relu -- because |\n',
      '# gradient-health: ignore dead-relu |\n',
    ]) {
      expect(at(text).labels).toEqual([]);
    }
  });

  it('leaves everything outside of comments to others', () => {
    expect(at('inp|ut: [4] # gradient-health: ignore dead-relu\n').labels).toBeUndefined();
    expect(at('# gradient-health: ignore dead-relu\n|input: [4]\n').labels).toBeUndefined();
    expect(at('name: "# gradient-health: ignore |"\n').labels).toBeUndefined();
  });
});
