/** The findings of a run beside the text as it is now. */
import type { Finding } from '../../diagnosis/finding';
import type { Fix } from '../../fixes/fix';
import { proposeFixes } from '../../fixes/propose';
import type { ModelSpec } from '../../spec/model-spec';
import { rangeAt } from '../../spec/source-range';
import type { SpecDocument, TextRange } from '../../spec/spec-document';
import type { RecordedRun } from '../runs/recorded-run';
import type { RuleSeverities } from '../settings';
import { applySeverities } from './apply-severities';
import { findingRange, layerOf, placeFinding } from './place-finding';

/** A finding that still holds for the present text, with its places in it. */
export interface PresentFinding {
  /** Its place in the list of all findings of the run that are shown: how the panel names it. */
  readonly index: number;
  /** With sources of the present text. */
  readonly finding: Finding;
  /** What is underlined. */
  readonly range: TextRange;
  /** Its layer or entry as a whole: where the cursor finds its cures. */
  readonly extent: TextRange;
}

/** Every finding of the run that the settings do not switch off, whether or not it still holds. */
export function shownFindings(run: RecordedRun, rules: RuleSeverities): readonly Finding[] {
  return applySeverities(run.findings, rules);
}

/** Those that still hold for `now`, in the same order. */
export function presentFindings(run: RecordedRun, now: SpecDocument, rules: RuleSeverities): readonly PresentFinding[] {
  return shownFindings(run, rules).flatMap((finding, index) => {
    const source = placeFinding(run.document, now, finding.source);
    if (!source) return [];
    const related = finding.related.flatMap((place) => {
      const moved = placeFinding(run.document, now, place.source);
      return moved && rangeAt(now, moved) ? [{ ...place, source: moved }] : [];
    });
    const range = findingRange(now, source);
    const extent = rangeAt(now, layerOf(source) ?? source, 'entry') ?? range;
    return [{ index, finding: { ...finding, source, related }, range, extent }];
  });
}

/** Cures for a finding as edits of the present text; none while an error keeps that text from being a model. */
export function fixesFor(run: RecordedRun, now: SpecDocument, model: ModelSpec | undefined, finding: Finding): readonly Fix[] {
  return model ? proposeFixes({ document: now, model, history: run.history, finding }) : [];
}
