import { median } from '../../record/median';
import type { StepRecord } from '../../record/step-record';

/**
 * The effect that clipping would have had on the recorded gradients, in words: how many steps it would have changed,
 * and of those the share of the norm that is left and the cosine between the gradient and what is left of it (medians).
 * Judged by the norm of each parameter's gradient, all that is recorded of it.
 * @param factorsOf what each parameter's gradient would be multiplied by, at most 1
 */
export function clipPreview(
  records: readonly StepRecord[],
  factorsOf: (record: StepRecord) => readonly number[],
): string {
  const clipped = records
    .map(record => effectOf(record.parameterGradientNorms, factorsOf(record)))
    .filter(({ kept }) => kept < 1 - 1e-9);
  const share = percent(clipped.length / records.length);
  if (clipped.length === 0) return `Would have clipped none of the ${records.length} recorded steps.`;
  const cosine = median(clipped.map(effect => effect.cosine));
  const direction = cosine > 1 - 1e-6 ? 'and the direction' : `and a direction of cosine ${cosine.toFixed(2)}`;
  return (
    `Would have clipped ${share} of the ${records.length} recorded steps, keeping ${percent(median(clipped.map(({ kept }) => kept)))} ` +
    `of the gradient norm ${direction}.`
  );
}

/** The same for a limit of the whole gradient's norm that is told the norms in their order, and follows from them. */
export function limitPreview(records: readonly StepRecord[], limit: (norm: number) => number): string {
  return clipPreview(records, ({ parameterGradientNorms, gradientNorm }) => {
    const factor = Math.min(1, limit(gradientNorm) / gradientNorm);
    return Array.from(parameterGradientNorms, () => factor);
  });
}

function effectOf(norms: Float64Array, factors: readonly number[]): { readonly kept: number; readonly cosine: number } {
  let [before, after, product] = [0, 0, 0];
  norms.forEach((norm, index) => {
    // Of parameters that are not trained there is none.
    if (Number.isNaN(norm)) return;
    before += norm ** 2;
    after += (factors[index] * norm) ** 2;
    product += factors[index] * norm ** 2;
  });
  return { kept: Math.sqrt(after / before), cosine: product / Math.sqrt(before * after) };
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 1 ? Number(value.toPrecision(1)) : Math.round(value)} %`;
}
