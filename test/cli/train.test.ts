import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scratchFolder, train, type Ran } from './train-harness';

const file = scratchFolder();

describe('train', async () => {
  it('says that a model trains, layer by layer', async () => {
    const { code, out, error } = await train('examples/healthy-iris.model.yaml');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('"species" of data/iris.csv');
    expect(out).toContain('120 training examples, 30 held back');
    expect(out).toMatch(/^layer +type +activation +output +gradient .* verdict$/m);
    expect(out).toMatch(/^accuracy .* → (9\d|100) %$/m);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^Trains: the loss ends at \S+, where predicting a constant gives \S+\.$/,
    );
    expect(out).not.toMatch(/nothing found/i);
  });

  it('reads the first rows of a table alone, and says what it notices', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row + 1},${(row * 7) % 5},${(row * 3) % 4}`).join('\n');
    file('table.csv', `id,a,y\n${rows}\nbroken\n`);
    const model = 'input: [2]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\nsteps: 2\n';
    const refused = await train(file('all.model.yaml', `${model}data: { type: csv, path: table.csv, target: y }\n`));
    expect(refused.code).toBe(2);
    expect(refused.error).toContain('row 42: 1 values');
    const read = await train(
      file('first.model.yaml', `${model}data: { type: csv, path: table.csv, target: y, rows: 20 }\n`),
    );
    expect(read.out).toContain('20 examples of 2 columns');
    expect(read.error).toMatch(
      /first\.model\.yaml:5:\d+: information identifier-column: Column "id" of "table\.csv" looks like an identifier/,
    );
  });

  it('says in a sentence that a folder is no model file and no data file, and where', async () => {
    const folder = await train('examples');
    expect({ code: folder.code, error: folder.error }).toEqual({
      code: 2,
      error: 'examples is a folder: name a file in it.\nSee --help.\n',
    });
    const model =
      'input: [2]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\nsteps: 2\ndata: { type: csv, path: ., target: y }\n';
    const data = await train(file('folder.model.yaml', model));
    expect(data.code).toBe(2);
    expect(data.error).toMatch(/folder\.model\.yaml:5:\d+: error training: .*is a folder: name a file in it\./);
    expect(data.error).not.toContain('defect');
  });

  it('names file, line, rule and cures of what it finds', async () => {
    const { code, out } = await train('examples/exploding-rnn.model.yaml', '--steps', '60');
    expect(code).toBe(1);
    expect(out).toMatch(/^examples\/exploding-rnn\.model\.yaml:\d+:\d+: (error|warning) exploding-through-time: /m);
    expect(out).toMatch(/^Faulty \(exploding in time in `memory`\): /m);
    expect(out).toMatch(/^memory .* exploding in time$/m);
    expect(out).toMatch(/^ {2}fix: .*orthogonal \(undoes the cause\)$/m);
    // nothing unmeasured is preferred
    expect(out).not.toContain('preferred');
  });

  it('keeps to itself what a comment silences, and warns of one that names no rule', async () => {
    const text = readFileSync('examples/exploding-rnn.model.yaml', 'utf8');
    const loud = await train(
      file('loud.model.yaml', `# gradient-health: ignore exploding-trough-time\n${text}`),
      '--steps',
      '60',
    );
    expect(loud.code).toBe(1);
    expect(loud.out).toContain(' exploding-through-time: ');
    expect(loud.error).toMatch(/loud\.model\.yaml:1:27: warning \S+: There is no rule .*exploding-through-time/);
    const silent = await train(
      file('silent.model.yaml', `# gradient-health: ignore exploding-through-time\n${text}`),
      '--steps',
      '60',
    );
    expect(silent.error).toBe('');
    expect(silent.code).toBe(4);
    expect(silent.out).toMatch(/^Not learning, 1 silenced: /m);
    expect(silent.out).not.toContain('exploding-through-time: ');
  });

  it('prints problems of the file as compilers do', async () => {
    const { code, out, error } = await train(
      file('typo.model.yaml', 'input: [2]\nlayers:\n  - { type: dense, unitz: 3 }\n'),
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(/typo\.model\.yaml:3:\d+: error unknown-key: .*units/);
  });

  it('prints data that does not fit at the place that names it', async () => {
    const layers = 'input: [4]\nlayers: [{ type: dense, units: 3 }]\nloss: cross-entropy\n';
    const text = `${layers}data: { type: csv, path: none.csv, target: y }\n`;
    const { code, error } = await train(file('data.model.yaml', text));
    expect(code).toBe(2);
    expect(error).toContain('data.model.yaml:4:26: error training: The data file "none.csv" was not found.');
  });

  it('says which of two data files is missing', async () => {
    const images = `${process.cwd()}/examples/data/digits-images.idx3-ubyte.gz`;
    const data = `data:\n  type: idx\n  path: ${images}\n  labels: none.gz\n`;
    const { code, error } = await train(
      file('two.model.yaml', `input: [64]\nlayers: [{ type: dense, units: 10 }]\n${data}`),
    );
    expect(code).toBe(2);
    expect(error).toContain('two.model.yaml:6:11: error training: The data file "none.gz" was not found.');
  });

  it('says where the time went', async () => {
    const { code, out } = await train('examples/healthy-iris.model.yaml', '--steps', '3', '--profile');
    expect(code).toBe(4);
    expect(out).toMatch(/^kernel +product +calls +ms +share +GFLOP\/s$/m);
    const { profile } = JSON.parse(
      (await train('examples/healthy-iris.model.yaml', '--steps', '3', '--profile', '--json')).out,
    );
    const product = profile.find(({ kernel }: { kernel: string }) => kernel === 'matmulTransposedA');
    const [m, n, k] = product.shape.split('×').map(Number);
    // one weight gradient of this shape in each of three steps, and one in each probe of a step
    expect(product.calls).toBeGreaterThanOrEqual(3);
    expect(product.calls).toBeLessThanOrEqual(6);
    expect(product.flops).toBe(product.calls * 2 * m * n * k);
    expect(profile.reduce((sum: number, { share }: { share: number }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('gives machines the same as JSON', async () => {
    const { code, out } = await train('examples/diverging-rate.model.json', '--json');
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      format: 3,
      verdict: 'faulty',
      healthy: false,
      silenced: 0,
      seed: 1,
      outcome: { kind: 'not-finite' },
    });
    expect(report.layers[0]).toMatchObject({ path: 'hidden1', type: 'dense', outputShape: [64] });
    expect(report.findings[0]).toMatchObject({
      rule: 'learning-rate-too-high',
      range: { start: { line: expect.any(Number) } },
    });
    expect(report.findings[0].fixes[0].edits[0].text).toEqual(expect.any(String));
    expect(out).not.toContain('null');
  });

  it('gives machines the place of every finding as linters do, with the page of its rule', async () => {
    const { findings } = JSON.parse((await train('examples/exploding-cnn.model.yaml', '--steps', '40', '--json')).out);
    const lines = readFileSync('examples/exploding-cnn.model.yaml', 'utf8').split('\n');
    const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(findings.length).toBeGreaterThan(0);
    for (const { rule, url, line, column, range, related } of findings) {
      expect({ line, column }).toEqual(range.start);
      expect(lines[line - 1].slice(column - 1).trim()).not.toBe('');
      const [repositoryUrl, page] = url.split('/blob/HEAD/');
      expect(`${repositoryUrl}.git`).toBe(repository.url);
      expect(readFileSync(page, 'utf8')).toContain(`# ${rule}`);
      for (const place of related)
        expect(place).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    }
  });

  it('leaves out of the JSON what a layer does not have, and names the activation of a recurrent layer', async () => {
    const layersOf = async (name: string): Promise<readonly Record<string, unknown>[]> =>
      JSON.parse((await train(name, '--steps', '3', '--json')).out).layers;
    const layers = await layersOf('examples/exploding-cnn.model.yaml');
    expect(JSON.stringify(layers)).not.toContain('nan');
    const isBare = ({ type }: Record<string, unknown>): boolean => type === 'flatten' || String(type).includes('pool');
    expect(layers.some(isBare)).toBe(true);
    for (const layer of layers) expect('gradientNorm' in layer).toBe(!isBare(layer));
    const recurrent = (await layersOf('examples/exploding-rnn.model.yaml')).find(({ type }) => type === 'rnn');
    expect(recurrent).toMatchObject({ activation: 'tanh' });
  });

  it('gives machines the problems of a file that cannot be trained', async () => {
    const { code, out } = await train(file('empty.model.json', '{}'), '--json');
    expect(code).toBe(2);
    const { healthy, problems } = JSON.parse(out);
    expect(healthy).toBe(false);
    expect(problems[0]).toMatchObject({
      code: 'missing-key',
      severity: 'error',
      range: { start: { line: 1, column: 1 } },
    });
  });

  it('trains with another seed and another number of steps', async () => {
    const report = async (...args: readonly string[]): Promise<{ first: { loss: number }; last: { step: number } }> =>
      JSON.parse((await train('examples/healthy-iris.model.yaml', '--json', ...args)).out);
    expect((await report('--steps', '7')).last.step).toBe(6);
    const first = (await report('--steps', '1')).first;
    expect((await report('--steps', '1', '--seed', '5')).first.loss).not.toBe(first.loss);
    expect((await report('--steps', '1')).first).toEqual(first);
  });

  /** Deep and narrow: whether some layer is dead at birth is chance. */
  const NARROW = `input: [4]
layers:
${'  - { type: dense, units: 4, activation: relu, kernel_initializer: he-normal }\n'.repeat(6)}  - { type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 128 }
optimizer: { type: adam, learning_rate: 0.01 }
steps: 60
seed: 4
`;

  it('tries as many seeds as it is asked to, and never calls a run sound that fails with others', async () => {
    const narrow = file('narrow.model.yaml', NARROW);
    expect(await train(narrow)).toMatchObject({ code: 0, out: expect.stringMatching(/^Trains: /m) });
    const { code, out } = await train(narrow, '--seeds', '16');
    expect(code).toBe(4);
    expect(out).toMatch(
      / information dead-relu: The model trains with seed 4, but .* 5 of 16 seeds tried\. With seed 5: /,
    );
    expect(out).toContain('Seeds 4 to 19 tried. Found: dead-relu with 5.\n');
    expect(out).toMatch(/^Not learning: .*; it trains with 11 of 16 seeds tried\.$/m);
    expect(JSON.parse((await train(narrow, '--seeds', '16', '--json')).out)).toMatchObject({
      verdict: 'not-learning',
      healthy: false,
    });
    // the run itself is sound: its cures are those of a seed that fails
    expect((await train(narrow, '--cures', '--seeds', '4')).out).toContain(
      'nothing was measured. It fails with others: add --seed 5 to ',
    );
    const unlucky = await train(narrow, '--seeds', '16', '--seed', '5', '--json');
    const { chance, findings } = JSON.parse(unlucky.out);
    expect(chance).toMatchObject({ seeds: 16, firstSeed: 5, found: { 'dead-relu': 16 - chance.trainsIn } });
    expect(findings[0]).toMatchObject({ rule: 'dead-relu', severity: 'warning' });
    expect(findings[0].message).toContain(` Found with ${chance.found['dead-relu']} of 16 seeds tried.`);
    const silenced = await train(
      file('silenced.model.yaml', `# gradient-health: ignore dead-relu\n${NARROW}`),
      '--seeds',
      '4',
    );
    expect(silenced).toMatchObject({ code: 4, out: expect.not.stringContaining(' dead-relu: ') });
  });

  it('takes thresholds of rules from a file, for every seed, and refuses what no rule declares', async () => {
    const options = (name: string, value: unknown): string => file(name, JSON.stringify(value));
    const narrow = file('narrow.model.yaml', NARROW.replace('seed: 4', 'seed: 5'));
    const rules = async (...args: readonly string[]): Promise<readonly string[]> =>
      JSON.parse((await train(narrow, '--json', ...args)).out).findings.map(({ rule }: { rule: string }) => rule);
    expect(await rules()).toEqual(['dead-relu']);
    const deaf = options('deaf.json', { 'dead-relu': { deadShare: 2 } });
    expect(await rules('--rule-options', deaf)).not.toContain('dead-relu');
    const { chance } = JSON.parse((await train(narrow, '--json', '--seeds', '4', '--rule-options', deaf)).out);
    expect(chance.found).not.toHaveProperty('dead-relu');
    const refusal = async (value: unknown): Promise<Ran> =>
      train(narrow, '--rule-options', options('wrong.json', value));
    expect(await refusal({ 'dead-rely': {} })).toMatchObject({
      code: 2,
      error: expect.stringContaining('no rule "dead-rely". Did you mean "dead-relu"?'),
    });
    expect(await refusal({ 'dead-relu': { share: 1 } })).toMatchObject({
      code: 2,
      error: expect.stringContaining('has no option "share".'),
    });
    expect(await refusal({ 'dead-relu': { deadShare: '1' } })).toMatchObject({
      code: 2,
      error: expect.stringContaining('not "1"'),
    });
    expect(await refusal([])).toMatchObject({ code: 2, error: expect.stringContaining('are an object') });
    expect(await train(narrow, '--rule-options', file('broken.json', '{'))).toMatchObject({
      code: 2,
      error: expect.stringContaining('broken.json: '),
    });
    expect(await train(narrow, '--rule-options', 'none.json')).toMatchObject({
      code: 2,
      error: expect.stringContaining('no file "none.json"'),
    });
  });

  it.each([
    [['a', '--seeds', '0'], 'from 1 to 1000, not "0"'],
    [[], 'Name 1 model file; 0 were named.'],
    [['a', 'b'], 'Name 1 model file; 2 were named.'],
    [['a', '--steps', '0'], 'from 1 to 100000, not "0"'],
    [['a', '--seed', 'x'], 'not "x"'],
    [['a', '--wrong'], '--wrong'],
    [['none.model.yaml'], 'none.model.yaml'],
  ])('refuses the arguments %j', async (args, message) => {
    const { code, error } = await train(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  it('explains itself', async () => {
    expect(await train('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') });
  });
});
