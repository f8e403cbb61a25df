import type { LayerSpec, Shape } from '../model-spec';
import { givesMaps } from '../map-layers';
import { MAX_ELEMENTS } from '../vocabulary/limits';
import { featureAxis, isGated } from '../gated-activations';
import { buildLayer } from './build-layer';
import { report, warn, type Compilation } from './compilation';
import { outputShape, type Flow } from './output-shape';
import { rangeOfLayer, type ReadLayer } from './read-layers';
import { layersOfBlock } from './transformer-block';
import { elementCount, layerText, sameShape, shapeText } from './shape-text';

/** Layers with their shapes, as far as these could be followed; `output` is `undefined` where they could not to the end. */
export interface Resolution {
  readonly layers: readonly LayerSpec[];
  readonly output: Flow | undefined;
}

/** Follows the shape of an example through a list of layers; `prefix` is the path of what encloses them, with its dot. */
export function resolveLayers(
  compilation: Compilation,
  layers: readonly (ReadLayer | undefined)[],
  input: Flow,
  prefix: string,
): Resolution {
  const resolved: LayerSpec[] = [];
  let flow = input;
  for (const layer of layers) {
    const next = layer && resolveLayer(compilation, layer, flow, prefix);
    if (!next) {
      return { layers: resolved, output: undefined };
    }
    resolved.push(next);
    const recurrent = next.type === 'rnn' || next.type === 'lstm' || next.type === 'gru' ? { recurrent: next.path } : {};
    const maps = givesMaps(next, flow.maps === true);
    flow = { shape: next.outputShape, tokens: undefined, from: layerText(next), ...recurrent, maps };
  }
  return { layers: resolved, output: flow };
}

function resolveLayer(compilation: Compilation, layer: ReadLayer, flow: Flow, prefix: string): LayerSpec | undefined {
  const { values, name, source } = layer;
  const path = `${prefix}${name}`;
  const frame = { name, path, source, inputShape: flow.shape, tokens: flow.tokens ?? 0, maps: flow.maps === true };
  const shape = outputShape(values, flow);
  if (typeof shape === 'string') {
    report(compilation, 'shape-mismatch', `${layerText({ path, type: values.type })} ${shape}.`, rangeOfLayer(layer));
    return undefined;
  }
  if (elementCount(shape) > MAX_ELEMENTS) {
    const count = elementCount(shape).toLocaleString('en-US');
    const message = `${layerText({ path, type: values.type })} returns ${shapeText(shape)}, ${count} numbers an example; at ` +
      `most ${MAX_ELEMENTS.toLocaleString('en-US')} can be trained here.`;
    report(compilation, 'limit', message, rangeOfLayer(layer));
    return undefined;
  }
  if (values.type === 'residual') {
    return resolveResidual(compilation, layer, flow, path);
  }
  if (values.type === 'transformer-block') {
    const inner = resolveLayers(compilation, layersOfBlock(layer, values, shape[1]!), flow, `${path}.`);
    return inner.output && buildLayer(values, { ...frame, outputShape: inner.output.shape, inner: inner.layers, shortcut: [] });
  }
  if ((values.type === 'batch-norm' || values.type === 'group-norm') && shape.length === 2 && flow.maps !== true) {
    const message = `${layerText({ path, type: values.type })} takes the first axis of ${shapeText(shape)} as its ` +
      `${values.type === 'batch-norm' ? 'features, so it normalises each time step apart' : 'channels, so it groups time steps'}; ` +
      'for a sequence use `layer-norm`.';
    warn(compilation, `${values.type}-over-time`, message, rangeOfLayer(layer));
  }
  const built = buildLayer(values, { ...frame, outputShape: shape, inner: [], shortcut: [] });
  return afterActivation(compilation, layer, built, flow);
}

/** The layer with the shape that its activation leaves; `undefined` where the activation cannot part it, which is reported. */
function afterActivation(compilation: Compilation, layer: ReadLayer, built: LayerSpec, flow: Flow): LayerSpec | undefined {
  if (!isGated(built.activation)) return built;
  const { outputShape: shape } = built;
  const axis = featureAxis(shape, givesMaps(built, flow.maps === true));
  if (shape[axis]! % 2 === 0) {
    return { ...built, outputShape: shape.map((size, index) => (index === axis ? size / 2 : size)) };
  }
  const message = `${layerText(built)} makes ${shapeText(shape)}, and \`${built.activation}\` cannot part ${shape[axis]} features ` +
    `into halves; make them ${shape[axis]! + 1}.`;
  report(compilation, 'shape-mismatch', message, rangeOfLayer(layer));
  return undefined;
}

function resolveResidual(compilation: Compilation, layer: ReadLayer, flow: Flow, path: string): LayerSpec | undefined {
  const { values, name, source } = layer;
  const inner = resolveLayers(compilation, layer.inner, flow, `${path}.`);
  const shortcut = resolveLayers(compilation, layer.shortcut, flow, `${path}.shortcut.`);
  if (!inner.output || !shortcut.output || layer.inner.length === 0) {
    return undefined;
  }
  const shapes = { inside: inner.output.shape, around: shortcut.output.shape };
  if (!sameShape(shapes.inside, shapes.around)) {
    const way = layer.shortcut.length === 0 ? 'its shortcut passes the input on as' : 'its shortcut returns';
    const hint = layer.shortcut.length === 0
      ? `give both one shape, or add \`shortcut: [${projection(shapes.inside, shapes.around)}]\``
      : 'give both one shape';
    const message = `${layerText({ path, type: 'residual' })} cannot add: its layers return ${shapeText(shapes.inside)}, but ` +
      `${way} ${shapeText(shapes.around)}; ${hint}.`;
    report(compilation, 'shape-mismatch', message, rangeOfLayer(layer));
    return undefined;
  }
  const built = buildLayer(values, {
    name,
    path,
    source,
    inputShape: flow.shape,
    outputShape: shapes.inside,
    inner: inner.layers,
    shortcut: shortcut.layers,
    tokens: 0,
    maps: flow.maps === true,
  });
  return afterActivation(compilation, layer, built, flow);
}

/** The layer that brings the input of a residual to the shape of its layers. */
function projection(inside: Shape, around: Shape): string {
  if (inside.length !== 3 || around.length !== 3) return `{ type: dense, units: ${inside.at(-1)} }`;
  const stride = Math.max(1, Math.round(around[1]! / inside[1]!));
  return `{ type: conv2d, filters: ${inside[0]}, kernel: 1${stride > 1 ? `, stride: ${stride}` : ''} }`;
}
