/** Input values of a size that harms: too steep a loss, a flat first layer. Page: docs/rules/unscaled-input.md */
import { layerIndex } from '../../record/layer-index';
import { median } from '../../record/median';
import type { LayerSpec, ModelSpec } from '../../model/model-spec';
import { outcomeOf } from '../consequence';
import type { InputScale } from '../evidence/input-scale';
import { isHarmed, learnedLittle } from '../evidence/learning';
import { inputToBlame, NOTABLE_MEAN_SQUARE, readsRawInput } from '../evidence/step-length';
import { formatNumber, formatShare } from '../format';
import { allLayers, hasKernel, isRecurrent } from '../layers';
import { outputLayer } from '../output';
import { SYMPTOMS_OF_SCALE } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';

const meta = {
  id: 'unscaled-input',
  word: 'raw input',
  noun: 'the raw input',
  group: 'Data, output and loss',
  summary:
    'Input values far from mean 0 and deviation 1 make the loss steep or saturate the first layer, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'large',
      default: 10,
      description:
        'Root mean square of the input values from which on any run that learns nothing is attributed to it.',
      source: 'LeCun et al. (1998): inputs of deviation 1; at 10 the loss is 100 times steeper in the first weights.',
    },
    {
      name: 'small',
      default: 0.01,
      description: 'Root mean square of the input values below which a run that learns nothing is attributed to it.',
      source: 'LeCun et al. (1998): deviation 1; at 0.01 the first weights get a hundredth of the gradient of a bias.',
    },
  ],
  needs: ['input'],
  fixes: ['standardize-input', 'lower-learning-rate'],
  explains: SYMPTOMS_OF_SCALE,
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const unscaledInput: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, history, evidence } = context;
    const { input, learning } = evidence;
    if (!learnedLittle(learning) || input === undefined || !input.curable || !readsRawInput(model)) return [];
    // Values that overflow before the first update are no matter of scale: see non-finite.
    if (evidence.windows.finite.length === 0) return [];
    const effect = effectOf(context, input);
    if (effect === undefined) return [];
    return [
      {
        rule: 'unscaled-input',
        severity: learning.state === 'destroyed' ? 'error' : 'warning',
        layer: model.layers[0].path,
        at: { setting: 'data' },
        message:
          `Input values have mean ${formatNumber(input.mean)} and deviation ${formatNumber(input.std)}, ${effect}. ` +
          `${outcomeOf(learning)}. Standardize the input.`,
        measured: {
          inputMean: input.mean,
          inputStd: input.std,
          inputMeanSquare: input.meanSquare,
          lateLoss: learning.lateLoss,
          referenceLoss: learning.reference,
        },
        step: history.records[0].step,
        related: [],
        fixes:
          learning.rose || learning.state === 'destroyed'
            ? ['standardize-input', 'lower-learning-rate']
            : ['standardize-input'],
        causal: ['standardize-input'],
      },
    ];
  },
};

function effectOf(context: Context, input: InputScale): string | undefined {
  const { model, evidence, option, optionOf } = context;
  const { state } = evidence.learning;
  const saturated = saturatedShare(context);
  if (
    input.meanSquare >= NOTABLE_MEAN_SQUARE &&
    saturated.share >= optionOf('saturated-activation', 'saturatedShare') &&
    saturated.layer !== undefined
  ) {
    return (
      `which leaves ${formatShare(saturated.share)} of the outputs of \`${saturated.layer.path}\` at the flat ends of its ` +
      'activation'
    );
  }
  if (!isHarmed(evidence.learning)) return undefined;
  const steeper =
    `which makes the loss ${formatNumber(input.meanSquare)} times steeper in the first weights than standardized ` +
    'ones would';
  // A loss that is high and falls has not arrived; a relu at the output that is off leaves the loss high whatever the
  // input.
  const ranAway = state === 'destroyed' || (state === 'diverged' && evidence.learning.rose) || diedInTraining(context);
  if (ranAway && inputToBlame(model, evidence) !== undefined && !outputIsOff(context)) return steeper;
  if (input.meanSquare >= option('large') ** 2) return steeper;
  const drowns = state === 'stuck' && input.meanSquare <= option('small') ** 2;
  return drowns ? 'too small to affect the outputs of the first layer' : undefined;
}

/** Whether a relu at the output is zero for every example: what the loss is then says nothing of the input's scale. */
function outputIsOff({ model, history, evidence, optionOf }: Context): boolean {
  const output = outputLayer(model);
  const index = layerIndex(history.layout, output.path);
  const share = median(evidence.windows.late.map(record => record.deadShare[index]));
  return output.activation === 'relu' && share >= optionOf('dead-output', 'deadShare');
}

/** Whether relu units of a layer lived at first and died in training. */
function diedInTraining({ history, evidence, optionOf }: Context): boolean {
  const [first] = history.records;
  const dead = optionOf('dead-relu', 'deadShare');
  return history.layout.layers.some(
    (_, index) =>
      first.deadShare[index] < dead && median(evidence.windows.late.map(record => record.deadShare[index])) >= dead,
  );
}

/**
 * Measures in the first layer with weights the share of outputs at the flat ends of its activation from the first step
 * on.
 */
function saturatedShare({ model, history }: Context): {
  readonly layer: LayerSpec | undefined;
  readonly share: number;
} {
  const layers = allLayers(model.layers);
  const first = layers.findIndex(hasKernel);
  const bends = (layer: LayerSpec): boolean => layer.activation !== 'identity' || isRecurrent(layer);
  const index = layers.findIndex((layer, at) => at >= first && (bends(layer) || (at > first && hasKernel(layer))));
  const layer = layers[isOutput(model, layers[index]) ? -1 : index];
  const at = layer === undefined ? -1 : layerIndex(history.layout, layer.path);
  return { layer, share: at < 0 ? 0 : history.records[0].saturatedShare[at] };
}

function isOutput(model: ModelSpec, layer: LayerSpec | undefined): boolean {
  return layer === model.layers[model.layers.length - 1];
}
