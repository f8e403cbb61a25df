/** The finding whose cures are measured. */
import { isAlarm, type Finding } from '../../diagnosis/finding';
import { UsageError, type FindingName } from './arguments';
import type { DiagnosedRun } from './diagnosed-run';

/**
 * The finding that the command line names, else the root: the first alarm, or, in a run that does not learn, the first
 * finding that has cures. `undefined` for a run that has nothing to cure.
 *
 * @throws UsageError where the run does not have the finding that is named
 */
export function chooseFinding(
  { findings, silenced, verdict }: DiagnosedRun,
  name: FindingName | undefined,
): Finding | undefined {
  const shown = findings.map(({ finding }) => finding);
  if (name === undefined) {
    const root = shown.find(isAlarm);
    return root ?? (verdict.verdict === 'trains' ? undefined : shown.find(({ fixes }) => fixes.length > 0));
  }
  const isNamed = ({ rule, layer }: Finding): boolean =>
    rule === name.rule && (name.layer === undefined || layer === name.layer);
  const chosen = shown.find(isNamed);
  if (chosen) return chosen;
  const written = name.layer === undefined ? name.rule : `${name.rule}:${name.layer}`;
  const others = shown.length === 0 ? 'it has none' : `it has ${shown.map(nameOf).join(', ')}`;
  throw new UsageError(
    silenced.some(isNamed)
      ? `A comment in the file silences the finding ${written}; remove the comment to measure its cures.`
      : `The run has no finding ${written}; ${others}.`,
  );
}

/** Says why nothing was measured, and with which seed there is something to measure. */
export function nothingToCure({ failingSeed, otherAlarm }: DiagnosedRun): string {
  const seed = failingSeed ?? otherAlarm?.seed;
  const wayOn =
    failingSeed !== undefined
      ? ` It fails with others: add --seed ${seed} to measure the cures there.`
      : seed !== undefined
        ? ` Another seed raises an alarm: add --seed ${seed} to measure its cures.`
        : '';
  return `The run has no finding to cure, so nothing was measured.${wayOn}`;
}

/** A finding as `--finding` takes it. */
export function nameOf({ rule, layer }: Finding): string {
  return layer === undefined ? rule : `${rule}:${layer}`;
}
