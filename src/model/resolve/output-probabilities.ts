import type { LayerSpec, LossSpec } from '../model-spec';
import type { ProblemLog } from './problem-log';
import { layerText } from './shape-text';

/** The activation that a loss on raw scores applies itself. */
function activationOf(loss: LossSpec): 'softmax' | 'sigmoid' | undefined {
  return loss.type === 'cross-entropy' ? 'softmax' : loss.type === 'binary-cross-entropy' ? 'sigmoid' : undefined;
}

/**
 * The layers without the last activation where the loss takes probabilities: the loss applies the same function itself,
 * in a form that cannot overflow. Reports a loss on probabilities behind an output that gives none.
 */
export function foldProbabilities(log: ProblemLog, layers: readonly LayerSpec[], loss: LossSpec): readonly LayerSpec[] {
  const applied = activationOf(loss);
  const last = layers.at(-1);
  const claim = loss.probabilities;
  const at = { setting: 'loss', part: 'probabilities' } as const;
  if (applied === undefined || last === undefined || claim === undefined) {
    return layers;
  }
  if (last.activation === applied) {
    return [...layers.slice(0, -1), { ...last, activation: 'identity', folded: applied }];
  }
  if (claim.explicit) {
    log.report(
      'loss-mismatch',
      `${claim.text} says that the output holds probabilities, but ${layerText(last)} has no ` +
        `${applied}; add \`activation: ${applied}\` to it, or remove \`from_logits\`.`,
      at,
    );
  } else if (last.activation === 'identity') {
    log.warn(
      'raw-scores',
      `${claim.text} takes probabilities in its library, but ${layerText(last)} gives raw scores, so ` +
        `\`${loss.type}\` on raw scores is trained; write that name if you mean it, or add \`activation: ${applied}\`.`,
      at,
    );
  }
  return layers;
}
