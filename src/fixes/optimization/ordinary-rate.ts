import type { Finding } from '../../diagnosis/finding';
import type { Change } from '../../frontends/model-file/edit';
import { formatNumber } from '../../frontends/model-file/edit/format-value';
import type { ModelSpec, OptimizerSpec } from '../../model/model-spec';
import { nodeAt } from '../../frontends/model-file/source-range';
import type { SourceDocument } from '../../frontends/model-file/source-document';
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

/** The rate that a cure of vanished gradients brings with it: changes of the file, and the end of the cure's title. */
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
export function ordinaryRate(document: SourceDocument, model: ModelSpec, finding: Finding): OrdinaryRate {
  const { optimizer } = model;
  const ordinary = roundDown(ordinaryOf(optimizer), 2);
  if (finding.rule !== 'vanishing-gradient' || optimizer.learningRate <= ordinary) {
    return { changes: [], title: '' };
  }
  return { changes: rateChanges(document, model, ordinary), title: `, at learning rate ${formatNumber(ordinary)}` };
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

/**
 * Sets the learning rate where the file has an optimizer as a mapping; else writes the type with it. Where the file
 * gives muon's AdamW a rate of its own, that changes in proportion, as the default does by itself.
 */
export function rateChanges(document: SourceDocument, { optimizer }: ModelSpec, rate: number): readonly Change[] {
  const node = nodeAt(document, ['optimizer']);
  if (node?.kind !== 'mapping') {
    return [{ path: ['optimizer'], value: { type: optimizer.type, learning_rate: rate } }];
  }
  const changes = [{ path: ['optimizer', 'learning_rate'], value: rate }];
  if (optimizer.type === 'muon' && node.entries.some(({ key }) => key === 'adamw_learning_rate')) {
    const inProportion = roundDown((optimizer.adamwLearningRate * rate) / optimizer.learningRate, 2);
    changes.push({ path: ['optimizer', 'adamw_learning_rate'], value: inProportion });
  }
  return changes;
}
