/** Units that are zero for every example, so that no gradient passes them. Page: docs/rules/dead-relu.md */
import { median } from '../../record/median';
import { LEARNING_RATE_PLACE } from '../../model/place';
import type { LayerSpec } from '../../model/model-spec';
import type { Cause } from '../cause';
import { outcomeOf } from '../consequence';
import { decayOf, leftOver } from '../depth-decay';
import type { Finding } from '../finding';
import { formatNumber, formatShare } from '../format';
import {
  hasKernel,
  hasReluState,
  kernelBefore,
  kernelInitializerPlace,
  layerAt,
  placeOf,
  biasInitializerPlace,
  activationPlace,
} from '../layers';
import { AFTERMATH } from '../of-the-run';
import type { OwnContext, Rule, RuleDescription } from '../rule';
import { FITTING_WEIGHTS } from '../undoing';

const meta = {
  id: 'dead-relu',
  word: 'dead units',
  noun: 'the dead units',
  group: 'Units and first weights',
  summary: 'Most units of a relu layer are dead, zero for every example, and the run learns nothing.',
  severity: 'warning',
  options: [
    {
      name: 'deadShare',
      default: 0.5,
      description:
        "Share of a layer's units that are zero for whole batches, over the last steps, from which on it is dead.",
      source: 'SageMaker Debugger: more than half of the units.',
    },
  ],
  needs: ['deadUnits'],
  fixes: ['lower-learning-rate', 'leaky-relu-activation', 'fitting-initializer', 'zero-bias', 'tanh-activation'],
  explains: ['vanishing-gradient', 'vanishing-through-time', 'silent-death', ...AFTERMATH],
  costsPartly: true,
  travels: 'forward',
} as const satisfies RuleDescription;

type Context = OwnContext<typeof meta>;

export const deadRelu: Rule<typeof meta> = {
  meta,
  check(context) {
    const { model, history, evidence, option } = context;
    if (evidence.learning.state === 'learning' || evidence.learning.state === 'destroyed') return [];
    const dead = history.layout.layers.flatMap((layout, index) => {
      const layer = layerAt(model, layout.path);
      const share = median(evidence.windows.late.map(record => record.deadShare[index]));
      return layer !== undefined && endsInRelu(layer) && share >= option('deadShare') ? [{ index, layer, share }] : [];
    });
    return dead.length === 0 || isAftermathOfDepth(context, dead) ? [] : [describe(context, dead)];
  },
};

/**
 * Whether the units are dead from the first step on in a stack whose gradient dies by its weights or its depth: signals
 * that shrink to one direction leave each unit on for all examples or for none. Then vanishing-gradient names the root.
 */
function isAftermathOfDepth(context: Context, [root]: readonly DeadLayer[]): boolean {
  const first = context.history.records[0];
  if (!(first.deadShare[root.index] >= context.option('deadShare') / 2) || first.deadShare[root.index] >= 1)
    return false;
  const decay = decayOf(context, 'backward', context.optionOf('vanishing-gradient', 'totalGain'));
  return (
    decay !== undefined &&
    decay.cause !== 'activation' &&
    decay.others.length >= 4 &&
    leftOver(context.evidence.start, 'backward') > 0
  );
}

interface DeadLayer {
  readonly index: number;
  readonly layer: LayerSpec;
  readonly share: number;
}

/** Whether gates multiply the state, which are made for values between -1 and 1. */
function isGated({ type }: LayerSpec): boolean {
  return type === 'lstm' || type === 'gru';
}

function endsInRelu(layer: LayerSpec): boolean {
  return layer.activation === 'relu' || layer.activation === 'relu6' || hasReluState(layer);
}

function describe(context: Context, dead: readonly DeadLayer[]): Finding {
  const { history, evidence, option } = context;
  const [root] = dead;
  const deadAt = history.records.find(record => record.deadShare[root.index] >= option('deadShare'));
  const first = history.records[0];
  const cause = causeOf(context, root, first.deadShare[root.index] >= option('deadShare'), deadAt?.step ?? 0);
  return {
    rule: 'dead-relu',
    severity: 'warning',
    layer: root.layer.path,
    at: cause.at,
    message:
      `${formatShare(root.share)} of the units of \`${root.layer.path}\` are zero for every example and pass no gradient. ` +
      `${outcomeOf(evidence.learning)}. ${cause.why}`,
    measured: {
      deadShare: root.share,
      deadShareAtStart: first.deadShare[root.index],
      lateLoss: evidence.learning.lateLoss,
      referenceLoss: evidence.learning.reference,
    },
    step: deadAt?.step ?? 0,
    related: dead.slice(1).map(({ layer, share }) => ({
      at: placeOf(layer),
      layer: layer.path,
      message: `${formatShare(share)} of the units of \`${layer.path}\` are dead too.`,
    })),
    fixes: cause.fixes,
    ...(cause.causal && { causal: cause.causal }),
  };
}

function causeOf({ model }: Context, { layer }: DeadLayer, fromStart: boolean, step: number): Cause {
  if (isGated(layer) && hasReluState(layer)) {
    return {
      at: activationPlace(layer),
      why: `Inside an ${layer.type}, relu does not bound the state and zeroes half of the candidates. Use tanh, for which ${layer.type} is designed.`,
      fixes: ['tanh-activation', 'lower-learning-rate'],
    };
  }
  const kernel = hasKernel(layer) ? layer : kernelBefore(model, layer);
  if (!fromStart) return causeOfDying({ model }, step);
  if (kernel !== undefined && kernel.kernelInitializer.type === 'zeros') {
    return {
      at: kernelInitializerPlace(kernel),
      why: 'Its weights start at zero. Use the initializer that fits relu.',
      fixes: ['fitting-initializer', 'leaky-relu-activation'],
    };
  }
  const bias = kernel !== undefined && 'biasInitializer' in kernel ? kernel.biasInitializer : undefined;
  const negative = bias?.type === 'constant' && bias.value < 0 ? bias.value : undefined;
  if (kernel !== undefined && negative !== undefined) {
    return {
      at: biasInitializerPlace(kernel),
      why:
        `Its biases start at ${formatNumber(negative)}, too negative for its inputs. ` +
        'Start biases at zero, or use leaky-relu.',
      fixes: ['zero-bias', 'leaky-relu-activation', 'fitting-initializer'],
      causal: ['zero-bias', 'leaky-relu-activation'],
    };
  }
  return {
    at: kernel === undefined ? placeOf(layer) : kernelInitializerPlace(kernel),
    why:
      'They were dead from the first step on: first weights or input keep them below zero. ' +
      'Use the initializer that fits relu, or leaky-relu.',
    fixes: ['fitting-initializer', 'leaky-relu-activation'],
    causal: [...FITTING_WEIGHTS, 'leaky-relu-activation'],
  };
}

/** They lived at first: an update threw their weights or biases far below zero. */
function causeOfDying({ model }: Pick<Context, 'model'>, step: number): Cause {
  const rate = formatNumber(model.optimizer.learningRate);
  return {
    at: LEARNING_RATE_PLACE,
    why:
      `They died by step ${step} after updates that were too large: the learning rate is ${rate}. ` +
      'Lower it, or use leaky-relu.',
    fixes: ['lower-learning-rate', 'leaky-relu-activation'],
  };
}
