/** How the gradient changes on its way back through the steps of a recurrent layer. */
import type { RunLayout, StateGradients, StepRecord } from '../../record/step-record';
import { fitLogLinear, type LogLinearFit } from './log-linear-fit';

/** One recurrent layer and direction in one training step. */
export interface TimeGrowth extends LogLinearFit {
  /** Index into the layout's layers. */
  readonly layer: number;
  readonly direction: 'forward' | 'reverse';
  /** Training step. */
  readonly step: number;
}

/** Growth of every recurrent layer and direction, for every step that measured it, in the order of the records. */
export function growthThroughTime(layout: RunLayout, records: readonly StepRecord[]): TimeGrowth[] {
  return records.flatMap(record =>
    record.stateGradients
      .filter(gradients => layout.layers[gradients.layer] !== undefined && gradients.hidden.length > 1)
      .map(gradients => ({
        layer: gradients.layer,
        direction: gradients.direction,
        step: record.step,
        ...fitLogLinear(backwards(gradients)),
      })),
  );
}

/** Norms from the state computed last to the one computed first: the way the gradient takes. */
function backwards({ hidden, cell, direction }: StateGradients): Float64Array {
  // The cell carries an LSTM's gradient; its hidden state alone may look cut off while the cell still remembers.
  const norms = hidden.map((norm, step) => (cell === undefined ? norm : Math.hypot(norm, cell[step])));
  return direction === 'forward' ? norms.reverse() : norms;
}
