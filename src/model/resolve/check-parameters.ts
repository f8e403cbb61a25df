import { branchesOf } from '../inner-layers';
import type { InitializerSpec, LayerSpec } from '../model-spec';
import { MAX_PARAMETERS } from '../vocabulary/limits';
import { parameterCount } from './parameter-count';
import type { ProblemLog } from './problem-log';

/** Reports a model of more parameters than can be trained here. */
export function checkParameters(log: ProblemLog, layers: readonly LayerSpec[]): void {
  const counts = layers.map(parameterCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= MAX_PARAMETERS) {
    return;
  }
  const { path } = layers[counts.indexOf(Math.max(...counts))];
  const [has, most] = [total, MAX_PARAMETERS].map(count => `${(count / 1e6).toFixed(0)} million`);
  const message = `The model has ${has} parameters, most of them in \`${path}\`; at most ${most} can be trained here.`;
  log.report('limit', message, { layer: path, part: 'units' });
}

const INITIALIZERS = ['kernelInitializer', 'recurrentInitializer', 'biasInitializer'] as const;

/** `uniform` needs its bounds in order, which no single part can tell. */
export function checkUniform(log: ProblemLog, layers: readonly LayerSpec[]): void {
  for (const layer of layers) {
    const parts: Partial<Record<string, unknown>> = { ...layer };
    for (const part of INITIALIZERS) {
      const initializer = parts[part] as InitializerSpec | undefined;
      // The owner of tied weights is checked by itself.
      if (initializer?.type !== 'uniform' || layer.derived?.includes(part)) continue;
      const { minimum, maximum } = initializer;
      if (minimum >= maximum) {
        const message = `\`maximum\` must be above \`minimum\`, but ${maximum} is not above ${minimum}.`;
        log.report('out-of-range', message, { layer: layer.path, part });
      }
    }
    checkUniform(log, branchesOf(layer).flat());
  }
}
