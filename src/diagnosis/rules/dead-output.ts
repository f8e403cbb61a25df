/** Output units that no gradient passes, whatever the weights. Page: docs/rules/dead-output.md */
import { layerIndex } from '../../record/layer-index';
import { median } from '../../record/median';
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import { outcomeOf } from '../consequence';
import { isHarmed } from '../evidence/learning';
import type { Finding } from '../finding';
import { formatNumber, formatShare } from '../format';
import { activationPlace, placeOf } from '../layers';
import { outputLayer } from '../output';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'dead-output',
  word: 'dead output',
  noun: 'the dead output',
  group: 'Data, output and loss',
  summary: 'The output is the same for every example by construction, or its relu units are zero for all examples.',
  severity: 'error',
  options: [
    {
      name: 'deadShare',
      default: 0.5,
      description:
        'Share of relu output units that are zero for whole batches, over the last steps, from which on it is dead.',
      source:
        'A relu on one output dies with probability about one half; SageMaker Debugger: more than half of the units.',
    },
  ],
  needs: ['deadUnits'],
  fixes: [
    'linear-output',
    'matching-loss',
    'output-per-class',
    'leaky-relu-activation',
    'fitting-initializer',
    'lower-learning-rate',
  ],
  explains: [
    'dead-relu',
    'saturated-activation',
    'vanishing-gradient',
    'vanishing-through-time',
    'silent-death',
    'learning-rate-too-low',
    ...AFTERMATH,
  ],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const deadOutput: Rule<typeof meta> = {
  meta,
  check(context) {
    const finding = constantByConstruction(context) ?? zeroForAll(context);
    return finding === undefined ? [] : [finding];
  },
};

/** The output layer of a model whose loss is the same whatever its weights; `undefined` for any other model. */
export function constantOutput(model: ModelSpec): LayerSpec | undefined {
  const output = outputLayer(model);
  const width = output.outputShape[output.outputShape.length - 1];
  return width === 1 && (output.activation === 'softmax' || model.loss.type === 'cross-entropy') ? output : undefined;
}

/** Softmax over one unit is 1, and the cross-entropy of one class is 0: constants, whose gradient is exactly 0. */
function constantByConstruction({ model, evidence }: Context): Finding | undefined {
  const output = constantOutput(model);
  if (output === undefined) return undefined;
  const width = output.outputShape[output.outputShape.length - 1];
  const softmax = output.activation === 'softmax';
  const { learning } = evidence;
  const what = softmax
    ? `Softmax over the single unit of \`${output.path}\` is 1 at any input and its gradient is exactly 0`
    : `\`${output.path}\` has one unit, and the cross-entropy over a single class is 0 whatever it gives`;
  const cure = softmax
    ? 'Take the activation away (binary-cross-entropy applies a sigmoid itself), or give it one unit per class.'
    : 'Give it one unit per class, or use binary-cross-entropy.';
  return {
    rule: 'dead-output',
    severity: 'error',
    layer: output.path,
    at: softmax ? activationPlace(output) : placeOf(output),
    message: `${what}, so nothing can be learned. ${cure}`,
    measured: { units: width, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: evidence.windows.early[0]?.step ?? 0,
    related: [{ at: { setting: 'loss' }, message: `The loss is ${model.loss.type}.` }],
    fixes: [...(softmax ? (['linear-output'] as const) : []), 'matching-loss', 'output-per-class'],
    causal: ['linear-output', 'matching-loss', 'output-per-class'],
  };
}

function zeroForAll({ model, history, evidence, option }: Context): Finding | undefined {
  const { learning, windows } = evidence;
  const output = outputLayer(model);
  if (
    !isHarmed(learning) ||
    learning.state === 'destroyed' ||
    !(output.activation === 'relu' || output.activation === 'relu6')
  ) {
    return undefined;
  }
  const index = layerIndex(history.layout, output.path);
  const share = median(windows.late.map(record => record.deadShare[index]));
  if (!(share >= option('deadShare'))) return fallenToZero({ history, evidence }, output, index);
  const since = history.records.find(record => record.deadShare[index] >= option('deadShare'))?.step ?? 0;
  return {
    rule: 'dead-output',
    severity: 'warning',
    layer: output.path,
    at: activationPlace(output),
    message:
      `${formatShare(share)} of the output units of \`${output.path}\` are zero for every example, where ` +
      `${output.activation} has slope 0. ${outcomeOf(learning)}. Take the activation away: an answer needs none.`,
    measured: { deadShare: share, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: since,
    related: [],
    fixes: ['linear-output', 'leaky-relu-activation', 'lower-learning-rate'],
    causal: ['linear-output', 'leaky-relu-activation'],
  };
}

/** Outputs smaller than this share of the targets answer 0. */
const NOTHING = 0.05;

/**
 * A relu output that shrank to zero from the right side: where the targets are positive it is off, and gets no gradient
 * to come back.
 */
function fallenToZero(
  { history, evidence }: Pick<Context, 'history' | 'evidence'>,
  output: LayerSpec,
  index: number,
): Finding | undefined {
  const { learning, windows } = evidence;
  const targets = history.layout.targetStatistics;
  if (targets === undefined) return undefined;
  const size = median(windows.late.map(record => Math.hypot(record.outputMean[index], record.outputStd[index])));
  const wanted = Math.hypot(targets.mean, targets.std);
  if (!(size < NOTHING * wanted) || !(learning.lateLoss >= learning.reference)) return undefined;
  return {
    rule: 'dead-output',
    severity: 'warning',
    layer: output.path,
    at: activationPlace(output),
    message:
      `The outputs of \`${output.path}\` have fallen to ${formatNumber(size)} beside targets of ${formatNumber(wanted)}, since its ` +
      `${output.activation} is off where the targets are positive and passes no gradient there. ${outcomeOf(learning)}. ` +
      'Use leaky-relu or no activation, or draw its first weights at random.',
    measured: { outputSize: size, targetSize: wanted, lateLoss: learning.lateLoss, referenceLoss: learning.reference },
    step: windows.late[0]?.step ?? 0,
    related: [],
    fixes: ['leaky-relu-activation', 'linear-output', 'fitting-initializer'],
    causal: ['leaky-relu-activation', 'linear-output', 'fitting-initializer'],
  };
}
