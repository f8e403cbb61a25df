/** The places of an earlier text in one that has no model, as while a word of it is being typed. */
import type { Place } from '../model/place';
import type { TextRange } from '../text/text-edit';
import { NotWritable, type Source } from './frontend';

/**
 * `now` itself where it has a model; or else with the model and the places of `last`, moved by the one replacement that
 * turns its text into this one.
 */
export function withPlacesOf(last: Source | undefined, now: Source): Source {
  return now.model !== undefined || last === undefined ? now : new MovedSource(last, now);
}

class MovedSource implements Source {
  readonly frontEnd: string;
  readonly context: Source['context'];
  readonly text: string;
  readonly model: Source['model'];
  readonly problems: Source['problems'];
  /** Lengths that both texts have in common at their start and at their end. */
  private readonly prefix: number;
  private readonly suffix: number;

  constructor(
    private readonly last: Source,
    now: Source,
  ) {
    this.frontEnd = now.frontEnd;
    this.context = now.context;
    this.text = now.text;
    this.model = last.model;
    this.problems = now.problems;
    this.prefix = commonPrefix(last.text, now.text);
    this.suffix = commonSuffix(last.text, now.text, this.prefix);
  }

  rangeOf(place: Place): TextRange {
    const { start, end } = this.moved(this.last.rangeOf(place));
    const lineEnd = this.text.indexOf('\n', start);
    return { start, end: lineEnd < 0 ? end : Math.min(end, lineEnd) };
  }

  extentOf(place: Place): TextRange {
    return this.moved(this.last.extentOf(place));
  }

  isWritten(place: Place): boolean {
    return this.last.isWritten(place);
  }

  placeAt(offset: number): Place | undefined {
    const behind = offset - this.text.length + this.last.text.length;
    if (offset <= this.prefix) return this.last.placeAt(offset);
    return offset >= this.text.length - this.suffix ? this.last.placeAt(behind) : undefined;
  }

  isIgnored(rule: string, place: Place): boolean {
    return this.last.isIgnored(rule, place);
  }

  ignore(): undefined {
    return undefined;
  }

  write(): NotWritable {
    return new NotWritable('The text has errors, so changes cannot be written: correct them first.');
  }

  private moved({ start, end }: TextRange): TextRange {
    const grown = this.text.length - this.last.text.length;
    const replacedEnd = this.last.text.length - this.suffix;
    const movedStart = start <= this.prefix ? start : start < replacedEnd ? this.prefix : start + grown;
    const movedEnd = end <= this.prefix ? end : Math.max(end, replacedEnd) + grown;
    return { start: movedStart, end: movedEnd };
  }
}

function commonPrefix(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let length = 0;
  while (length < shorter && one[length] === other[length]) length++;
  return length;
}

/** Length of the common suffix behind a common prefix. */
function commonSuffix(one: string, other: string, prefix: number): number {
  const shorter = Math.min(one.length, other.length) - prefix;
  let length = 0;
  while (length < shorter && one[one.length - 1 - length] === other[other.length - 1 - length]) length++;
  return length;
}
