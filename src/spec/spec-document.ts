/** The text side of a model file: its values with the range of every one, and what is wrong with it. */
import type { SourcePath } from './model-spec';

/** UTF-16 offsets into the text, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Replace `range` by `text`. The edits of one list never overlap and all speak of the same, unedited text. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

export type SpecLanguage = 'yaml' | 'json';

/** Something that keeps a model file from being trained (`error`) or that its author should know (`warning`). */
export interface SpecProblem {
  /** Stable id, e.g. `unknown-key`, `wrong-type`, `shape-mismatch`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong and a way on. */
  readonly message: string;
  readonly range: TextRange;
  /** The nearest known name, where the problem is an unknown one: an editor offers it as a quick fix for `range`. */
  readonly suggestion?: string;
  /** A change of the text that mends the problem, where more than its range has to change. */
  readonly remedy?: Remedy;
}

/** A titled change of the text. */
export interface Remedy {
  readonly title: string;
  /** Set where it takes away what has no meaning here, so that it may be made together with all others. */
  readonly isRemoval?: true;
  readonly edits: readonly TextEdit[];
}

/** A value of the file with its place. An alias is shown as the node it stands for, with the alias's own `range`. */
export type SourceNode =
  | {
      readonly kind: 'mapping';
      readonly range: TextRange;
      readonly flow: boolean;
      readonly entries: readonly SourceEntry[];
    }
  | {
      readonly kind: 'sequence';
      readonly range: TextRange;
      readonly flow: boolean;
      readonly items: readonly SourceNode[];
    }
  | {
      readonly kind: 'scalar';
      readonly range: TextRange;
      readonly value: string | number | boolean | null;
      /** The name of another library that the text has in place of `value`. */
      readonly written?: string;
    };

export interface SourceEntry {
  readonly key: string;
  /** The name of another library that the text has in place of `key`. */
  readonly written?: string;
  /** Set where the text has another value in place of `value` too. */
  readonly translated?: true;
  readonly keyRange: TextRange;
  readonly value: SourceNode;
  /** Set where a merge key (`<<`) brings the entry in: its ranges are where it is written. */
  readonly merged?: true;
}

/** A name of PyTorch or Keras that the file has in place of ours. */
export interface ForeignName {
  readonly range: TextRange;
  readonly written: string;
  readonly own: string;
  /** Write ours in its place, and its value as we write it. */
  readonly edits: readonly TextEdit[];
}

/** A parsed model file. Parsing never throws: what went wrong is in `problems`, and `root` is what could be read. */
export interface SpecDocument {
  readonly text: string;
  readonly language: SpecLanguage;
  /** With our names, whatever library's the text has. */
  readonly root: SourceNode | undefined;
  readonly problems: readonly SpecProblem[];
  /** The names of other libraries that `root` has ours for, in the order of the text. */
  readonly foreignNames: readonly ForeignName[];
}

/** Which part of a place to point at: the whole entry, its key alone, or its value alone. */
export type RangePart = 'entry' | 'key' | 'value';
export type RangeAt = (document: SpecDocument, path: SourcePath, part?: RangePart) => TextRange | undefined;
