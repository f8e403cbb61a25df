/** An output activation that the loss or the targets do not go with. Page: docs/rules/loss-output-mismatch.md */
import { layerIndex } from '../../record/layer-index';
import type { ModelSpec } from '../../model/model-spec';
import { activationPlace } from '../layers';
import type { TargetStatistics } from '../../record/step-record';
import { consequenceOf, outcomeOf } from '../consequence';
import { isHarmed, type Learning } from '../evidence/learning';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { outputLayer, rangeOf } from '../output';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'loss-output-mismatch',
  word: 'unfit output',
  noun: 'the mismatch of output and loss',
  group: 'Data, output and loss',
  summary:
    'The output activation keeps the loss from falling: the loss expects raw scores, or targets lie outside its range.',
  severity: 'warning',
  options: [
    {
      name: 'beyond',
      default: 1,
      description: 'How many deviations of the targets must reach from their mean beyond the range of the output.',
      source: 'One deviation: of normally distributed targets one in six is then out of reach at least.',
    },
  ],
  needs: ['targets'],
  fixes: ['linear-output'],
  explains: [
    'dead-output',
    'saturated-activation',
    'vanishing-gradient',
    'vanishing-through-time',
    'dead-relu',
    'silent-death',
    'learning-rate-too-low',
    ...AFTERMATH,
  ],
  travels: 'forward',
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const lossOutputMismatch: Rule<typeof meta> = {
  meta,
  check(context) {
    // Softmax over one unit is no choice, and no range: see dead-output.
    const output = outputLayer(context.model);
    if (output.activation === 'softmax' && output.outputShape[output.outputShape.length - 1] === 1) return [];
    const finding = squashedScores(context) ?? targetsOutOfReach(context) ?? flatSquares(context);
    return finding === undefined ? [] : [finding];
  },
};

/**
 * Below this a loss that applies softmax or sigmoid itself cannot fall, for the range of the scores that it gets;
 * `undefined` where the scores have no range, and for other losses.
 *
 * @param positives share of the examples whose label is 1, for binary-cross-entropy
 */
export function lossFloor(model: ModelSpec, positives: number): number | undefined {
  const output = outputLayer(model);
  const range = rangeOf(output.activation);
  const { type } = model.loss;
  if (range === undefined || (type !== 'cross-entropy' && type !== 'binary-cross-entropy')) return undefined;
  const width = output.outputShape[output.outputShape.length - 1];
  if (type === 'cross-entropy' && width < 2) return undefined;
  const { low, high } = range;
  return type === 'cross-entropy'
    ? Math.log1p((width - 1) * Math.exp(low - high))
    : positives * Math.log1p(Math.exp(-high)) + (1 - positives) * Math.log1p(Math.exp(low));
}

/**
 * A loss that applies softmax or sigmoid itself gets scores that were squashed before: it cannot fall below a floor.
 */
function squashedScores({ model, history, evidence }: Context): Finding | undefined {
  const output = outputLayer(model);
  const { type } = model.loss;
  const floor = lossFloor(model, history.layout.targetStatistics?.mean ?? 0.5);
  if (floor === undefined) return undefined;
  // Scores that are bounded on one side can still be told apart by as much as it takes.
  const certain = floor > 0;
  if (!certain && !isHarmed(evidence.learning)) return undefined;
  const own = type === 'cross-entropy' ? 'softmax' : 'sigmoid';
  const bound = certain ? `the loss cannot fall below ${formatNumber(floor)}` : consequenceOf(evidence.learning);
  return finding(
    { evidence },
    output,
    `The loss ${type} applies ${own} itself and expects raw scores; behind the ` +
      `${output.activation} of \`${output.path}\` ${bound}. Take the activation away.`,
    { floor },
  );
}

/** A good part of the targets is beyond what the output can give. */
function targetsOutOfReach({ model, history, evidence, option }: Context): Finding | undefined {
  const output = outputLayer(model);
  const range = rangeOf(output.activation);
  const targets = history.layout.targetStatistics;
  const isRegression = model.loss.type === 'mse' || model.loss.type === 'mae' || model.loss.type === 'huber';
  if (!isRegression || range === undefined || targets === undefined) return undefined;
  if (!isBeyond(targets, range, option('beyond'))) return undefined;
  const reach = `${formatNumber(range.low)} to ${formatNumber(range.high)}`;
  return finding(
    { evidence },
    output,
    `Targets go from ${formatNumber(targets.minimum)} to ${formatNumber(targets.maximum)} ` +
      `(mean ${formatNumber(targets.mean)}, deviation ${formatNumber(targets.std)}), but the ${output.activation} of ` +
      `\`${output.path}\` only gives ${reach}. ${outcome(evidence.learning)}. Take the activation away.`,
    { targetMean: targets.mean, targetStd: targets.std },
  );
}

function outcome(learning: Learning): string {
  return isHarmed(learning) ? outcomeOf(learning) : 'Targets beyond that range cannot be learned';
}

/** Whether more than a few targets lie outside what the output can give. */
export function isBeyond(
  { mean, std, minimum, maximum }: TargetStatistics,
  { low, high }: { readonly low: number; readonly high: number },
  deviations: number,
): boolean {
  const margin = 0.05 * (Number.isFinite(high) ? high - low : std);
  const below = mean - deviations * std < low - margin && minimum < low - margin;
  const above = mean + deviations * std > high + margin && maximum > high + margin;
  return below || above;
}

/** A squared error through an output at its flat ends has next to no gradient where the answer is most wrong. */
function flatSquares({ model, history, evidence }: Context): Finding | undefined {
  const output = outputLayer(model);
  const range = rangeOf(output.activation);
  const targets = history.layout.targetStatistics;
  const isSquared = model.loss.type === 'mse' || model.loss.type === 'mae' || model.loss.type === 'huber';
  const { learning } = evidence;
  if (!isSquared || range === undefined || !Number.isFinite(range.high) || targets === undefined) return undefined;
  if (learning.state !== 'stuck' && learning.state !== 'diverged') return undefined;
  const index = layerIndex(history.layout, output.path);
  const late = evidence.windows.late.map(record => record.saturatedShare[index]).sort((a, b) => a - b);
  const saturated = late[late.length >> 1] ?? 0;
  if (!(saturated >= 0.9)) return undefined;
  const better =
    targets.minimum === 0 && targets.maximum === 1
      ? 'Use binary-cross-entropy on raw outputs.'
      : 'Take the activation away.';
  return finding(
    { evidence },
    output,
    `The outputs of \`${output.path}\` are at the flat ends of ${output.activation}, where a ` +
      `${model.loss.type} loss has almost no gradient however wrong they are. ${outcomeOf(learning)}. ${better}`,
    { saturatedShare: saturated },
  );
}

function finding(
  { evidence }: Pick<Context, 'evidence'>,
  output: ReturnType<typeof outputLayer>,
  message: string,
  measured: Finding['measured'],
): Finding {
  const { learning } = evidence;
  return {
    rule: 'loss-output-mismatch',
    severity: 'warning',
    layer: output.path,
    at: activationPlace(output),
    message,
    measured: { ...measured, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: evidence.windows.early[0]?.step ?? 0,
    related: [{ at: { setting: 'loss' }, message: 'This is the loss that takes the output.' }],
    fixes: ['linear-output'],
    causal: ['linear-output', 'matching-loss', 'output-per-class'],
  };
}
