/**
 * The seam between texts and models: a front end reads a text into a `Source`, which knows the model, and where its places
 * are written.
 */
import type { Change } from '../model/change';
import type { ModelSpec } from '../model/model-spec';
import type { Place } from '../model/place';
import type { TextEdit, TextRange } from '../text/text-edit';
import type { TextProblem } from './text-problem';

/** Input of a front end besides the text. */
export interface ReadingContext {
  /** A path or a name alone, with either slash. */
  readonly fileName: string;
  /** The language id of VS Code, where the text is open in an editor. */
  readonly language?: string;
  /** Rules that a comment of the text may silence; none are known without it, and no such comment is read. */
  readonly rules?: readonly string[];
  /** How many steps the settings allow; what can be trained at all without it. */
  readonly maximumSteps?: number;
}

/** Reads texts of one kind. */
export interface FrontEnd {
  /** Stable name, e.g. `model-file`. */
  readonly id: string;
  /** Whether a file of this name is of its kind; `head` is the start of its text, where the name alone does not tell. */
  reads(fileName: string, head?: string): boolean;
  /** Reads a text. Never throws: what is wrong with the text is among the problems. */
  read(text: string, context: ReadingContext): Source;
}

/** Why a front end cannot write changes into its text. */
export class NotWritable {
  /** @param reason one sentence for the user, with a way on */
  constructor(readonly reason: string) {}
}

/** A text as a front end read it. */
export interface Source {
  /** The `id` of the front end that read it. */
  readonly frontEnd: string;
  readonly context: ReadingContext;
  readonly text: string;
  /** `undefined` exactly where one of the problems is an error. */
  readonly model: ModelSpec | undefined;
  /** In the order of the text. */
  readonly problems: readonly TextProblem[];
  /**
   * The smallest range on one line that points at the place. Where the place is left to its default, what it belongs to;
   * where that is nowhere written either, the first layer.
   */
  rangeOf(place: Place): TextRange;
  /** The whole layer or setting that the place belongs to, over all its lines. */
  extentOf(place: Place): TextRange;
  /** Whether the text says what the place is: not where it is left to its default, also where it says the default. */
  isWritten(place: Place): boolean;
  /** The layer, setting or part at an offset; `undefined` where there is none. */
  placeAt(offset: number): Place | undefined;
  /** Whether a comment of the text silences the rule at the place. */
  isIgnored(rule: string, place: Place): boolean;
  /** The edit that adds such a comment, for the whole text without a place; `undefined` where no comment can mean that alone. */
  ignore(rule: string, place?: Place): TextEdit | undefined;
  /**
   * The edits after which the text says what the changes make of its model; all other text stays. The changes of one list
   * all speak of the model as it is. No edits where the text says so already.
   */
  write(changes: readonly Change[]): readonly TextEdit[] | NotWritable;
}
