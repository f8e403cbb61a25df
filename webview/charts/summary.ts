/** The charts in words: the label of a canvas, which is all that a screen reader has of it, and captions. */
import { formatNumber, formatShare } from '../format-number';
import type { RunView, TimeSeriesView } from '../state/run-view';
import { chartedLayers } from './gradient-frame';
import { latestAndEarlier, seriesName } from './time-frame';

/** "Gradient norms of 12 layers, steps 0 to 120, log scale. At step 120 from 1.2e-9 (first) to 3.40 (last)." */
export function gradientSummary(run: RunView, previous: RunView | undefined): string {
  const layers = chartedLayers(run);
  const last = run.records.at(-1);
  if (last === undefined) return 'Gradient norms by layer: no step recorded yet.';
  const now = layers.map(({ index, path }) => ({ path, norm: last.layerNorms[index] }));
  const finite = now.filter(({ norm }) => Number.isFinite(norm)).sort((a, b) => a.norm - b.norm);
  const range =
    finite.length === 0
      ? `None is finite at step ${last.step}.`
      : `At step ${last.step} from ${named(finite[0])} to ${named(finite[finite.length - 1])}.`;
  const compared = previous === undefined ? '' : ` ${previous.label} in gray.`;
  return `Gradient norms of ${count(layers.length, 'layer')}, ${steps(run)}, log scale. ${range}${compared}`;
}

/** Says what the marks at floor and ceiling stand for, where there are any, and of which layers. */
export function gradientCaption(run: RunView): string {
  const layers = chartedLayers(run);
  const zero = layers
    .filter(({ index }) => run.records.some(({ layerNorms }) => layerNorms[index] === 0))
    .map(({ path }) => path);
  const broken = run.records.find(({ layerNorms }) => layers.some(({ index }) => !Number.isFinite(layerNorms[index])));
  const parts = ['Norm of each layer’s own gradient, before clipping.'];
  if (zero.length > 0) parts.push(`▽ exactly 0, below any log scale: ${listed(zero)}.`);
  if (broken !== undefined) {
    const which = layers.filter(({ index }) => !Number.isFinite(broken.layerNorms[index])).map(({ path }) => path);
    parts.push(
      `✕ not finite from step ${broken.step}: ${which.length === layers.length ? 'every layer' : listed(which)}.`,
    );
  }
  return parts.join(' ');
}

/** "Loss, steps 0 to 120. It fell from 1.20 to 0.0310; lowest 0.0300 at step 115." */
export function lossSummary(run: RunView): string {
  const finite = run.records.filter(({ loss }) => Number.isFinite(loss));
  if (finite.length === 0)
    return run.records.length === 0 ? 'Loss: no step recorded yet.' : 'Loss: no value is finite.';
  const [first, last] = [finite[0], finite[finite.length - 1]];
  const lowest = finite.reduce((best, record) => (record.loss < best.loss ? record : best));
  const validated = run.records.findLast(({ validationLoss }) => validationLoss !== undefined);
  const accuracy = validated?.validationAccuracy ?? last.accuracy;
  return [
    `Loss, ${steps(run)}, from ${formatNumber(first.loss)} to ${formatNumber(last.loss)};`,
    `lowest ${formatNumber(lowest.loss)} at step ${lowest.step}.`,
    validated?.validationLoss === undefined ? '' : `Validation loss ${formatNumber(validated.validationLoss)}.`,
    accuracy === undefined
      ? ''
      : `${validated?.validationAccuracy === undefined ? 'Accuracy' : 'Validation accuracy'} ${formatShare(accuracy)}.`,
    run.records.length > finite.length ? 'Some values are not finite.' : '',
  ]
    .filter(part => part !== '')
    .join(' ');
}

/** How much stronger or weaker the gradient is at one end of the sequence than at the other, for each series. */
export function timeSummary(run: RunView): string {
  const { latest, earlier } = latestAndEarlier(run.throughTime);
  const words = (series: readonly TimeSeriesView[], note: string): string => {
    const [first] = series;
    if (first === undefined) return '';
    return `${first.step === undefined ? '' : `Training step ${first.step}${note}: `}${series.map(describeSeries).join(' ')}`;
  };
  return [words(latest, ''), words(earlier, ', faint')].filter(part => part !== '').join(' ');
}

function describeSeries(series: TimeSeriesView): string {
  const { hidden, direction } = series;
  // Backpropagation starts where the sequence ends: at its last step, and at its first for the reverse direction.
  const [late, early] =
    direction === 'forward' ? [hidden[hidden.length - 1], hidden[0]] : [hidden[0], hidden[hidden.length - 1]];
  const [from, to] = direction === 'forward' ? [hidden.length, 1] : [1, hidden.length];
  const ends = `${formatNumber(late)} at time step ${from}, ${formatNumber(early)} at time step ${to}`;
  return `${seriesName(series)}: ${ends}${change(early / late)}.`;
}

function change(factor: number): string {
  if (!Number.isFinite(factor) || factor <= 0) return '';
  if (factor > 0.5 && factor < 2) return ', about the same';
  return factor > 1 ? `, ${formatNumber(factor)} times stronger` : `, ${formatNumber(1 / factor)} times weaker`;
}

function named({ path, norm }: { readonly path: string; readonly norm: number }): string {
  return `${formatNumber(norm)} (${path})`;
}

function steps({ records }: RunView): string {
  return `steps ${records[0]?.step ?? 0} to ${records.at(-1)?.step ?? 0}`;
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}

function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
