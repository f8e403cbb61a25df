/** A run that ends in NaN or infinity. Page: docs/rules/non-finite.md */
import { isFiniteRecord } from '../../history/finite';
import type { NonFiniteOrigin, RunLayout } from '../../training/step-record';
import { formatNumber } from '../format';
import type { Rule } from '../rule';

export const nonFinite: Rule = {
  meta: {
    id: 'non-finite',
    summary: 'Loss or gradient is no longer a finite number; names the step and the first layer that went.',
    severity: 'error',
    options: [],
    fixes: ['lower-learning-rate', 'clip-by-norm', 'standardize-input'],
  },
  check({ model, history, evidence }) {
    const broken = history.records.find((record) => !isFiniteRecord(record));
    const step = broken?.step ?? (history.outcome?.kind === 'not-finite' ? history.outcome.step : undefined);
    if (step === undefined) return [];
    const origin = broken?.nonFinite;
    const layer = origin === undefined || origin.layer < 0 ? undefined : history.layout.layers[origin.layer];
    const before = evidence.windows.finite.at(-1);
    const rate = formatNumber(model.optimizer.learningRate);
    const last = before === undefined
      ? 'It was so before the first update, so look at the input and the first weights'
      : `Step ${before.step} had loss ${formatNumber(before.loss)} and gradient norm ${formatNumber(before.gradientNorm)}`;
    const large = evidence.input !== undefined && evidence.input.curable && evidence.input.meanSquare >= 10;
    return [{
      rule: 'non-finite',
      severity: 'error',
      layer: layer?.path,
      source: layer?.source ?? model.layers[model.layers.length - 1].source,
      message: `${whatBroke(history.layout, origin)} at step ${step}, and training stopped. ${last}. `
        + `${large ? 'Standardize the input, lower' : 'Lower'} the learning rate of ${rate}, or clip gradients by norm.`,
      measured: {
        step, layer: origin?.layer ?? -1, ...(origin?.timeStep === undefined ? {} : { timeStep: origin.timeStep }),
        lastLoss: before?.loss ?? Number.NaN, lastGradientNorm: before?.gradientNorm ?? Number.NaN,
      },
      step,
      related: [],
      fixes: large ? ['standardize-input', 'lower-learning-rate', 'clip-by-norm'] : ['lower-learning-rate', 'clip-by-norm'],
    }];
  },
};

function whatBroke(layout: RunLayout, origin: NonFiniteOrigin | undefined): string {
  if (origin === undefined) return 'Loss or gradient was no longer finite';
  const kind = origin.kind === 'nan' ? 'NaN' : 'infinity';
  if (origin.layer < 0) return origin.direction === 'loss' ? `The loss became ${kind}` : `A gradient became ${kind}`;
  const at = origin.timeStep === undefined ? '' : `, time step ${origin.timeStep},`;
  const place = `\`${layout.layers[origin.layer].path}\`${at}`;
  switch (origin.direction) {
    case 'forward': return `The output of ${place} became ${kind}`;
    case 'backward': return `The gradient in ${place} became ${kind}`;
    case 'update': return `The weights of ${place} became ${kind} by an update`;
    case 'loss': return `The loss became ${kind}`;
  }
}
