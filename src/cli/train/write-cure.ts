/** Writes the preferred measured cure into its model file, or says why not. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Verdict } from '../../diagnosis/verdict';
import { applyEdits } from '../../spec/edit';
import type { DiagnosedRun } from './diagnosed-run';
import { lineDiff } from './line-diff';
import { alarmsLeft, trainsWithAll, type MeasuredCure, type MeasuredCures } from './measured-cures';

export type Written =
  | { readonly kind: 'written'; readonly cure: MeasuredCure; readonly diff: readonly string[]; readonly verdict: Verdict; readonly left: readonly string[] }
  /** One sentence on why the file is as it was. */
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Writes a cure only where it was trained with every seed and trains with each. Comments and layout stay: its edits touch nothing else.
 * @throws Error of the file system
 */
export function writeCure(run: DiagnosedRun, measured: MeasuredCures): Written {
  const { file: { path, document } } = run;
  const refuse = (reason: string): Written => ({ kind: 'refused', message: `Nothing was written: ${reason}` });
  const cure = measured.cures.find(({ preferred }) => preferred);
  if (!cure) return refuse(lowerFirst(measured.summary));
  const { title, seeds, trainsIn, edits } = cure.result;
  if (seeds < measured.seeds) {
    return refuse(`the best cure, "${title}", was trained with ${seeds} of ${measured.seeds} seeds when the time ran out. Raise --budget.`);
  }
  if (!trainsWithAll(cure, measured)) {
    return refuse(`the best cure, "${title}", trains with ${trainsIn} of ${seeds} seeds. --compare tries the whole catalogue.`);
  }
  if (readFileSync(path, 'utf8') !== document.text) return refuse(`${path} was changed while its cures were measured. Run --fix again.`);
  const text = applyEdits(document.text, edits);
  writeFileSync(path, text);
  const left = [...new Set(alarmsLeft(cure, run).map(({ rule }) => rule))];
  return { kind: 'written', cure, diff: lineDiff(document.text, text), verdict: left.length > 0 ? 'faulty' : 'trains', left };
}

function lowerFirst(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}
