/** Parts of findings that several rules share. */
import type { ModelSpec } from '../model/model-spec';
import type { Learning } from './evidence/learning';
import { formatNumber } from './format';

/** The outcome of a run, as a clause: "the loss stays at 0.17, where predicting a constant gives 0.167". */
export function consequenceOf(learning: Learning): string {
  const { state, lateLoss, reference, referenceIsTrivial, assumed } = learning;
  if (state === 'destroyed') return 'the run ends in non-finite numbers';
  const compared = referenceIsTrivial
    ? `where predicting a constant gives ${formatNumber(reference)}`
    : `after ${formatNumber(reference)} in the first steps`;
  return `the loss ${state === 'diverged' || assumed ? 'ends' : 'stays'} at ${formatNumber(lateLoss)}, ${compared}`;
}

/** The same clause as the beginning of a sentence: "The loss stays at 0.17, where predicting a constant gives 0.167". */
export function outcomeOf(learning: Learning): string {
  return sentence(consequenceOf(learning));
}

/** Begins a clause with a capital letter. */
export function sentence(clause: string): string {
  return clause[0].toUpperCase() + clause.slice(1);
}

/** ", or clip gradients by norm", unless the model does so already. */
export function orClip(model: ModelSpec): string {
  return model.clip.type === 'none' ? ', or clip gradients by norm' : '';
}
