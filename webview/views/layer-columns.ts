/** The columns of the table of layers: what they are called, what they mean, and what a layer shows in them. */
import { formatGain, formatMeasure, formatShare } from '../format-number';
import type { LayerView } from '../state/run-view';

export interface NumberColumn {
  readonly id: string;
  readonly head: string;
  /** One or two sentences; also the tooltip of the head. */
  readonly explanation: string;
  readonly text: (layer: LayerView) => string;
}

export const NUMBER_COLUMNS: readonly NumberColumn[] = [
  {
    id: 'norm',
    head: 'Gradient norm',
    explanation:
      'Norm of the loss gradient by all parameters of the layer together, before clipping; median over the latest steps. ' +
      'The bar compares the layers on a log scale.',
    text: ({ gradientNorm }) => formatMeasure(gradientNorm),
  },
  {
    id: 'forward',
    head: 'Forward gain',
    explanation:
      'Spread (standard deviation) of the layer’s output over that of its input. Far below 1 in many layers, the signal vanishes; ' +
      'far above 1, it explodes.',
    text: ({ forwardGain }) => formatGain(forwardGain),
  },
  {
    id: 'backward',
    head: 'Backward gain',
    explanation:
      'Norm of the gradient by the layer’s input over that by its output: the factor by which the layer scales a gradient on its way back. ' +
      'Multiplied over all layers, it decides whether gradients explode or vanish.',
    text: ({ backwardGain }) => formatGain(backwardGain),
  },
  {
    id: 'update',
    head: 'Update ratio',
    explanation:
      'Update-to-weight ratio: norm of one update over the norm of the parameters. About 0.001 is usual; it shows how fast the layer learns.',
    text: ({ updateRatio }) => formatMeasure(updateRatio),
  },
  {
    id: 'dead',
    head: 'Dead',
    explanation: 'Share of units that are 0 for every example of a batch; they pass no gradient.',
    text: ({ deadShare }) => formatShare(deadShare),
  },
  {
    id: 'saturated',
    head: 'Saturated',
    explanation:
      'Share of outputs at the flat ends of a bounded activation (tanh, sigmoid), where the derivative is nearly 0.',
    text: ({ saturatedShare }) => formatShare(saturatedShare),
  },
];

export const VERDICT_EXPLANATION =
  'The finding in the layer, or what its own numbers show. A symptom names the finding that explains it. A ' +
  'layer is called healthy only in a run that trains.';

/**
 * The range of a bar covers at least this many powers of ten, so that layers of about the same norm have about the same
 * bar.
 */
const BAR_DECADES = 4;

/**
 * Lengths of the bars, in [0, 1]: full for the largest norm, shorter by the same piece for every power of ten below it.
 */
export function barShares(norms: readonly number[]): readonly number[] {
  const logs = norms.filter(norm => norm > 0 && Number.isFinite(norm)).map(Math.log10);
  if (logs.length === 0) return norms.map(norm => (norm === Number.POSITIVE_INFINITY ? 1 : 0));
  const high = Math.max(...logs);
  const span = Math.max(BAR_DECADES, (high - Math.min(...logs)) * 1.05);
  return norms.map(norm => {
    if (norm === Number.POSITIVE_INFINITY) return 1;
    return norm > 0 ? 1 - (high - Math.log10(norm)) / span : 0;
  });
}
