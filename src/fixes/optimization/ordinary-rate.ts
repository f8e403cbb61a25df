import { set, type Change } from '../../model/change';
import type { Finding } from '../../diagnosis/finding';
import { writtenNumber } from '../../text/written-number';
import type { ModelSpec, OptimizerSpec } from '../../model/model-spec';
import { LEARNING_RATE_PLACE } from '../../model/place';
import { MUON_TO_ADAMW } from '../../model/vocabulary/optimizers';
import { roundDown } from '../round-down';

/**
 * Sustained rate η / (1 - β) of sgd that well scaled networks bear: the default 0.01 with the customary momentum of
 * 0.9.
 */
const ORDINARY_SGD = 0.1;
/** Ten times Adam's default, for those whose updates do not depend on the size of gradients. */
const ORDINARY_ADAPTIVE = 0.01;
/** Ten times its default: its updates have the size that Adam's have only at most. */
const ORDINARY_LION = 0.001;
/** With which Jordan (2024) trains; every direction of a matrix moves by it. */
const ORDINARY_MUON = 0.05;
/** Its default: the first step moves every direction of a matrix by it, later ones by less. */
const ORDINARY_SHAMPOO = 0.1;
/** Newton's whole step. */
const ORDINARY_LBFGS = 1;
/** Its rate is a factor of steps that scale themselves. */
const ORDINARY_ADADELTA = 1;

/** The rate that a cure of vanished gradients brings with it: changes of the model, and the end of the cure's title. */
export interface OrdinaryRate {
  readonly changes: readonly Change[];
  readonly title: string;
}

/**
 * Once gradients no longer vanish, a rate that was raised to make up for them is too high. Where the finding is of that
 * kind and the rate above what well scaled networks bear, it comes down to that: η (1 - β)⁻¹ = 0.1 for sgd, η = 0.01
 * for those that scale gradients, 0.001 for lion, 0.05 for muon (0.01 where its updates have Adam's size), 0.1 for
 * shampoo and 1 for adadelta and lbfgs.
 */
export function ordinaryRate(model: ModelSpec, finding: Finding): OrdinaryRate {
  const { optimizer } = model;
  const ordinary = roundDown(ordinaryOf(optimizer), 2);
  if (finding.rule !== 'vanishing-gradient' || optimizer.learningRate <= ordinary) {
    return { changes: [], title: '' };
  }
  return { changes: rateChanges(model, ordinary), title: `, at learning rate ${writtenNumber(ordinary)}` };
}

/** The highest rate that well scaled networks bear, by optimizer. */
export function ordinaryOf(optimizer: OptimizerSpec): number {
  switch (optimizer.type) {
    case 'sgd':
      return ORDINARY_SGD * (1 - optimizer.momentum);
    case 'lion':
      return ORDINARY_LION;
    case 'muon':
      return optimizer.adjustLearningRate === 'original' ? ORDINARY_MUON : ORDINARY_ADAPTIVE;
    case 'shampoo':
      return ORDINARY_SHAMPOO;
    case 'lbfgs':
      return ORDINARY_LBFGS;
    case 'adadelta':
      return ORDINARY_ADADELTA;
    default:
      return ORDINARY_ADAPTIVE;
  }
}

/** Sets the learning rate; that of muon's AdamW changes in proportion, as its default does by itself. */
export function rateChanges({ optimizer }: ModelSpec, rate: number): readonly Change[] {
  const changes = [set(LEARNING_RATE_PLACE, rate)];
  if (optimizer.type === 'muon') {
    const { adamwLearningRate, learningRate, adjustLearningRate } = optimizer;
    const share = MUON_TO_ADAMW[adjustLearningRate];
    const follows = adamwLearningRate === learningRate * share;
    const inProportion = follows ? rate * share : roundDown((adamwLearningRate * rate) / learningRate, 2);
    changes.push(set({ setting: 'optimizer', part: 'adamwLearningRate' }, inProportion));
  }
  return changes;
}
