/** What a probed step says of its update, against what can be worked out by hand. */
import { describe, expect, it } from 'vitest';
import { planSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';
import { buildNetwork } from '../../src/training/build-network';
import { isProbed } from '../../src/training/probed-steps';
import { runToEnd } from '../../src/training/run-in-process';
import { compileText } from '../diagnosis/train-text';

const model = (optimizer: string, more = ''): ReturnType<typeof compileText> =>
  compileText(
    `input: [4]\nlayers: [{ type: dense, units: 1 }]\nloss: mse\ndata: { type: teacher }\noptimizer: ${optimizer}\nsteps: 40\n${more}`,
  );
const run = (optimizer: string, more = '') =>
  runToEnd(model(optimizer, more), { memoryLimitBytes: 2 ** 28, precision: 'float64' });

describe('the effect of an update', () => {
  it('of gradient descent has the slope of its own step, and on a parabola the two slopes give the new loss', () => {
    for (const { step, loss, gradientNorm, learningRate, updateEffect } of run('{ type: sgd, learning_rate: 0.05 }')
      .records) {
      expect(updateEffect === undefined).toBe(!isProbed(step, 40));
      if (updateEffect === undefined) continue;
      expect(updateEffect.slopeBefore).toBeCloseTo(-learningRate * gradientNorm ** 2, 12);
      expect(updateEffect.loss).toBeCloseTo(loss + (updateEffect.slopeBefore + updateEffect.slopeAfter) / 2, 12);
      expect(updateEffect.preconditionedSquare).toBeCloseTo((learningRate * gradientNorm) ** 2, 12);
    }
  });

  it('is measured in the metric of the preconditioner: the first update of Adam is rate P^-1 g', () => {
    for (const optimizer of ['adam', 'adamw', 'amsgrad', 'adamax', 'rmsprop', 'adagrad']) {
      const [first] = run(
        `{ type: ${optimizer === 'amsgrad' ? 'adam, amsgrad: true' : optimizer}, weight_decay: 0 }`,
      ).records;
      const { slopeBefore, preconditionedSquare } = first.updateEffect!;
      expect(preconditionedSquare / (-first.learningRate * slopeBefore)).toBeCloseTo(1, 6);
    }
    expect(run('lion').records[0].updateEffect!.preconditionedSquare).toBeNaN();
  });

  it('speaks of the gradient before clipping', () => {
    const [first] = run('{ type: sgd, learning_rate: 0.05 }', 'clip: { type: norm, max: 0.01 }').records;
    expect(first.clipFactor).toBeLessThan(1);
    expect(first.updateEffect!.slopeBefore).toBeCloseTo(-0.05 * first.clipFactor * first.gradientNorm ** 2, 9);
  });

  it('leaves parameters, running statistics and dropout masks as they are', () => {
    const text =
      'input: [4]\nlayers: [{ type: dense, units: 8 }, { type: batch-norm, activation: relu }, ' +
      '{ type: dropout, rate: 0.2 }, { type: dense, units: 1 }]\nloss: mse\ndata: { type: teacher }\nsteps: 6\n';
    const spec = compileText(text);
    const open = (probe: boolean): Session =>
      planSession({
        training: buildNetwork(spec, 'training', 2),
        kernels: 'reference',
        precision: 'float64',
        seed: 1,
        probe,
        optimizer: { type: 'sgd', weightDecay: 0, momentum: 0.9, nesterov: false },
      }).open();
    const sessions = [open(true), open(false)];
    const parameters = ['dense1.weight', 'dense2.weight', 'batch-norm1.weight'];
    const losses = sessions.map(session => {
      parameters.forEach((name, k) => {
        const values = session.parameter(name);
        for (let i = 0; i < values.length; i++) values[i] = Math.sin(i + k);
      });
      return Array.from({ length: 6 }, (_, step) => {
        session.feed('input', [1, 2, 3, 4, step, -1, 0.5, 2]);
        session.feed('target', [step, 1]);
        return session.step(0.01, undefined, session === sessions[0]).loss;
      });
    });
    expect(losses[0]).toEqual(losses[1]);
    for (const name of ['batch-norm1.running_mean', 'batch-norm1.running_var']) {
      expect([...sessions[0].state(name)]).toEqual([...sessions[1].state(name)]);
    }
    for (const name of parameters) expect([...sessions[0].parameter(name)]).toEqual([...sessions[1].parameter(name)]);
  });
});

describe('the gradients of two batches', () => {
  it('are one and the same where a batch is all there is', () => {
    const { records } = run('{ type: sgd, learning_rate: 0.05 }', 'batch_size: 4096\n');
    const pair = records[1].gradientPair!;
    expect(pair.product / (pair.otherNorm * records[1].gradientNorm)).toBeCloseTo(1, 12);
    expect(records[0].gradientPair).toBeUndefined();
  });

  it('differ where a batch is one example', () => {
    const { records } = run('{ type: sgd, learning_rate: 0.001 }', 'batch_size: 1\n');
    const pair = records[1].gradientPair!;
    expect(Math.abs(pair.product / (pair.otherNorm * records[1].gradientNorm))).toBeLessThan(0.999);
  });
});
