import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runTrain } from '../../src/cli/train/run-train';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function train(...args: readonly string[]): Ran {
  let [out, error] = ['', ''];
  const code = runTrain(args, { out: (text) => void (out += text), error: (text) => void (error += text), terminal: false });
  return { code, out, error };
}

function file(name: string, text: string): string {
  const full = path.join(FOLDER, name);
  writeFileSync(full, text);
  return full;
}

describe('train', () => {
  it('says that a healthy model is healthy, layer by layer', () => {
    const { code, out, error } = train('examples/healthy-iris.model.yaml');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('"species" of data/iris.csv');
    expect(out).toContain('120 examples to learn from, 30 held back');
    expect(out).toMatch(/^layer +type +activation +output +gradient/m);
    expect(out).toMatch(/^accuracy .* → (9\d|100) %$/m);
    expect(out.trimEnd().endsWith('Healthy: nothing found.')).toBe(true);
  });

  it('names file, line, rule and cures of what it finds', () => {
    const { code, out } = train('examples/exploding-rnn.model.yaml', '--steps', '60');
    expect(code).toBe(1);
    expect(out).toMatch(/^examples\/exploding-rnn\.model\.yaml:\d+:\d+: (error|warning) exploding-through-time: /m);
    expect(out).toMatch(/^ {2}fix: .* \(preferred\)$/m);
  });

  it('keeps to itself what a comment silences, and warns of one that names no rule', () => {
    const text = readFileSync('examples/exploding-rnn.model.yaml', 'utf8');
    const loud = train(file('loud.model.yaml', `# gradient-health: ignore exploding-trough-time\n${text}`), '--steps', '60');
    expect(loud.code).toBe(1);
    expect(loud.out).toContain(' exploding-through-time: ');
    expect(loud.error).toMatch(/loud\.model\.yaml:1:27: warning: There is no rule .*exploding-through-time/);
    const silent = train(file('silent.model.yaml', `# gradient-health: ignore exploding-through-time\n${text}`), '--steps', '60');
    expect(silent.error).toBe('');
    expect(silent.out).not.toContain('exploding-through-time: ');
  });

  it('prints problems of the file as compilers do', () => {
    const { code, out, error } = train(file('typo.model.yaml', 'input: [2]\nlayers:\n  - { type: dense, unitz: 3 }\n'));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(/typo\.model\.yaml:3:\d+: error: .*units/);
  });

  it('prints data that does not fit at the place that names it', () => {
    const layers = 'input: [4]\nlayers: [{ type: dense, units: 3 }]\nloss: cross-entropy\n';
    const text = `${layers}data: { type: csv, path: none.csv, target: y }\n`;
    const { code, error } = train(file('data.model.yaml', text));
    expect(code).toBe(2);
    expect(error).toContain('data.model.yaml:4:26: error: The data file "none.csv" was not found.');
  });

  it('says which of two data files is missing', () => {
    const images = `${process.cwd()}/examples/data/digits-images.idx3-ubyte.gz`;
    const data = `data:\n  type: idx\n  path: ${images}\n  labels: none.gz\n`;
    const { code, error } = train(file('two.model.yaml', `input: [64]\nlayers: [{ type: dense, units: 10 }]\n${data}`));
    expect(code).toBe(2);
    expect(error).toContain('two.model.yaml:6:11: error: The data file "none.gz" was not found.');
  });

  it('says where the time went', () => {
    const { code, out } = train('examples/healthy-iris.model.yaml', '--steps', '3', '--profile');
    expect(code).toBeLessThan(2);
    expect(out).toMatch(/^kernel +product +calls +ms +share +GFLOP\/s$/m);
    const { profile } = JSON.parse(train('examples/healthy-iris.model.yaml', '--steps', '3', '--profile', '--json').out);
    const product = profile.find(({ kernel }: { kernel: string }) => kernel === 'matmulTransposedA');
    const [m, n, k] = product.shape.split('×').map(Number);
    // one weight gradient of this shape in each of three steps, and one in each probe of a step
    expect(product.calls).toBeGreaterThanOrEqual(3);
    expect(product.calls).toBeLessThanOrEqual(6);
    expect(product.flops).toBe(product.calls * 2 * m * n * k);
    expect(profile.reduce((sum: number, { share }: { share: number }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('gives machines the same as JSON', () => {
    const { code, out } = train('examples/diverging-rate.model.json', '--json');
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(report).toMatchObject({ format: 1, healthy: false, seed: 1, outcome: { kind: 'not-finite' } });
    expect(report.layers[0]).toMatchObject({ path: 'hidden1', type: 'dense', outputShape: [64] });
    expect(report.findings[0]).toMatchObject({ rule: 'learning-rate-too-high', range: { start: { line: expect.any(Number) } } });
    expect(report.findings[0].fixes[0].edits[0].text).toEqual(expect.any(String));
    expect(out).not.toContain('null');
  });

  it('gives machines the problems of a file that cannot be trained', () => {
    const { code, out } = train(file('empty.model.json', '{}'), '--json');
    expect(code).toBe(2);
    const { healthy, problems } = JSON.parse(out);
    expect(healthy).toBe(false);
    expect(problems[0]).toMatchObject({ code: 'missing-key', severity: 'error', range: { start: { line: 1, column: 1 } } });
  });

  it('trains with another seed and another number of steps', () => {
    const report = (...args: readonly string[]): { first: { loss: number }; last: { step: number } } =>
      JSON.parse(train('examples/healthy-iris.model.yaml', '--json', ...args).out);
    expect(report('--steps', '7').last.step).toBe(6);
    expect(report('--steps', '1', '--seed', '5').first.loss).not.toBe(report('--steps', '1').first.loss);
    expect(report('--steps', '1').first).toEqual(report('--steps', '1').first);
  });

  it.each([
    [[], 'One model file is needed'],
    [['a', 'b'], 'but 2 were named'],
    [['a', '--steps', '0'], 'from 1 to 100000, not "0"'],
    [['a', '--seed', 'x'], 'not "x"'],
    [['a', '--wrong'], '--wrong'],
    [['none.model.yaml'], 'none.model.yaml'],
  ])('refuses the arguments %j', (args, message) => {
    const { code, error } = train(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  it('explains itself', () => {
    expect(train('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') });
  });
});
