import { featureAxis } from '../gated-activations';
import type { LayerDraft, Sizes } from '../layer-draft';
import type { LayerSpec, Shape } from '../model-spec';
import { without } from '../without';
import { sizesAlong, windowsOfLayer } from './map-shape';
import { feedForwardOf } from './transformer-block';

/** What resolving has found out around a layer. */
export interface LayerFrame {
  /** Of each input. */
  readonly inputShapes: readonly [Shape, ...Shape[]];
  readonly outputShape: Shape;
  /** Of a residual or a transformer block; empty for every other layer. */
  readonly inner: readonly LayerSpec[];
  readonly shortcut: readonly LayerSpec[];
  /** Different token ids that reach an embedding. */
  readonly tokens: number;
  /** Whether its input has its channels first, see `gives-maps.ts`. */
  readonly maps: boolean;
  /** Of a concatenation, counted with the batch as 0; 0 for every other layer. */
  readonly axis: number;
}

/** The resolved layer, as far as its own draft and what it reads tell. */
export function buildLayer(draft: LayerDraft, frame: LayerFrame): LayerSpec {
  const { inputShapes } = frame;
  const [inputShape] = inputShapes;
  switch (draft.type) {
    case 'conv1d':
    case 'conv2d':
    case 'separable-conv2d': {
      const { extent: kernel, ...windows } = windowsOfLayer(draft, inputShape.slice(1));
      return { ...settled(draft, frame), ...derived(draft.padding === 'same' && 'padding'), kernel, ...windows };
    }
    case 'conv1d-transpose':
    case 'conv2d-transpose': {
      const along = (sizes: Sizes): readonly number[] => sizesAlong(inputShape.length - 1, sizes);
      return {
        ...settled(draft, frame),
        kernel: along(draft.kernel),
        stride: along(draft.stride),
        padding: along(draft.padding),
        outputPadding: along(draft.outputPadding),
        dilation: along(draft.dilation),
      };
    }
    case 'upsample':
      return { ...settled(draft, frame), factor: sizesAlong(inputShape.length - 1, draft.factor) };
    case 'max-pool1d':
    case 'max-pool2d':
    case 'avg-pool1d':
    case 'avg-pool2d': {
      const { extent: size, stride, padding, paddingAfter } = windowsOfLayer(draft, inputShape.slice(1));
      const isSame = draft.padding === 'same';
      return {
        ...settled(draft, frame),
        ...derived(draft.stride === undefined && 'stride', isSame && 'padding'),
        size,
        stride,
        padding,
        paddingAfter,
        countsPadding: !isSame,
      };
    }
    case 'embedding': {
      const open = derived(draft.vocabulary === undefined && 'vocabulary');
      return { ...settled(draft, frame), ...open, vocabulary: draft.vocabulary ?? frame.tokens };
    }
    case 'position-embedding': {
      const { length = inputShape[0], units = inputShape[1] } = draft;
      const open = derived(draft.length === undefined && 'length', draft.units === undefined && 'units');
      return { ...settled(draft, frame), ...open, length, units };
    }
    case 'seq2seq': {
      const forgets = draft.cell === 'lstm';
      return {
        ...settled(draft, frame),
        ...derived(draft.vocabulary === undefined && 'vocabulary', !forgets && 'forgetBias'),
        vocabulary: draft.vocabulary ?? frame.tokens,
        forgetBias: forgets ? draft.forgetBias : 0,
      };
    }
    case 'prelu': {
      const axis = featureAxis(inputShape, inputShape.length > 2 || frame.maps);
      const open = derived(draft.slopes === undefined && 'slopes');
      return { ...settled(draft, frame), ...open, slopes: draft.slopes ?? inputShape[axis], axis };
    }
    case 'transformer-block':
      return {
        ...without(settled(draft, frame), 'epsilon', 'kernelInitializer', 'biasInitializer'),
        ...derived(draft.feedForward === undefined && 'feedForward'),
        activation: 'identity',
        feedForward: feedForwardOf(draft, inputShape[1]),
        layers: frame.inner,
      };
    case 'add':
    case 'multiply':
      return { ...settled(draft, frame), inputShapes };
    case 'concatenate':
      return {
        ...settled(draft, frame),
        ...derived(draft.axis === undefined && 'axis'),
        inputShapes,
        axis: frame.axis,
      };
    case 'residual':
      return { ...settled(draft, frame), layers: frame.inner, shortcut: frame.shortcut };
    default:
      return settled(draft, frame);
  }
}

type Settled<Draft> = Draft extends unknown
  ? Omit<Draft, 'tiedTo' | 'given'> & { readonly inputShape: Shape; readonly outputShape: Shape }
  : never;

/** What a layer of any type has, and its parts. */
function settled<Draft extends LayerDraft>(draft: Draft, { inputShapes, outputShape }: LayerFrame): Settled<Draft> {
  return { ...without(draft, 'tiedTo', 'given'), inputShape: inputShapes[0], outputShape } as unknown as Settled<Draft>;
}

/** `derived` where there is any such part. */
function derived(...parts: readonly (string | false)[]): { readonly derived?: readonly string[] } {
  const open = parts.filter(part => part !== false);
  return open.length > 0 ? { derived: open } : {};
}
