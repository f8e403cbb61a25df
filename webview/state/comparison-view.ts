/** A comparison of cures as the page keeps it: the wire's numbers decoded once. */
import type { PanelComparison, PanelCure } from '../../src/protocol/panel-messages';
import { fromWire } from '../../src/protocol/wire-number';

export interface CureCurve {
  readonly seed: number;
  readonly steps: readonly number[];
  readonly loss: Float64Array;
  readonly gradientNorm: Float64Array;
}

export interface CureView extends Omit<PanelCure, 'curves'> {
  readonly curves: readonly CureCurve[];
}

export interface ComparisonView extends Omit<PanelComparison, 'rows'> {
  /** The original first. */
  readonly rows: readonly CureView[];
}

export function comparisonView(sent: PanelComparison): ComparisonView {
  return {
    ...sent,
    rows: sent.rows.map(row => ({
      ...row,
      curves: row.curves.map(curve => ({
        seed: curve.seed,
        steps: curve.steps,
        loss: Float64Array.from(curve.loss, fromWire),
        gradientNorm: Float64Array.from(curve.gradientNorm, fromWire),
      })),
    })),
  };
}
