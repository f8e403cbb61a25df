/** A run that ends in NaN or infinity. Page: docs/rules/non-finite.md */
import { isFiniteRecord } from '../../record/finite';
import type { Place } from '../../model/place';
import type { ModelSpec } from '../../model/model-spec';
import type { NonFiniteOrigin, RunLayout, StepRecord } from '../../record/step-record';
import { orClip } from '../consequence';
import type { InputScale } from '../evidence/input-scale';
import type { FixId } from '../finding';
import { formatNumber } from '../format';
import { placeOf } from '../layers';
import type { Rule, RuleDescription } from '../rule';

/** Mean square of input values from which on they are named as a part of it: ten times that of standardized ones. */
const LARGE_MEAN_SQUARE = 10;

const meta = {
  id: 'non-finite',
  word: 'not finite',
  noun: 'the non-finite numbers',
  group: 'The course of the run',
  summary: 'Loss or gradient is no longer a finite number; names the step and the first layer where it happened.',
  severity: 'error',
  options: [],
  needs: [],
  fixes: ['lower-learning-rate', 'clip-by-norm', 'standardize-input', 'fitting-initializer'],
  explains: [],
} as const satisfies RuleDescription;

export const nonFinite: Rule<typeof meta> = {
  meta,
  check({ model, history, evidence }) {
    const broken = history.records.find(record => !isFiniteRecord(record));
    const step = broken?.step ?? (history.outcome?.kind === 'not-finite' ? history.outcome.step : undefined);
    if (step === undefined) return [];
    const origin = broken?.nonFinite;
    const layer = origin === undefined || origin.layer < 0 ? undefined : history.layout.layers[origin.layer];
    const before = evidence.windows.finite.at(-1);
    const cure = cureFor(model, evidence.input, before);
    return [
      {
        rule: 'non-finite',
        severity: 'error',
        layer: layer?.path,
        at: cure.at ?? placeOf(layer ?? model.layers[model.layers.length - 1]),
        message: `${whatBroke(history.layout, origin)} at step ${step}, and training stopped. ${cure.advice}`,
        measured: {
          step,
          layer: origin?.layer ?? -1,
          ...(origin?.timeStep === undefined ? {} : { timeStep: origin.timeStep }),
          lastLoss: before?.loss ?? Number.NaN,
          lastGradientNorm: before?.gradientNorm ?? Number.NaN,
        },
        step,
        related: [],
        fixes: cure.fixes,
      },
    ];
  },
};

interface Cure {
  readonly advice: string;
  readonly at?: Place;
  readonly fixes: readonly FixId[];
}

/** Before the first update the rate plays no part; afterwards it does, whatever else does too. */
function cureFor(model: ModelSpec, input: InputScale | undefined, before: StepRecord | undefined): Cure {
  const large = input !== undefined && input.curable && input.meanSquare >= LARGE_MEAN_SQUARE;
  const scale = large
    ? `input values have mean ${formatNumber(input.mean)} and deviation ${formatNumber(input.std)}`
    : '';
  if (before === undefined) {
    const when = 'No update had been made yet';
    return large
      ? { advice: `${when}: ${scale}. Standardize the input.`, at: { setting: 'data' }, fixes: ['standardize-input'] }
      : { advice: `${when}: check the input and the first weights.`, fixes: ['fitting-initializer'] };
  }
  const norms = `Step ${before.step} had loss ${formatNumber(before.loss)}, gradient norm ${formatNumber(before.gradientNorm)}`;
  const rate = `the learning rate of ${formatNumber(model.optimizer.learningRate)}${orClip(model)}.`;
  if (!large) return { advice: `${norms}. Lower ${rate}`, fixes: ['lower-learning-rate', 'clip-by-norm'] };
  const advice = `${norms}; ${scale}. Standardize the input, lower ${rate}`;
  return { advice, fixes: ['standardize-input', 'lower-learning-rate', 'clip-by-norm'] };
}

function whatBroke(layout: RunLayout, origin: NonFiniteOrigin | undefined): string {
  if (origin === undefined) return 'Loss or gradient was no longer finite';
  const kind = origin.kind === 'nan' ? 'NaN' : 'infinity';
  if (origin.layer < 0) return origin.direction === 'loss' ? `The loss became ${kind}` : `A gradient became ${kind}`;
  const at = origin.timeStep === undefined ? '' : `, time step ${origin.timeStep},`;
  const place = `\`${layout.layers[origin.layer].path}\`${at}`;
  switch (origin.direction) {
    case 'forward':
      return `The output of ${place} became ${kind}`;
    case 'backward':
      return `The gradient in ${place} became ${kind}`;
    case 'update':
      return `The weights of ${place} became ${kind} by an update`;
    case 'loss':
      return `The loss became ${kind}`;
  }
}
