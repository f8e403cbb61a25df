/** Cures judged by training again: real runs of small models, before and after. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose';
import type { Finding } from '../../src/diagnosis/finding';
import { proposeFixes } from '../../src/fixes/propose';
import { isFiniteRecord } from '../../src/record/finite';
import { median } from '../../src/record/median';
import type { RunHistory } from '../../src/record/run-history';
import type { ModelFileLanguage } from '../../src/frontends/model-file/source-document';
import { runToEnd } from '../../src/training/run-in-process';
import { compile, writtenInTurn } from './context';

const relu = (name: string, initializer: string): string =>
  `  - { name: ${name}, type: dense, units: 32, activation: relu, kernel_initializer: ${initializer} }\n`;
const stack = (layer: string, count: number): string =>
  Array.from({ length: count }, (_, index) => layer.replace('NAME', `h${index}`)).join('');

const MODELS: readonly { readonly name: string; readonly text: string; readonly language?: ModelFileLanguage }[] = [
  {
    name: 'a rate too high',
    text:
      `input: [16]\nlayers:\n${relu('a', 'he-normal')}${relu('b', 'he-normal')}  - { type: dense, units: 4 }\nloss: mse\n` +
      'data: { type: teacher }\noptimizer: { type: sgd, learning_rate: 2, momentum: 0.9 }\nsteps: 150\n',
  },
  {
    name: 'a rate too high, in JSON',
    language: 'json',
    text:
      '{ "input": [16], "layers": [{ "type": "dense", "units": 32, "activation": "relu" }, { "type": "dense", "units": 4 }],' +
      ' "loss": "mse", "data": { "type": "teacher" }, "optimizer": { "type": "sgd", "learning_rate": 5 }, "steps": 150 }',
  },
  {
    name: 'raw input',
    text:
      `input: [8]\nlayers:\n${relu('a', 'he-normal')}  - { type: dense, units: 1 }\nloss: mse\n` +
      'data: { type: teacher, scale: 100 }\noptimizer: sgd\nsteps: 150\n',
  },
  {
    name: 'weights too small',
    text:
      `input: [16]\nlayers:\n${stack(relu('NAME', '{ type: normal, std: 0.01 }'), 5)}  - { type: dense, units: 1 }\n` +
      'loss: mse\ndata: { type: teacher, noise: 0 }\n' +
      'optimizer: { type: sgd, learning_rate: 0.05, momentum: 0.9 }\nsteps: 200\n',
  },
  {
    name: 'a sigmoid stack',
    text:
      `input: [2]\nlayers:\n${stack('  - { name: NAME, type: dense, units: 32, activation: sigmoid }\n', 8)}` +
      '  - { type: dense, units: 2 }\nloss: cross-entropy\ndata: { type: circles, noise: 0.05 }\n' +
      'optimizer: { type: sgd, learning_rate: 0.5, momentum: 0.9 }\nsteps: 300\n',
  },
];

interface Trained extends ReturnType<typeof compile> {
  readonly history: RunHistory;
  readonly findings: readonly Finding[];
}

function train(text: string, language: ModelFileLanguage): Trained {
  const { document, source, model } = compile(text, language);
  const history = runToEnd(model, { memoryLimitBytes: 256 * 2 ** 20, kernels: 'reference' });
  return { document, source, model, history, findings: diagnose(model, history) };
}

function lateLoss(history: RunHistory): number {
  return median(history.records.slice(-10).map(record => record.loss));
}

describe.each(MODELS)('$name', ({ text, language = 'yaml' }) => {
  const before = train(text, language);
  const [finding] = before.findings;

  it('is found, with a cure that undoes the cause first, and none preferred before it is measured', () => {
    expect(finding).toBeDefined();
    const [first, ...others] = proposeFixes({ ...before, finding });
    expect(first.causal).toBe(true);
    expect([first, ...others].filter(({ preferred }) => preferred)).toEqual([]);
  });

  it('trains after the first cure, and the finding is gone', () => {
    const [fix] = proposeFixes({ ...before, finding });
    const after = train(writtenInTurn(before.source, fix.changes), language);
    expect(after.history.outcome?.kind).toBe('completed');
    expect(after.findings, fix.title).toEqual([]);
    expect(lateLoss(after.history)).toBeLessThan(0.7 * (after.history.layout.trivialLoss ?? Number.NaN));
  });

  it('stays finite after any cure, and none is proposed twice', () => {
    for (const fix of proposeFixes({ ...before, finding })) {
      const cured = writtenInTurn(before.source, fix.changes);
      const after = train(cured, language);
      expect(after.history.records.every(isFiniteRecord), fix.title).toBe(true);
      const again = proposeFixes({ ...compile(cured, language), history: before.history, finding });
      expect(again.map(({ id }) => id)).not.toContain(fix.id);
    }
  });
});
