import type { SettingsDraft } from '../../../model/layer-draft';
import type { LossSpec, ProbabilityClaim } from '../../../model/model-spec';
import { plainSpelling } from '../../../model/vocabulary/foreign/spelling';
import { LOSSES_OF_PROBABILITIES } from '../../../model/vocabulary/foreign/translated-keys';
import type { VariantValue } from '../../../model/vocabulary/family';
import type { ValuesOf } from '../../../model/vocabulary/key';
import type { LOSSES } from '../../../model/vocabulary/losses';
import type { MODEL_KEYS } from '../../../model/vocabulary/model';
import { clipOf, dataOf, lossOf, optimizerOf, scheduleOf } from '../../../model/vocabulary/setting-parts';
import type { SourceDocument } from '../source-document';
import { nodeAt } from '../source-range';

type LossValues = VariantValue<typeof LOSSES>;

/** The settings of a file in the words of a model. */
export function draftSettings(document: SourceDocument, values: ValuesOf<typeof MODEL_KEYS>): SettingsDraft {
  return {
    name: values.name ?? 'Model',
    loss: values.loss && draftLoss(document, values.loss),
    data: values.data && dataOf(values.data),
    optimizer: nodeAt(document, ['optimizer']) && optimizerOf(values.optimizer),
    schedule: scheduleOf(values.schedule),
    clip: clipOf(values.clip),
    regularization: values.regularization,
    batchSize: values.batch_size,
    gradientAccumulation: values.gradient_accumulation,
    steps: values.steps,
    validation: values.validation,
    seed: values.seed,
  };
}

function draftLoss(document: SourceDocument, values: LossValues): LossSpec {
  const probabilities = claimOf(document, values);
  return { ...lossOf(values), ...(probabilities && { probabilities }) };
}

/** Returns the text in the file which says that the loss takes probabilities. */
function claimOf(document: SourceDocument, values: LossValues): ProbabilityClaim | undefined {
  if (nodeAt(document, ['loss', 'from_logits'])) {
    const isFalse = 'from_logits' in values && !values.from_logits;
    return isFalse ? { text: '`from_logits: false`', explicit: true } : undefined;
  }
  const node = nodeAt(document, ['loss']);
  const named = node?.kind === 'mapping' ? nodeAt(document, ['loss', 'type']) : node;
  const written = named?.kind === 'scalar' ? named.written : undefined;
  return written !== undefined && LOSSES_OF_PROBABILITIES.has(plainSpelling(written))
    ? { text: `\`${written}\``, explicit: false }
    : undefined;
}
