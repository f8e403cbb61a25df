/** Measured cures for machines. */
import { toWire } from '../../protocol/wire-number';
import { positionAt } from './text-position';
import type { DiagnosedRun } from './diagnosed-run';
import type { CandidateResult, MeasuredCure, MeasuredCures } from './measured-cures';
import type { Written } from './write-cure';

/** The field `measuredCures`: the finding that the cures are for, the original, and each cure, best first. */
export function curesReport({ file }: DiagnosedRun, measured: MeasuredCures): object {
  const {
    measuring,
    finding: { rule, layer },
    baseline,
    cures,
    summary,
    ended,
    seeds,
    trainings,
  } = measured;
  return {
    kind: measuring,
    finding: { rule, ...(layer !== undefined && { layer }) },
    seeds,
    trainings,
    ended,
    summary,
    original: resultReport(baseline),
    cures: cures.map(cure => ({
      id: cure.result.name,
      fixes: cure.result.fixes,
      title: cure.result.title,
      preferred: cure.preferred,
      ...measuredReport(cure, measured),
      edits: cure.result.edits.map(({ range, text }) => ({
        range: { start: positionAt(file.source.text, range.start), end: positionAt(file.source.text, range.end) },
        text,
      })),
      ...(cure.result.notWritable !== undefined && { notWritable: cure.result.notWritable }),
    })),
  };
}

/** Reports the training of a cure: the field `measured` of a fix. */
export function measuredReport({ result, effect, causal }: MeasuredCure, { baseline }: MeasuredCures): object {
  return {
    effect,
    causal,
    ...resultReport(result),
    ...(result.seeds > 0 && result.comparable && { lossBefore: toWire(baseline.finalLoss) }),
  };
}

/** The field `fix`: what `--fix` wrote, or why it did not. */
export function writtenReport(written: Written): object {
  if (written.kind === 'refused') return { written: false, message: written.message };
  const {
    cure: { result },
    diff,
    verdict,
    left,
  } = written;
  return { written: true, id: result.name, title: result.title, verdict, left, diff };
}

function resultReport(result: CandidateResult): object {
  const { trainsIn, seeds, problem, fresh } = result;
  return {
    trainsIn,
    seeds,
    ...(seeds > 0 && {
      loss: toWire(result.finalLoss),
      relativeLoss: toWire(result.relativeLoss),
      comparableLoss: result.comparable,
      worstGradientNorm: toWire(result.worstGradientNorm),
      clippedShare: result.clippedShare,
      ...(result.stepsToBaseline !== undefined && { stepsToBaseline: result.stepsToBaseline }),
      ...(result.relativeCost !== undefined && { relativeStepTime: result.relativeCost }),
    }),
    ...(fresh && {
      heldBack: {
        trainsIn: fresh.trainsIn,
        seeds: fresh.seeds,
        loss: toWire(fresh.finalLoss),
        relativeLoss: toWire(fresh.relativeLoss),
      },
    }),
    ...(problem !== undefined && { problem }),
  };
}
