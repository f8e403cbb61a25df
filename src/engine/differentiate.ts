/**
 * Reverse-mode differentiation as a graph transformation: walks the nodes backwards once, when the network is built,
 * and lets every node's rule append the kernel calls of its backward pass. A training step then only replays them.
 */
import type { Gradients, Graph } from './graph';
import type { ObservedLayer } from './observed';
import type { Tensor } from './tensor';

class SummedGradients implements Gradients {
  private readonly byTensor = new Map<Tensor, Tensor>();
  /** Sums that only `addPart` writes to. */
  private readonly partsByTensor = new Map<Tensor, Tensor>();
  private readonly measuredByTensor = new Map<Tensor, Tensor>();

  constructor(private readonly graph: Graph) {}

  of(x: Tensor): Tensor | undefined {
    const parts = this.partsByTensor.get(x);
    if (parts) {
      this.partsByTensor.delete(x);
      this.add(x, parts);
    }
    return this.byTensor.get(x);
  }

  add(x: Tensor, dx: Tensor): void {
    if (x.needsGradient) this.byTensor.set(x, this.sum(this.byTensor.get(x), dx));
  }

  addPart(x: Tensor, emitAdd: (sum: Tensor) => void): void {
    if (!x.needsGradient) return;
    let sum = this.partsByTensor.get(x);
    if (!sum) {
      sum = this.graph.tensor(x.shape);
      this.graph.emit('fill', sum, 0);
      this.partsByTensor.set(x, sum);
    }
    emitAdd(sum);
  }

  addMeasured(x: Tensor, dx: Tensor): void {
    this.measuredByTensor.set(x, this.sum(this.measuredByTensor.get(x), dx));
  }

  /** The whole gradient by `x` so far, to be measured; `undefined` where nothing of the loss has reached it. */
  measured(x: Tensor): Tensor | undefined {
    const [gradient, besides] = [this.of(x), this.measuredByTensor.get(x)];
    return besides ? this.sum(gradient, besides) : gradient;
  }

  private sum(before: Tensor | undefined, dx: Tensor): Tensor {
    if (!before) return dx;
    const sum = this.graph.tensor(dx.shape);
    this.graph.emit('add', before, dx, sum);
    return sum;
  }
}

/**
 * Appends the backward pass of `graph.loss` to the graph's instructions, with the measurement of every observed layer's
 * gradient as soon as it is complete. Returns each trainable parameter's gradient in a block of its own that lives to
 * the end of the step, in the order of `graph.parameters`. Throws when the graph has no loss.
 */
export function differentiate(graph: Graph): Map<string, Tensor> {
  if (!graph.loss) throw new Error('A graph without a loss cannot be differentiated.');
  const gradients = new SummedGradients(graph);
  graph.loss.backward(gradients);

  const layersByOutput = new Map<Tensor, ObservedLayer[]>();
  for (const layer of graph.layers)
    layersByOutput.set(layer.output, [...(layersByOutput.get(layer.output) ?? []), layer]);
  const measureGradientOf = (tensor: Tensor): void => {
    const layers = layersByOutput.get(tensor);
    const gradient = layers && gradients.measured(tensor);
    if (!gradient) return;
    for (const layer of layers) {
      graph.emitMeasurement('output-gradients', layer.gradientNorm, 'norm', gradient);
    }
  };
  for (const node of graph.nodes.toReversed()) {
    graph.within(node.scope, () => {
      // Every use of the output stands later in the list, so its gradient is complete here.
      measureGradientOf(node.output);
      const dy = gradients.of(node.output);
      if (dy && node.output.needsGradient) node.backward(dy, gradients);
    });
  }
  const input = graph.inputs.get('input');
  const inputGradient = input?.kind === 'number' ? gradients.of(input) : undefined;
  if (inputGradient) graph.emitMeasurement('input-gradient', graph.inputGradientNorm, 'norm', inputGradient);
  return parameterGradients(graph, gradients);
}

function parameterGradients(graph: Graph, gradients: Gradients): Map<string, Tensor> {
  const result = new Map<string, Tensor>();
  for (const [name, parameter] of graph.parameters) {
    if (!parameter.needsGradient) continue;
    graph.within(parameter.storage.scope, () => {
      let gradient = gradients.of(parameter);
      if (!gradient || graph.kept.has(gradient.storage)) {
        // Clipping and penalties change a gradient in place, so no two parameters may share one.
        const own = graph.tensor(parameter.shape);
        if (gradient) graph.emit('copy', gradient, own);
        else graph.emit('fill', own, 0);
        gradient = own;
      }
      graph.kept.add(gradient.storage);
      result.set(name, gradient);
    });
  }
  return result;
}
