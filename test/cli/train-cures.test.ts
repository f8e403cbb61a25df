/** Cures measured, compared and written by the `train` command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { INLINE_WORKERS, scratchFolder, train, trainWith } from './train-harness';

const file = scratchFolder();

/** A rate that no run survives, in a file with comments of every kind. */
const TOO_FAST = `# before everything
input: [4]   # four numbers
layers:
  - { type: dense, units: 8, activation: tanh }   # hidden
  # between the layers
  - { type: dense, units: 1 }
loss: mse
data: { type: teacher, examples: 128 }
optimizer: { type: sgd, learning_rate: 30 } # why so high
steps: 60
`;

/** Two findings: scores that are squashed before the loss, and a limit that lets nothing through. */
const TWO_FAULTS = `input: [4]
layers:
  - { type: dense, units: 8, activation: tanh }
  - { type: dense, units: 1, activation: sigmoid }
loss: binary-cross-entropy
data: { type: blobs, examples: 128 }
optimizer: { type: sgd, learning_rate: 0.0001 }
clip: { type: norm, max: 0.000001 }
steps: 40
`;

interface CureReport {
  readonly id: string;
  readonly title: string;
  readonly preferred: boolean;
  readonly causal: boolean;
  readonly effect: string;
  readonly trainsIn: number;
  readonly seeds: number;
  readonly relativeLoss: number;
}

describe('train --cures', async () => {
  it('prints what each cure of the root finding did, the preferred one marked', async () => {
    const path = file('cures.model.yaml', TOO_FAST);
    const { code, out, error } = await train(path, '--cures');
    expect(code).toBe(1);
    expect(out).toContain('\nCures of learning-rate-too-high:\n');
    expect(out).toMatch(/^ +trains with +(?:held back +)?loss +loss \/ constant +step time +cause +effect +cure$/m);
    expect(out).toMatch(/^ +0 of 3 seeds +(?:- +)?not finite +not finite .* Original$/m);
    expect(out).toMatch(
      /^\* +3 of 3 seeds +(?:3 of 3 seeds +)?not finite → \S+ .* undone +trains with more seeds +Lower the learning rate to \S+$/m,
    );
    expect(out.match(/^\* .*seeds/gm)).toHaveLength(1);
    // the original stops after nine steps: no time per step to hold others against
    expect(out).not.toContain(' × ');
    expect(error.split('\n')).toEqual([
      'Training with seed 1, 60 steps.',
      'Training with seeds 2 to 3.',
      'Measuring the cures of learning-rate-too-high with seeds 1 to 3, for at most 180 s.',
      '',
    ]);
    expect(readFileSync(path, 'utf8')).toBe(TOO_FAST);
  });

  it('gives machines each cure with its effect, and each fix of the finding', async () => {
    const report = JSON.parse((await train(file('json.model.yaml', TOO_FAST), '--cures', '--json')).out);
    expect(report.measuredCures).toMatchObject({
      kind: 'cures',
      finding: { rule: 'learning-rate-too-high' },
      seeds: 3,
      ended: 'complete',
      original: { trainsIn: 0, seeds: 3, loss: 'nan', relativeLoss: 'inf' },
    });
    const cures: readonly CureReport[] = report.measuredCures.cures;
    expect(cures[0]).toMatchObject({
      preferred: true,
      causal: true,
      effect: 'cures',
      trainsIn: 3,
      seeds: 3,
      edits: [{ range: { start: { line: 9 } } }],
    });
    expect(cures.filter(({ preferred }) => preferred)).toHaveLength(1);
    const [fix] = report.findings[0].fixes;
    const { trainsIn, seeds, relativeLoss, effect } = cures.find(({ id }) => id === fix.id)!;
    expect(fix.measured).toMatchObject({ trainsIn, seeds, relativeLoss, effect, lossBefore: 'nan' });
    // unmeasured: no effect, and nothing preferred
    const plain = JSON.parse((await train(file('json.model.yaml', TOO_FAST), '--json')).out);
    expect(plain.findings[0].fixes[0]).toMatchObject({ causal: true, preferred: false });
    expect(plain.findings[0].fixes[0]).not.toHaveProperty('measured');
    expect(plain).not.toHaveProperty('measuredCures');
  });

  it('says which finding the cures are for, and takes another one', async () => {
    const path = file('two.model.yaml', TWO_FAULTS);
    expect((await train(path, '--cures')).out).toContain(
      '\nCures of loss-output-mismatch in `dense2` (--finding chooses another: clip-always-binds):\n',
    );
    expect((await train(path, '--cures', '--finding', 'clip-always-binds')).out).toContain(
      '\nCures of clip-always-binds (--finding chooses another: loss-output-mismatch:dense2):\n',
    );
    expect(await train(path, '--cures', '--finding', 'loss-output-mismatch:dense2')).toMatchObject({ code: 1 });
    expect(await train(path, '--cures', '--finding', 'loss-output-mismatch:dense1')).toMatchObject({
      code: 2,
      error: expect.stringContaining(
        'no finding loss-output-mismatch:dense1; it has loss-output-mismatch:dense2, clip-always-binds.',
      ),
    });
    const silenced = file('silenced.model.yaml', `# gradient-health: ignore clip-always-binds\n${TWO_FAULTS}`);
    expect(await train(silenced, '--cures', '--finding', 'clip-always-binds')).toMatchObject({
      code: 2,
      error: expect.stringContaining('A comment in the file silences the finding clip-always-binds'),
    });
  });

  it('measures nothing for a run that trains', async () => {
    const path = file('sound.model.yaml', TOO_FAST.replace('30', '0.1'));
    const { code, out } = await train(path, '--cures');
    expect(code).toBe(0);
    expect(out).toContain('\nThe run has no finding to cure, so nothing was measured.\n');
    expect(out).toMatch(/^Trains: .*; it trains with all 3 seeds tried\.$/m);
  });

  it('trains the cures for as many steps and from the seed that the command line says', async () => {
    const steps: number[] = [];
    const workers = {
      ...INLINE_WORKERS,
      trainCandidate: async (request: Parameters<typeof INLINE_WORKERS.trainCandidate>[0]) => {
        steps.push(request.model.steps);
        return INLINE_WORKERS.trainCandidate(request);
      },
    };
    const { out } = await trainWith(
      workers,
      file('steps.model.yaml', TOO_FAST),
      '--cures',
      '--steps',
      '80',
      '--seed',
      '7',
      '--json',
    );
    expect(new Set(steps)).toEqual(new Set([80]));
    expect(JSON.parse(out)).toMatchObject({ seed: 7, chance: { firstSeed: 7 } });
  });
});

describe('train --fix', async () => {
  it('writes the preferred measured cure, shows the lines, and has nothing to do the second time', async () => {
    const path = file('fix.model.yaml', TOO_FAST);
    const { code, out } = await train(path, '--fix');
    const written = readFileSync(path, 'utf8');
    const [, rate] = /learning_rate: (\S+) \}/.exec(written)!;
    expect(Number(rate)).toBeLessThan(1);
    // every other character stays, comments included
    expect(written).toBe(TOO_FAST.replace('learning_rate: 30', `learning_rate: ${rate}`));
    expect(out).toContain(
      [
        `Wrote into ${path}: Lower the learning rate to ${rate}.`,
        '@@ line 8 @@',
        ' data: { type: teacher, examples: 128 }',
        '-optimizer: { type: sgd, learning_rate: 30 } # why so high',
        `+optimizer: { type: sgd, learning_rate: ${rate} } # why so high`,
        ' steps: 60',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
    const again = await train(path, '--fix');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing was measured') });
    expect(readFileSync(path, 'utf8')).toBe(written);
  });

  it('keeps carriage returns and the order of a JSON file', async () => {
    const text =
      '{\r\n  // fast\r\n  "input": [4],\r\n  "layers": [{ "type": "dense", "units": 1 }],\r\n  "loss": "mse",\r\n' +
      '  "data": { "type": "teacher", "examples": 128 },\r\n  "optimizer": { "type": "sgd", "learning_rate": 30 },\r\n  "steps": 60\r\n}\r\n';
    const path = file('fix.model.json', text);
    const { code, out } = await train(path, '--fix', '--json');
    expect({ code, fix: JSON.parse(out).fix }).toMatchObject({
      code: 0,
      fix: { written: true, verdict: 'trains', left: [] },
    });
    expect(readFileSync(path, 'utf8').replace(/"learning_rate": [^ ]+/, '"learning_rate": 30')).toBe(text);
    expect(readFileSync(path, 'utf8')).not.toBe(text);
  });

  it('refuses in a sentence where no cure trains with every seed', async () => {
    const text = TOO_FAST.replace('steps: 60', 'steps: 1');
    const path = file('hopeless.model.yaml', text);
    const { code, out } = await train(path, '--fix');
    expect(code).toBe(1);
    expect(out).toMatch(/^Nothing was written: .*\. --compare tries the whole catalog\.$/m);
    expect(out).not.toMatch(/^\*/m);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('writes nothing that was not measured: the time ran out first', async () => {
    const path = file('hurried.model.yaml', TOO_FAST);
    const slow = {
      ...INLINE_WORKERS,
      trainCandidate: async ({ stop }: Parameters<typeof INLINE_WORKERS.trainCandidate>[0]) => {
        while (Atomics.load(new Int32Array(stop), 0) === 0) await setTimeout(1);
        return { kind: 'stopped' } as const;
      },
    };
    const { code, out } = await trainWith(slow, path, '--fix', '--budget', '0.02');
    expect(code).toBe(1);
    expect(out).toContain('The time ran out; --budget gives more.');
    expect(out).toMatch(/^Nothing was written: no cure was found that helps\. The time ran out; raise --budget\.$/m);
    expect(out).not.toMatch(/^\*/m);
    expect(readFileSync(path, 'utf8')).toBe(TOO_FAST);
  });

  it('writes nothing that only some of the seeds have shown', async () => {
    const path = file('partly.model.yaml', TOO_FAST);
    const seedOne = {
      ...INLINE_WORKERS,
      trainCandidate: async (request: Parameters<typeof INLINE_WORKERS.trainCandidate>[0]) => {
        while (request.model.seed > 1 && Atomics.load(new Int32Array(request.stop), 0) === 0) await setTimeout(1);
        return INLINE_WORKERS.trainCandidate(request);
      },
    };
    const { code, out } = await trainWith(seedOne, path, '--fix', '--budget', '0.02');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^Nothing was written: the best cure, ".*", trains with 1 of 1 seeds of 3 planned\. The time ran out; raise --budget\.$/m,
    );
    expect(out).not.toMatch(/^\*/m);
    expect(readFileSync(path, 'utf8')).toBe(TOO_FAST);
  });

  it('leaves a file alone that was changed while its cures were measured', async () => {
    const path = file('changed.model.yaml', TOO_FAST);
    const editing = {
      ...INLINE_WORKERS,
      trainCandidate: async (request: Parameters<typeof INLINE_WORKERS.trainCandidate>[0]) => {
        writeFileSync(path, `${TOO_FAST}# edited\n`);
        return INLINE_WORKERS.trainCandidate(request);
      },
    };
    const { code, out } = await trainWith(editing, path, '--fix');
    expect(code).toBe(1);
    expect(out).toContain('was changed while its cures were measured. Run --fix again.');
    expect(readFileSync(path, 'utf8')).toBe(`${TOO_FAST}# edited\n`);
  });
});

describe('train --compare', async () => {
  it('measures what applies of the whole catalog, best first', async () => {
    const path = file('compare.model.yaml', TOO_FAST);
    const { code, out } = await train(path, '--compare', '--seeds', '2');
    expect(code).toBe(1);
    expect(out).toContain('\nEvery cure that applies, compared for learning-rate-too-high:\n');
    const report = JSON.parse((await train(path, '--compare', '--seeds', '2', '--json')).out);
    const cures: readonly CureReport[] = report.measuredCures.cures;
    const own = JSON.parse((await train(path, '--cures', '--seeds', '2', '--json')).out).measuredCures.cures;
    expect(report.measuredCures.kind).toBe('compare');
    // more than the rule names
    expect(cures.length).toBeGreaterThan(own.length);
    expect(cures[0]).toMatchObject({ seeds: 2, trainsIn: 2, effect: 'cures' });
    expect(cures.at(-1)).toMatchObject({ effect: expect.stringMatching(/none|unknown/) });
    expect(cures.every(({ preferred }) => !preferred)).toBe(true);
  });
});

describe('the arguments of measuring', async () => {
  it.each([
    [['a', '--compare', '--fix'], 'choose one'],
    [['a', '--finding', 'dead-relu'], '--finding goes with --cures, --fix or --compare'],
    [['a', '--budget', '3'], '--budget goes with'],
    [['a', '--cures', '--budget', '0'], 'a number of seconds up to 86400, not "0"'],
    [['a', '--cures', '--finding', 'dead-rely'], 'no rule "dead-rely". Did you mean "dead-relu"?'],
  ])('refuses %j', async (args, message) => {
    expect(await train(...args)).toMatchObject({ code: 2, error: expect.stringContaining(message) });
  });
});
