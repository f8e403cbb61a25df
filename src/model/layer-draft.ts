/**
 * A model before it is resolved: what its author decides, without what follows from it. A front end drafts what it reads,
 * `applyChanges` what it changes, and `resolve/` makes a `ModelSpec` of either.
 */
import type { DataSpec, InputSpec, LayerSpec, ModelSpec, OptimizerSpec } from './model-spec';

/** A size along each axis, or one for all. */
export type Sizes = number | readonly number[];

/** What resolving finds out about a layer. */
type Resolved =
  | 'inputShape'
  | 'outputShape'
  | 'inputShapes'
  | 'paddingAfter'
  | 'countsPadding'
  | 'tiedTo'
  | 'derived'
  | 'own'
  | 'folded'
  | 'layers'
  | 'shortcut';

/** Parts that are sizes of windows. */
type WindowPart = 'kernel' | 'size' | 'stride' | 'padding' | 'outputPadding' | 'dilation' | 'factor';

/** Parts that follow from others where they are left open, by the type of the layer. */
interface OpenParts {
  readonly embedding: 'vocabulary';
  readonly seq2seq: 'vocabulary';
  readonly 'position-embedding': 'length' | 'units';
  readonly 'transformer-block': 'feedForward';
  readonly concatenate: 'axis';
  readonly prelu: 'axis' | 'slopes';
  readonly 'max-pool1d': 'stride';
  readonly 'max-pool2d': 'stride';
  readonly 'avg-pool1d': 'stride';
  readonly 'avg-pool2d': 'stride';
}
type OpenPart<Type> = Type extends keyof OpenParts ? OpenParts[Type] : never;

/** A window part as an author gives it: `same` pads to as many windows as the stride leaves. */
type Given<Part, Type> = Part extends 'padding' ? (Type extends `${string}-transpose` ? Sizes : Sizes | 'same') : Sizes;

/** Parts of a block that become parts of the layers inside it; each has its default where it is left out. */
interface BlockParts {
  readonly epsilon?: number;
  readonly kernelInitializer?: Extract<LayerSpec, { readonly type: 'dense' }>['kernelInitializer'];
  readonly biasInitializer?: Extract<LayerSpec, { readonly type: 'dense' }>['biasInitializer'];
}

interface Inner {
  /** `undefined` stands for a layer that could not be drafted. */
  readonly layers: readonly (LayerDraft | undefined)[];
  readonly shortcut: readonly (LayerDraft | undefined)[];
}

type DraftOf<Spec extends LayerSpec> = Spec extends LayerSpec
  ? Omit<Spec, Resolved | WindowPart | OpenPart<Spec['type']>> & {
      readonly [Part in keyof Spec & WindowPart as Exclude<Part, OpenPart<Spec['type']>>]: Given<Part, Spec['type']>;
    } & {
      readonly [Part in keyof Spec & OpenPart<Spec['type']>]?:
        (Part extends WindowPart ? Sizes : Spec[Part]) | undefined;
    } & {
      /** The layer that owns its weights, where they are tied. */
      readonly tiedTo?: { readonly path: string };
      /** Parts that the author gave, where a layer with tied weights must not have them. */
      readonly given?: readonly string[];
    } & (Spec['type'] extends 'residual' ? Inner : Spec['type'] extends 'transformer-block' ? BlockParts : object)
  : never;

/** A layer before it is resolved. Every `LayerSpec` is one; `draftOfModel` also takes back what resolving decided. */
export type LayerDraft = DraftOf<LayerSpec>;

/** The draft of a layer of that type. */
export type DraftOfType<Type extends LayerSpec['type']> = Extract<LayerDraft, { readonly type: Type }>;

/** `undefined` where a part follows from others. */
type Open<Whole, Part extends string> = Whole extends unknown
  ? Omit<Whole, Part | 'inferred' | 'derived'> & { readonly [Name in keyof Whole & Part]?: Whole[Name] | undefined }
  : never;

export type DataDraft = Open<DataSpec, 'symbols'>;
export type OptimizerDraft = Open<OptimizerSpec, 'adamwLearningRate'>;

/** All of a model but its input and layers. `undefined` where it follows from the others. */
export interface SettingsDraft extends Omit<
  ModelSpec,
  'input' | 'layers' | 'loss' | 'data' | 'optimizer' | 'batchSize' | 'derived'
> {
  readonly loss: ModelSpec['loss'] | undefined;
  readonly data: DataDraft | undefined;
  readonly optimizer: OptimizerDraft | undefined;
  readonly batchSize: number | undefined;
}

/** A model before it is resolved. */
export interface ModelDraft {
  readonly input: InputSpec;
  readonly layers: readonly (LayerDraft | undefined)[];
  readonly settings: SettingsDraft;
}
