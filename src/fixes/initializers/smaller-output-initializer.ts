import { set } from '../../model/change';
import { writtenNumber } from '../../text/written-number';
import type { FixMaker } from '../fix-context';
import { firstSignal, scaledWeights } from './measured-scale';
import { answerLayer, isForwardKernel, ownLayers } from '../own-layers';

/** Deviation of the first outputs at which a classifier is undecided and a regression starts near 0. */
const WANTED = 0.1;
/** Outputs no larger than this do no harm. */
const LARGE = 0.5;
/** A signal beyond this is the fault of what makes it, and differs from seed to seed. */
const ORDINARY_SIGNAL = 5;

/**
 * Starts the last layer's weights so small that the first outputs have deviation 0.1: a classifier that is wrong with
 * great confidence at the start spends its first steps, and its largest gradients, on unlearning that. Not offered
 * where what it reads is of no ordinary size.
 */
export const smallerOutputInitializer: FixMaker = ({ model, history }) => {
  const answer = answerLayer(model);
  if (!answer || !isForwardKernel(answer) || !ownLayers(model).includes(answer) || answer.weightNorm || answer.tiedTo)
    return undefined;
  const signal = firstSignal(history, answer.path);
  if (!signal || signal.output <= LARGE || signal.input > ORDINARY_SIGNAL || answer.activation !== 'identity')
    return undefined;
  const std = scaledWeights(answer, WANTED / signal.output);
  return std > 0
    ? {
        id: 'smaller-output-initializer',
        title: `Start the weights of ${answer.path} at ${writtenNumber(std)}, for small first outputs`,
        changes: [set({ layer: answer.path, part: 'kernelInitializer' }, { type: 'normal', std })],
      }
    : undefined;
};
