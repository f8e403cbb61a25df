/** Whether the gradient reaches every layer, judged by the model's own other layers. */
import { isTrained, ownNorm } from '../../record/layer-summary';
import { median } from '../../record/median';
import type { RunHistory } from '../../record/run-history';
import type { Windows } from './windows';

export interface GradientReach {
  /** Path of the layer with the smallest relative update. */
  readonly layer: string;
  /** Path of the layer with the largest. */
  readonly fastest: string;
  /** The one over the other. */
  readonly share: number;
}

/** Over the last steps; `undefined` with fewer than two layers that are trained. */
export function leastReached({ layout }: RunHistory, { late }: Windows): GradientReach | undefined {
  const moves = layout.layers
    .flatMap(({ path }, index) => {
      if (!isTrained(layout, index)) return [];
      const ratio = median(
        late.map(record => ownNorm(layout, index, record.updateNorms) / ownNorm(layout, index, record.parameterNorms)),
      );
      return Number.isNaN(ratio) ? [] : [{ path, ratio }];
    })
    .sort((one, other) => one.ratio - other.ratio);
  const [least, most] = [moves[0], moves.at(-1)];
  if (least === undefined || most === undefined || least === most || !(most.ratio > 0)) return undefined;
  return { layer: least.path, fastest: most.path, share: least.ratio / most.ratio };
}
