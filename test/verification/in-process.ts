import { performance } from 'node:perf_hooks';
import { diagnose } from '../../src/diagnosis/diagnose';
import { runToEnd } from '../../src/training/run-in-process';
import type { RunTrial } from '../../src/verification/trial';
import type { FaultyRun } from '../../src/verification/verify-fixes';
import { compile } from '../fixes/context';

/** Trains in this thread. */
export const runTrial: RunTrial = async model => {
  const start = performance.now();
  const history = runToEnd(model, { memoryLimitBytes: 2 ** 28, kernels: 'reference' });
  return { history, milliseconds: performance.now() - start };
};

/** The first finding of a model, with the run it was found in. @throws where the run is healthy */
export function faultyRun(text: string): FaultyRun {
  const { source, model } = compile(text);
  const history = runToEnd(model, { memoryLimitBytes: 2 ** 28, kernels: 'reference' });
  const [finding] = diagnose(model, history);
  if (!finding) throw new Error(`Nothing is found in\n${text}`);
  return { source, model, history, finding };
}

/** Diverges with its rate, trains once that is sound. */
export const WILD_RATE = `input: [8]
layers:
  - { type: dense, units: 16, activation: relu, kernel_initializer: he-normal } # the first
  - { type: dense, units: 2 }
loss: mse
data: { type: teacher }
optimizer: { type: sgd, learning_rate: 3, momentum: 0.9 }
steps: 80
`;
