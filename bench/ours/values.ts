/**
 * The same networks with other numbers: a step is to take as long with gradients that vanish or explode as with
 * ordinary ones.
 */
import { MEASUREMENT_GROUPS } from '../../src/engine/instruction';
import { SubnormalCount, type SubnormalUse } from '../../src/engine/subnormal-count';
import { openFed, type Fed, type FedOptions } from './run';
import { buildWorkload } from './workloads';

/** What the numbers of a run are like. `started`: with the weights that the comparison with the peers begins with. */
export const VALUES = ['ordinary', 'started', 'vanishing', 'exploding', 'infinite', 'nan'] as const;
export type Values = (typeof VALUES)[number];

/** Workloads timed with each kind of values, and the gain of uniform weights that about keeps the gradient's norm. */
export const VALUED_WORKLOADS: Readonly<Record<string, number>> = {
  b: Math.sqrt(3),
  d: Math.sqrt(3),
  sigmoid: 4 * Math.sqrt(3),
};

function optionsFor(name: string, values: Values): FedOptions {
  const gain = VALUED_WORKLOADS[name] ?? Math.sqrt(3);
  switch (values) {
    case 'ordinary':
      return { gain };
    case 'started':
      return {};
    case 'vanishing':
      return { gain: 0.1 };
    case 'exploding':
      return { gain: 4 * gain };
    case 'infinite':
      return { gain, firstNumber: Infinity };
    case 'nan':
      return { gain, firstNumber: NaN };
  }
}

/** A step with these values, and ordinary ones with the same instructions to compare it with. */
export interface ValuedSteps {
  readonly step: () => void;
  readonly ordinary: () => void;
}

/**
 * Opens both. A step that is not finite runs both passes again, with every measurement, and does not update: the
 * ordinary one beside it runs the passes twice too.
 */
export function openValues(name: string, values: Values): ValuedSteps {
  const valued = open(name, values);
  const usual = open(name, 'ordinary');
  const isFinite = values !== 'infinite' && values !== 'nan';
  return {
    step: stepOf(valued, name),
    ordinary: isFinite
      ? stepOf(usual, name)
      : () => {
          usual.feed();
          usual.session.gradients([]);
          usual.session.gradients(MEASUREMENT_GROUPS);
        },
  };
}

/** How many subnormal numbers the buffers of a step held, the tenth from the start, by kernel. */
export function countSubnormals(name: string, values: Values): readonly SubnormalUse[] {
  const watcher = new SubnormalCount();
  const step = stepOf(open(name, values, watcher), name);
  for (let i = 0; i < 10; i++) {
    watcher.reset();
    step();
  }
  return watcher.uses;
}

function open(name: string, values: Values, watcher?: SubnormalCount): Fed {
  return openFed(buildWorkload(name), { ...optionsFor(name, values), ...(watcher && { watcher }) });
}

function stepOf({ session, feed }: Fed, name: string): () => void {
  const { learningRate } = buildWorkload(name);
  return () => {
    feed();
    session.step(learningRate, []);
  };
}
