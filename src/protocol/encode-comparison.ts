/** A comparison of cures as the panel's page gets it. */
import type { CandidateResult } from '../verification/candidate-result';
import { COMPARISON_COLUMNS, comparisonCells } from '../verification/export-table';
import type { PanelComparison, PanelCure } from './panel-messages';
import { toWire } from './wire-number';

/** Columns of the table, in the order of a row's cells. */
export const PANEL_COLUMNS: PanelComparison['columns'] = COMPARISON_COLUMNS;

/** A row with its curves, one a seed. */
export function encodeCure(result: CandidateResult, effect: PanelCure['effect']): PanelCure {
  return {
    id: result.id,
    cells: comparisonCells(result),
    effect,
    ...(result.notWritable !== undefined && { notWritable: result.notWritable }),
    curves: result.trials.map(({ seed, curve }) => ({
      seed,
      steps: curve.steps,
      loss: curve.loss.map(toWire),
      gradientNorm: curve.gradientNorm.map(toWire),
    })),
  };
}
