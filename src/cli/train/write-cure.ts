/** Writes the preferred measured cure into its model file, or says why not. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Verdict } from '../../diagnosis/verdict';
import { NotWritable } from '../../frontends/frontend';
import { changeSource } from '../../verification/change-source';
import type { DiagnosedRun } from './diagnosed-run';
import { lineDiff } from './line-diff';
import { alarmsLeft, helps, type MeasuredCure, type MeasuredCures } from './measured-cures';

export type Written =
  | {
      readonly kind: 'written';
      readonly cure: MeasuredCure;
      readonly diff: readonly string[];
      readonly verdict: Verdict;
      readonly left: readonly string[];
    }
  /** One sentence on why the file is as it was; a failure where there was a cure to be written. */
  | { readonly kind: 'refused'; readonly message: string; readonly isFailure: boolean };

/**
 * Writes the preferred cure; there is none unless one was trained with every seed and trains with each. Comments and
 * layout stay.
 * @throws Error of the file system
 */
export function writeCure(run: DiagnosedRun, measured: MeasuredCures): Written {
  const {
    file: { path, source },
  } = run;
  const cure = measured.cures.find(({ preferred }) => preferred);
  const refused = (message: string): Written => ({
    kind: 'refused',
    message: `Nothing was written: ${message}`,
    isFailure: cure !== undefined,
  });
  if (!cure) return refused(whyNone(measured));
  const changed = changeSource(source, cure.result.changes);
  if (changed instanceof NotWritable) return refused(changed.reason);
  if (readFileSync(path, 'utf8') !== source.text)
    return refused(`${path} was changed while its cures were measured. Run --fix again.`);
  const { text } = changed.source;
  writeFileSync(path, text);
  const left = [...new Set(alarmsLeft(cure, changed.source).map(({ rule }) => rule))];
  return {
    kind: 'written',
    cure,
    diff: lineDiff(source.text, text),
    verdict: left.length > 0 ? 'faulty' : 'trains',
    left,
  };
}

/** Says how far the best cure gets, where none is preferred. */
function whyNone({ cures, seeds, ended }: MeasuredCures): string {
  const best = cures.find(helps);
  const hurry = ended === 'complete' ? '--compare tries the whole catalog.' : 'The time ran out; raise --budget.';
  if (!best) return `no cure was found that helps. ${hurry}`;
  const { title, trainsIn, seeds: tried, fresh } = best.result;
  const missing =
    tried < seeds ? ` of ${seeds} planned` : fresh ? `, and with ${fresh.trainsIn} of ${fresh.seeds} held back` : '';
  return `the best cure, "${title}", trains with ${trainsIn} of ${tried} seeds${missing}. ${hurry}`;
}
