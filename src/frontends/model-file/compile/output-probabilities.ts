import type { LayerSpec, LossSpec } from '../../../model/model-spec';
import { nodeAt, rangeAt } from '../source-range';
import type { SourceNode } from '../source-document';
import type { TextRange } from '../../../text/text-edit';
import { plainSpelling } from '../../../model/vocabulary/foreign/spelling';
import { LOSSES_OF_PROBABILITIES } from '../../../model/vocabulary/foreign/translated-keys';
import type { LossValues } from './choose-task';
import { report, warn, type Compilation } from './compilation';
import { layerText } from './shape-text';

/** Whether the loss takes probabilities, and what in the file says so. */
interface Claim {
  readonly text: string;
  readonly range: TextRange;
  /** Whether `from_logits: false` says it, or only the loss's name in its library. */
  readonly explicit: boolean;
}

/** The activation that a loss on raw scores applies itself. */
function activationOf(loss: LossSpec): 'softmax' | 'sigmoid' | undefined {
  return loss.type === 'cross-entropy' ? 'softmax' : loss.type === 'binary-cross-entropy' ? 'sigmoid' : undefined;
}

/**
 * The layers without the last activation where the loss takes probabilities: the loss applies the same function itself,
 * in a form that cannot overflow. Reports a loss on probabilities behind an output that gives none.
 */
export function foldProbabilities(
  compilation: Compilation,
  layers: readonly LayerSpec[],
  loss: LossSpec,
  values: LossValues | undefined,
): readonly LayerSpec[] {
  const applied = activationOf(loss);
  const last = layers.at(-1);
  const claim = values && claimOf(compilation, values);
  if (applied === undefined || last === undefined || claim === undefined) {
    return layers;
  }
  if (last.activation === applied) {
    return [...layers.slice(0, -1), { ...last, activation: 'identity' }];
  }
  if (claim.explicit) {
    report(
      compilation,
      'loss-mismatch',
      `${claim.text} says that the output holds probabilities, but ${layerText(last)} has no ` +
        `${applied}; add \`activation: ${applied}\` to it, or remove \`from_logits\`.`,
      claim.range,
    );
  } else if (last.activation === 'identity') {
    warn(
      compilation,
      'raw-scores',
      `${claim.text} takes probabilities in its library, but ${layerText(last)} gives raw scores, so ` +
        `\`${loss.type}\` on raw scores is trained; write that name if you mean it, or add \`activation: ${applied}\`.`,
      claim.range,
    );
  }
  return layers;
}

function claimOf(compilation: Compilation, values: LossValues): Claim | undefined {
  const node = nodeAt(compilation.document, ['loss']);
  const range = rangeAt(compilation.document, ['loss', 'from_logits']);
  if (range !== undefined) {
    const isFalse = 'from_logits' in values && !values.from_logits;
    return isFalse ? { text: '`from_logits: false`', range, explicit: true } : undefined;
  }
  const named = node?.kind === 'mapping' ? nodeAt(compilation.document, ['loss', 'type']) : node;
  const written = writtenName(named);
  return named && written !== undefined && LOSSES_OF_PROBABILITIES.has(plainSpelling(written))
    ? { text: `\`${written}\``, range: named.range, explicit: false }
    : undefined;
}

function writtenName(node: SourceNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.written : undefined;
}
