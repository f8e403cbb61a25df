/** What the compiler refuses on its range, that a training would have been refused for, or a defect. */
import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../../src/frontends/model-file/assist/completion';
import { applyEdits } from '../../../src/frontends/model-file/edit';
import { parseModelFile } from '../../../src/frontends/model-file/parse';
import { problems, withLayer, withRest } from './compile-text';

describe('a bias', () => {
  it.each(['identity', 'orthogonal', 'Orthogonal'])('is not filled by %s, which makes a matrix', name => {
    expect(problems(withLayer(`type: dense, units: 3, bias_initializer: ${name}`))).toEqual([
      {
        code: 'misplaced-name',
        at: name,
        message: `\`${name.toLowerCase()}\` fills a matrix, and this is one number per unit; write \`zeros\`.`,
      },
    ]);
    expect(
      problems(withLayer(`type: lstm, units: 3, bias_initializer: { type: ${name} }`, '', '[5, 4]')).map(
        ({ code }) => code,
      ),
    ).toEqual(['misplaced-name']);
    expect(problems(withLayer(`type: dense, units: 3, kernel_initializer: ${name.toLowerCase()}`))).toEqual([]);
  });

  it('is offered neither', () => {
    const text = withLayer('type: dense, units: 3, bias_initializer: ');
    const offered = completionsAt(parseModelFile(text, 'yaml'), text.indexOf('bias_initializer: ') + 18).map(
      ({ label }) => label,
    );
    expect(offered).toContain('zeros');
    expect(offered).not.toContain('identity');
    expect(offered).not.toContain('orthogonal');
  });
});

describe('the path of a data file', () => {
  it.each([
    ['//server/share/x.csv', 'leads to another computer'],
    ['\\\\server\\share\\x.csv', 'leads to another computer'],
    ['//./pipe/x', 'leads to another computer'],
    ['https://example.org/x.csv', 'is an address'],
    ['/dev/zero', 'names a device'],
    ['/proc/kmsg', 'names a device'],
  ])('%s is refused: it %s', (path, why) => {
    const [problem, ...others] = problems(withRest(`data: { type: csv, path: '${path}', target: y }`));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'data-path', at: `'${path}'` });
    expect(problem.message).toContain(why);
  });

  it.each(['x.csv', '../x.csv', '/home/me/x.csv', 'C:\\data\\x.csv', 'aux.csv'])('%s is taken', path =>
    expect(problems(withRest(`data: { type: csv, path: '${path}', target: y }`))).toEqual([]),
  );
});

describe('examples of a generated task', () => {
  it('are as many as a step of accumulated batches takes', () => {
    const told = problems(withRest('data: { type: blobs, examples: 100 }\nbatch_size: 32\ngradient_accumulation: 4'));
    expect(told).toEqual([
      {
        code: 'too-few-examples',
        at: '4',
        message: expect.stringContaining('needs 128 examples a step, but there are 100') as string,
      },
    ]);
    expect(
      problems(withRest('data: { type: blobs, examples: 100 }\nbatch_size: 20\ngradient_accumulation: 4')),
    ).toEqual([]);
  });

  it('are not all held back', () => {
    const told = problems(withRest('data: { type: blobs, examples: 2 }\nvalidation: 0.9'));
    expect(told).toEqual([
      {
        code: 'too-few-examples',
        at: '0.9',
        message: expect.stringContaining('leaves none of the 2 examples') as string,
      },
    ]);
  });
});

describe('a missing space', () => {
  it.each([
    ['type: dense, units:8', 'units: 8'],
    ['type:dense, units: 8', 'type: dense'],
  ])('in %s is put in', (layer, written) => {
    const text = withLayer(layer);
    const [problem] = problems(text);
    expect(problem).toMatchObject({ code: 'missing-space', suggestion: written });
    const start = text.indexOf(problem.at);
    expect(problems(applyEdits(text, [{ range: { start, end: start + problem.at.length }, text: written }]))).toEqual(
      [],
    );
  });

  it('is not suggested where a value follows by a colon of its own', () => {
    expect(
      problems(withLayer('type: dense, units:its: 3')).every(
        ({ code, suggestion }) => code !== 'missing-space' && suggestion !== 'units: its',
      ),
    ).toBe(true);
  });
});
