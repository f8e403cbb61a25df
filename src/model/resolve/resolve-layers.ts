import { featureAxis, isGated } from '../gated-activations';
import { kindOf } from '../layers/layer-kinds';
import { givesMaps } from '../gives-maps';
import type { DraftOfType, LayerDraft } from '../layer-draft';
import { MODEL_INPUT_PATH, type InputSpec, type LayerSpec, type Shape } from '../model-spec';
import { MAX_ELEMENTS } from '../vocabulary/limits';
import { buildLayer, type LayerFrame } from './build-layer';
import { isJoin, joinAxis, joinShape } from './join-shape';
import type { Flow } from './flow';
import { outputShape } from './output-shape';
import type { ProblemLog } from './problem-log';
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
  readonly log: ProblemLog;
  readonly flows: Map<string, Flow>;
  readonly specs: Map<string, LayerSpec>;
}

/** Follows the shape of an example through all layers of a model, along what each of them reads. */
export function resolveLayers(
  log: ProblemLog,
  layers: readonly (LayerDraft | undefined)[],
  input: InputSpec,
): Resolution {
  const flow: Flow =
    input.kind === 'tokens'
      ? { shape: [input.length], tokens: input.vocabulary, from: 'the input' }
      : { shape: input.shape, tokens: undefined, from: 'the input' };
  return resolveList(layers, { log, flows: new Map([[MODEL_INPUT_PATH, flow]]), specs: new Map() });
}

/** `output` is that of the last layer; `undefined` where there is none. */
function resolveList(layers: readonly (LayerDraft | undefined)[], progress: Progress): Resolution {
  const resolved: LayerSpec[] = [];
  for (const layer of layers) {
    const next = layer && resolveLayer(layer, progress);
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

function resolveLayer(draft: LayerDraft, progress: Progress): LayerSpec | undefined {
  const { log } = progress;
  const at = { layer: draft.path };
  const flows = draft.inputs.map(read => progress.flows.get(read));
  if (!flows.every(flow => flow !== undefined)) {
    return undefined;
  }
  const flow = flows[0];
  const shape = isJoin(draft) ? joinShape(draft, flows) : outputShape(draft, flow);
  if (typeof shape === 'string') {
    log.report('shape-mismatch', `${layerText(draft)} ${shape}.`, at);
    return undefined;
  }
  if (elementCount(shape) > MAX_ELEMENTS) {
    const count = elementCount(shape).toLocaleString('en-US');
    const message =
      `${layerText(draft)} returns ${shapeText(shape)}, ${count} numbers per example; at ` +
      `most ${MAX_ELEMENTS.toLocaleString('en-US')} can be trained here.`;
    log.report('limit', message, at);
    return undefined;
  }
  const frame = {
    inputShapes: flows.map(each => each.shape) as [Shape, ...Shape[]],
    tokens: flow.tokens ?? 0,
    maps: flow.maps === true,
    axis: draft.type === 'concatenate' ? joinAxis(draft.axis, flows) : 0,
  };
  if (draft.type === 'residual') {
    return resolveResidual(draft, frame, progress);
  }
  if (draft.type === 'transformer-block') {
    const inner = resolveList(layersOfBlock(draft, shape[1]), progress);
    return (
      inner.output &&
      buildLayer(draft, { ...frame, outputShape: inner.output.shape, inner: inner.layers, shortcut: [] })
    );
  }
  const overTime = kindOf(draft.type)?.overTime;
  if (overTime !== undefined && shape.length === 2 && flow.maps !== true) {
    const message =
      `${layerText(draft)} takes the first axis of ${shapeText(shape)} as its ${overTime}; ` +
      'for a sequence use `layer-norm`.';
    log.warn(`${draft.type}-over-time`, message, at);
  }
  const built = buildLayer(draft, { ...frame, outputShape: shape, inner: [], shortcut: [] });
  const owner = draft.tiedTo && progress.specs.get(draft.tiedTo.path);
  const whole = owner ? tieLayer(log, draft, built, owner) : built;
  return whole && afterActivation(whole, progress);
}

/**
 * The layer with the shape that its activation leaves; `undefined` where the activation cannot part it, which is
 * reported.
 */
function afterActivation(built: LayerSpec, progress: Progress): LayerSpec | undefined {
  if (!isGated(built.activation)) return built;
  const { outputShape: shape } = built;
  const axis = featureAxis(shape, givesMaps(built, mapsIn(progress)));
  if (shape[axis] % 2 === 0) {
    return { ...built, outputShape: shape.map((size, index) => (index === axis ? size / 2 : size)) };
  }
  const message =
    `${layerText(built)} makes ${shapeText(shape)}, and \`${built.activation}\` cannot part ${shape[axis]} features ` +
    `into halves; make them ${shape[axis] + 1}.`;
  progress.log.report('shape-mismatch', message, { layer: built.path });
  return undefined;
}

function resolveResidual(
  draft: DraftOfType<'residual'>,
  frame: Omit<LayerFrame, 'outputShape' | 'inner' | 'shortcut'>,
  progress: Progress,
): LayerSpec | undefined {
  const inner = resolveList(draft.layers, progress);
  const shortcut = resolveList(draft.shortcut, progress);
  const around = draft.shortcut.length === 0 ? frame.inputShapes[0] : shortcut.output?.shape;
  if (!inner.output || !around) {
    return undefined;
  }
  const shapes = { inside: inner.output.shape, around };
  if (!sameShape(shapes.inside, shapes.around)) {
    const way = draft.shortcut.length === 0 ? 'its shortcut passes the input on as' : 'its shortcut returns';
    const hint =
      draft.shortcut.length === 0
        ? `give both one shape, or add \`shortcut: [${projection(shapes.inside, shapes.around)}]\``
        : 'give both one shape';
    const message =
      `${layerText(draft)} cannot add: its layers return ${shapeText(shapes.inside)}, but ` +
      `${way} ${shapeText(shapes.around)}; ${hint}.`;
    progress.log.report('shape-mismatch', message, { layer: draft.path });
    return undefined;
  }
  const built = buildLayer(draft, {
    ...frame,
    outputShape: shapes.inside,
    inner: inner.layers,
    shortcut: shortcut.layers,
  });
  return afterActivation(built, progress);
}

/** The layer that brings the input of a residual to the shape of its layers. */
function projection(inside: Shape, around: Shape): string {
  if (inside.length !== 3 || around.length !== 3) return `{ type: dense, units: ${inside.at(-1)} }`;
  const stride = Math.max(1, Math.round(around[1] / inside[1]));
  return `{ type: conv2d, filters: ${inside[0]}, kernel: 1${stride > 1 ? `, stride: ${stride}` : ''} }`;
}
