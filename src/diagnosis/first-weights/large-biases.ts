/** First biases that put a layer where its activation is flat. */
import type { ModelSpec } from '../../model/model-spec';
import { outcomeOf } from '../consequence';
import { learnedLittle } from '../evidence/learning';
import type { Finding } from '../finding';
import { formatNumber } from '../format';
import { activationAfter, allLayers, hasKernel, isRecurrent, type KernelLayer, biasInitializerPlace } from '../layers';
import type { RuleContext } from '../rule';
import { initializationFinding } from './initialization-finding';
import { isOutput } from './output-kernel';

/** Hidden layers whose constant first biases of at least `size` put them where their activation is flat. */
export function layersWithLargeBias(model: ModelSpec, size: number): readonly KernelLayer[] {
  return allLayers(model.layers).filter((layer): layer is KernelLayer => {
    if (!hasKernel(layer) || isOutput(model.layers, layer) || isRecurrent(layer) || !('biasInitializer' in layer))
      return false;
    const { activation, normalized } = activationAfter(model, layer);
    const { biasInitializer: bias } = layer;
    if (normalized || activation === 'identity' || bias.type !== 'constant') return false;
    const bounded = activation !== 'relu' && activation !== 'leaky-relu';
    return bounded ? Math.abs(bias.value) >= size : bias.value <= -size;
  });
}

/** Biases so large that the activation is flat, whatever comes in. */
export function biasesFarOff({ model, evidence, optionOf }: RuleContext): Finding | undefined {
  if (!learnedLittle(evidence.learning)) return undefined;
  const off = layersWithLargeBias(model, optionOf('poor-initialization', 'bias'));
  const [root] = off;
  if (root === undefined || !('biasInitializer' in root) || root.biasInitializer.type !== 'constant') return undefined;
  const { value } = root.biasInitializer;
  const message =
    `The biases of \`${root.path}\` start at ${formatNumber(value)}, where its ${activationAfter(model, root).activation} is ` +
    `flat at any input. ${outcomeOf(evidence.learning)}. Start biases at zero.`;
  return initializationFinding(evidence, {
    layer: root,
    at: biasInitializerPlace(root),
    message,
    measured: { bias: value },
    others: off.slice(1),
    alike: 'has such biases too.',
    fixes: ['zero-bias'],
  });
}
