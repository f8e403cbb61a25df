import { MODEL_INPUT_PATH, type LayerSpec, type Shape } from '../../../model/model-spec';
import { featureAxis, isGated } from '../../../model/gated-activations';
import { givesMaps } from '../../../model/gives-maps';
import { MAX_ELEMENTS } from '../../../model/vocabulary/limits';
import { buildLayer, type LayerFrame } from './build-layer';
import { report, warn, type Compilation } from './compilation';
import { isJoin, joinAxis, joinShape } from './join-shape';
import { chainReferences, type References } from './layer-references';
import { outputShape, type Flow } from './output-shape';
import { rangeOfLayer, type ReadLayer } from './read-layers';
import { layersOfBlock } from './transformer-block';
import { elementCount, layerText, sameShape, shapeText } from './shape-text';
import { tieLayer } from './tie-layer';

/**
 * Layers with their shapes, as far as these could be followed; `output` is `undefined` where they could not to the end.
 */
export interface Resolution {
  readonly layers: readonly LayerSpec[];
  readonly output: Flow | undefined;
}

/** What is known of the layers that have been followed, by path. */
interface Progress {
  readonly references: References;
  readonly flows: Map<string, Flow>;
  readonly specs: Map<string, LayerSpec>;
}

/** Follows the shape of an example through all layers of a model, along what each of them reads. */
export function resolveModel(
  compilation: Compilation,
  layers: readonly (ReadLayer | undefined)[],
  input: Flow,
  references: References,
): Resolution {
  const progress: Progress = { references, flows: new Map([[MODEL_INPUT_PATH, input]]), specs: new Map() };
  return resolveLayers(compilation, layers, progress);
}

/** `output` is that of the last layer; `undefined` where there is none. */
function resolveLayers(
  compilation: Compilation,
  layers: readonly (ReadLayer | undefined)[],
  progress: Progress,
): Resolution {
  const resolved: LayerSpec[] = [];
  for (const layer of layers) {
    const next = layer && resolveLayer(compilation, layer, progress);
    if (!next) {
      return { layers: resolved, output: undefined };
    }
    resolved.push(next);
    progress.specs.set(next.path, next);
    const recurrent =
      next.type === 'rnn' || next.type === 'lstm' || next.type === 'gru' ? { recurrent: next.path } : {};
    const maps = givesMaps(next, mapsIn(progress));
    progress.flows.set(next.path, {
      shape: next.outputShape,
      tokens: undefined,
      from: layerText(next),
      ...recurrent,
      maps,
    });
  }
  const last = resolved.at(-1);
  return { layers: resolved, output: last && progress.flows.get(last.path) };
}

/** Which layers are known to have their channels first. */
function mapsIn({ flows }: Progress): (path: string) => boolean {
  return path => flows.get(path)?.maps === true;
}

function resolveLayer(compilation: Compilation, layer: ReadLayer, progress: Progress): LayerSpec | undefined {
  const { values, name, path, source } = layer;
  const inputs = progress.references.inputs.get(layer);
  const flows = inputs?.map(read => progress.flows.get(read));
  if (!inputs || !flows?.every(flow => flow !== undefined)) {
    return undefined;
  }
  const flow = flows[0];
  const shape = isJoin(values) ? joinShape(values, flows) : outputShape(values, flow);
  if (typeof shape === 'string') {
    report(compilation, 'shape-mismatch', `${layerText({ path, type: values.type })} ${shape}.`, rangeOfLayer(layer));
    return undefined;
  }
  if (elementCount(shape) > MAX_ELEMENTS) {
    const count = elementCount(shape).toLocaleString('en-US');
    const message =
      `${layerText({ path, type: values.type })} returns ${shapeText(shape)}, ${count} numbers an example; at ` +
      `most ${MAX_ELEMENTS.toLocaleString('en-US')} can be trained here.`;
    report(compilation, 'limit', message, rangeOfLayer(layer));
    return undefined;
  }
  const frame = {
    name,
    path,
    source,
    inputs,
    inputShapes: flows.map(each => each.shape) as [Shape, ...Shape[]],
    tokens: flow.tokens ?? 0,
    maps: flow.maps === true,
    axis: values.type === 'concatenate' ? joinAxis(values.axis, flows) : 0,
  };
  if (values.type === 'residual') {
    return resolveResidual(compilation, layer, frame, progress);
  }
  if (values.type === 'transformer-block') {
    const block = layersOfBlock(layer, values, shape[1]);
    const inner = resolveLayers(compilation, block, { ...progress, references: chainReferences(block, inputs) });
    return (
      inner.output &&
      buildLayer(values, { ...frame, outputShape: inner.output.shape, inner: inner.layers, shortcut: [] })
    );
  }
  if ((values.type === 'batch-norm' || values.type === 'group-norm') && shape.length === 2 && flow.maps !== true) {
    const message =
      `${layerText({ path, type: values.type })} takes the first axis of ${shapeText(shape)} as its ` +
      `${values.type === 'batch-norm' ? 'features, so it normalises each time step apart' : 'channels, so it groups time steps'}; ` +
      'for a sequence use `layer-norm`.';
    warn(compilation, `${values.type}-over-time`, message, rangeOfLayer(layer));
  }
  const built = buildLayer(values, { ...frame, outputShape: shape, inner: [], shortcut: [] });
  const owner = progress.references.owners.get(layer);
  const owning = owner === undefined ? undefined : progress.specs.get(owner);
  const whole = owning ? tieLayer(compilation, layer, built, owning) : built;
  return whole && afterActivation(compilation, layer, whole, progress);
}

/**
 * The layer with the shape that its activation leaves; `undefined` where the activation cannot part it, which is
 * reported.
 */
function afterActivation(
  compilation: Compilation,
  layer: ReadLayer,
  built: LayerSpec,
  progress: Progress,
): LayerSpec | undefined {
  if (!isGated(built.activation)) return built;
  const { outputShape: shape } = built;
  const axis = featureAxis(shape, givesMaps(built, mapsIn(progress)));
  if (shape[axis] % 2 === 0) {
    return { ...built, outputShape: shape.map((size, index) => (index === axis ? size / 2 : size)) };
  }
  const message =
    `${layerText(built)} makes ${shapeText(shape)}, and \`${built.activation}\` cannot part ${shape[axis]} features ` +
    `into halves; make them ${shape[axis] + 1}.`;
  report(compilation, 'shape-mismatch', message, rangeOfLayer(layer));
  return undefined;
}

function resolveResidual(
  compilation: Compilation,
  layer: ReadLayer,
  frame: Omit<LayerFrame, 'outputShape' | 'inner' | 'shortcut'>,
  progress: Progress,
): LayerSpec | undefined {
  const { values, path } = layer;
  const inner = resolveLayers(compilation, layer.inner, progress);
  const shortcut = resolveLayers(compilation, layer.shortcut, progress);
  const around = layer.shortcut.length === 0 ? frame.inputShapes[0] : shortcut.output?.shape;
  if (!inner.output || !around) {
    return undefined;
  }
  const shapes = { inside: inner.output.shape, around };
  if (!sameShape(shapes.inside, shapes.around)) {
    const way = layer.shortcut.length === 0 ? 'its shortcut passes the input on as' : 'its shortcut returns';
    const hint =
      layer.shortcut.length === 0
        ? `give both one shape, or add \`shortcut: [${projection(shapes.inside, shapes.around)}]\``
        : 'give both one shape';
    const message =
      `${layerText({ path, type: 'residual' })} cannot add: its layers return ${shapeText(shapes.inside)}, but ` +
      `${way} ${shapeText(shapes.around)}; ${hint}.`;
    report(compilation, 'shape-mismatch', message, rangeOfLayer(layer));
    return undefined;
  }
  const built = buildLayer(values, {
    ...frame,
    outputShape: shapes.inside,
    inner: inner.layers,
    shortcut: shortcut.layers,
  });
  return afterActivation(compilation, layer, built, progress);
}

/** The layer that brings the input of a residual to the shape of its layers. */
function projection(inside: Shape, around: Shape): string {
  if (inside.length !== 3 || around.length !== 3) return `{ type: dense, units: ${inside.at(-1)} }`;
  const stride = Math.max(1, Math.round(around[1] / inside[1]));
  return `{ type: conv2d, filters: ${inside[0]}, kernel: 1${stride > 1 ? `, stride: ${stride}` : ''} }`;
}
