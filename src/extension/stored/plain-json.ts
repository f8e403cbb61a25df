/** Plain data as JSON: numbers that are not finite by their names, long lists of numbers as blocks. */
import type { WireNumber } from '../../protocol/panel-messages';
import { fromWire, toWire } from '../../protocol/wire-number';
import type { Block } from './block-file';

/** Lists from this length on become blocks. */
const LONG_LIST = 16;

/** JSON of `value`, which holds objects, lists, texts, numbers and flags. */
export function packPlain(value: unknown, blocks: Block[]): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) return { $number: toWire(part) };
    if (Array.isArray(part) && part.length >= LONG_LIST && part.every(item => typeof item === 'number'))
      return { $list: blocks.push(Float64Array.from(part)) - 1 };
    return part;
  });
}

/** Unpacks what `packPlain` packed. */
export function unpackPlain(text: string, blocks: readonly Block[]): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part;
    if ('$number' in part) return fromWire(part.$number as WireNumber);
    return '$list' in part ? Array.from(blocks[part.$list as number]) : part;
  });
}
