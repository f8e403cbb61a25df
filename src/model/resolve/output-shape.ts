import type { DraftOfType, LayerDraft } from '../layer-draft';
import type { Shape } from '../model-spec';
import { permuted, reshaped } from './join-shape';
import { kindOf } from '../layers/layer-kinds';
import type { Flow } from './flow';
import { globalPoolShape, mapShape, transposedShape, upsampledShape } from './map-shape';
import { nearestDivisor } from './nearest-divisor';
import { elementCount, shapeText } from './shape-text';

/** The shape a layer (other than a residual) makes of what reaches it, or why it cannot, as the end of a sentence. */
export function outputShape(draft: LayerDraft, flow: Flow): Shape | string {
  const { shape, tokens } = flow;
  if (draft.type === 'embedding') {
    return embeddingShape(draft.units, draft.vocabulary, flow);
  }
  if (draft.type === 'seq2seq') {
    return seq2seqShape(draft, flow);
  }
  if (tokens !== undefined) {
    const given = `token ids (${tokens} different, ${shape[0]} an example)`;
    return `needs numbers, but gets ${given} from ${flow.from}; put an embedding layer first`;
  }
  const kind = kindOf(draft.type);
  if (kind) return kind.outputShape(draft, flow);
  switch (draft.type) {
    case 'dense':
      return [...shape.slice(0, -1), draft.units];
    case 'conv1d':
    case 'conv2d':
    case 'separable-conv2d':
    case 'max-pool1d':
    case 'max-pool2d':
    case 'avg-pool1d':
    case 'avg-pool2d':
      return mapShape(draft, flow);
    case 'conv1d-transpose':
    case 'conv2d-transpose':
      return transposedShape(draft, flow);
    case 'upsample':
      return upsampledShape(draft.factor, flow);
    case 'global-avg-pool':
    case 'global-max-pool':
      return globalPoolShape(flow);
    case 'rnn':
    case 'lstm':
    case 'gru': {
      const features = draft.units * (draft.bidirectional ? 2 : 1);
      return shape.length === 2
        ? draft.output === 'sequence'
          ? [shape[0], features]
          : [features]
        : needsSequence(flow);
    }
    case 'position-embedding':
      return shape.length === 2 ? positionShape(draft.length, draft.units, flow) : needsSequence(flow);
    case 'attention':
    case 'transformer-block':
      return shape.length === 2 ? attentionShape(draft.heads, flow) : needsSequence(flow);
    case 'last-step':
    case 'mean-over-time':
      return shape.length === 2 ? [shape[1]] : needsSequence(flow);
    case 'flatten':
      return [elementCount(shape)];
    case 'reshape':
      return reshaped(draft.shape, flow);
    case 'permute':
      return permuted(draft.order.slice(1), flow);
    default:
      return shape;
  }
}

function embeddingShape(units: number, vocabulary: number | undefined, { shape, tokens, from }: Flow): Shape | string {
  if (tokens === undefined) {
    return (
      `needs token ids, but gets numbers of shape ${shapeText(shape)} from ${from}; write the input as \`{ tokens: 64, ` +
      `length: 30 }\``
    );
  }
  if (vocabulary !== undefined && vocabulary < tokens) {
    return (
      `has a vocabulary of ${vocabulary}, but ${from} has ${tokens} different tokens; leave \`vocabulary\` out, or make ` +
      `it ${tokens}`
    );
  }
  return [...shape, units];
}

function positionShape(length: number | undefined, units: number | undefined, { shape, from }: Flow): Shape | string {
  const [time, features] = shape as readonly [number, number];
  if (units !== undefined && units !== features) {
    return (
      `adds vectors of ${units} numbers, but gets ${features} features from ${from}; leave \`units\` out, or make it ` +
      `${features}`
    );
  }
  if (length !== undefined && length < time) {
    return (
      `has vectors for ${length} places, but gets ${time} time steps from ${from}; leave \`length\` out, or make it ` +
      `${time} or more`
    );
  }
  return shape;
}

function attentionShape(heads: number, { shape, from }: Flow): Shape | string {
  const features = shape[1];
  if (features % heads === 0) {
    return shape;
  }
  return (
    `cannot divide the ${features} features from ${from} among ${heads} heads; make \`heads\` a divisor of ${features}, ` +
    `such as ${nearestDivisor(features, heads)}`
  );
}

function seq2seqShape(
  { embedding, vocabulary, targetLength: length }: DraftOfType<'seq2seq'>,
  flow: Flow,
): Shape | string {
  const embedded = embeddingShape(embedding, vocabulary, flow);
  if (typeof embedded === 'string') {
    return embedded;
  }
  const time = flow.shape[0];
  if (length >= time) {
    return (
      `leaves no token to the encoder: \`target_length\` is ${length}, but ${flow.from} has ${time} tokens an example; ` +
      `make it less than ${time}`
    );
  }
  return [length, vocabulary ?? flow.tokens!];
}

function needsSequence({ shape, from, recurrent }: Flow): string {
  const input = from === 'the input' ? '; write the input as `[time, features]`' : '';
  const hint = recurrent === undefined ? input : `; give \`${recurrent}\` the key \`output: sequence\``;
  return `needs a sequence of shape [time, features], but gets ${shapeText(shape)} from ${from}${hint}`;
}
