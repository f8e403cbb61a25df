/** How the layers of one type become operators of the engine. */
import type { Graph } from '../../engine/graph';
import type { ActivationName } from '../../engine/operators/activation';
import { weightNorm } from '../../engine/operators/weight-norm';
import type { IdTensor, Tensor } from '../../engine/tensor';
import { isGated } from '../../model/gated-activations';
import { parameterName } from '../../model/layer-parameters';
import type { SpecOfType } from '../../model/layers/layer-kind';
import type { ParameterSpec } from '../../model/layers/parameter-spec';
import type { LayerSpec, LayerType } from '../../model/model-spec';

/** Parameters of a layer by their names after its path. */
export type MadeParameters = Readonly<Record<string, Tensor>>;

/** What is at hand where a layer is built. */
export interface Building {
  readonly graph: Graph;
  /** The first input. @throws Error where it is token ids */
  numbers(): Tensor;
  /** The first input. @throws Error where it is numbers */
  ids(): IdTensor;
  /** Every input. */
  joined(): readonly Tensor[];
  /** The parameters of the layer, without that of its activation. */
  parameters(): MadeParameters;
  /** Adds layers inside this one. */
  add(layers: readonly LayerSpec[]): void;
  /** The output of an earlier layer. */
  outputOf(path: string): Tensor;
}

/** Adds the operators of a layer, without its activation unless the table says otherwise; returns its output. */
export type LayerBuilder<Type extends LayerType> = (building: Building, layer: SpecOfType<Type>) => Tensor;

/**
 * The activation where it is a function of each element (or softmax), which dense layers and convolutions compute in
 * one go; else the identity.
 */
export function fusedActivation({ activation: name }: LayerSpec): ActivationName {
  return name === 'prelu' || isGated(name) ? 'identity' : name;
}

/** These parameters of the layer: its own ones, new, and those that another layer has made for both. */
export function makeParameters(graph: Graph, layer: LayerSpec, parameters: readonly ParameterSpec[]): MadeParameters {
  const made: Record<string, Tensor> = {};
  for (const spec of parameters) {
    const name = parameterName(layer, spec);
    const shared = name === `${layer.path}.${spec.name}` ? undefined : graph.parameters.get(name);
    made[spec.name] =
      shared ??
      graph.parameter(name, spec.shape, {
        trainable: layer.trainable,
        rateMultiplier: layer.learningRateMultiplier,
      });
  }
  return made;
}

/** The weight, or what weight normalization makes of its parameters. */
export function weightOf(graph: Graph, made: MadeParameters): Tensor {
  return made.weight ?? weightNorm(graph, made.weight_v, made.weight_g);
}
