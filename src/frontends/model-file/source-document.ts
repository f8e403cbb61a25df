/** The text side of a model file: its values with the range of every one, and what is wrong with it. */
import type { TextEdit, TextRange } from '../../text/text-edit';
import type { TextProblem } from '../text-problem';

export type ModelFileLanguage = 'yaml' | 'json';

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
export interface SourceDocument {
  readonly text: string;
  readonly language: ModelFileLanguage;
  /** With our names, whatever library's the text has. */
  readonly root: SourceNode | undefined;
  readonly problems: readonly TextProblem[];
  /** The names of other libraries that `root` has ours for, in the order of the text. */
  readonly foreignNames: readonly ForeignName[];
}

/** Which part of a place to point at: the whole entry, its key alone, or its value alone. */
export type RangePart = 'entry' | 'key' | 'value';
