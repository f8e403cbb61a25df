import type { Choice, Key, Keys } from '../key';
import { FOREIGN_NAMES, type Spellings } from './foreign-names';

/**
 * The same keys with the spellings that are accepted of them, for a table that stands in `noun` (and is of `member`).
 */
export function acceptKeys<Table extends Keys>(keys: Table, noun: string, member?: string): Table {
  const { keys: shared = {}, of: members = {} } = FOREIGN_NAMES[noun] ?? {};
  const own = member === undefined ? undefined : members[member];
  const accepted = Object.entries(keys).map(([name, key]): [string, Key] => {
    const aliases = spellings(own, name) ?? spellings(shared, name);
    return [name, aliases === undefined ? key : { ...key, aliases }];
  });
  return Object.fromEntries(accepted) as unknown as Table;
}

/** The same choices with the spellings that are accepted of them. */
export function acceptChoices<C extends Choice>(choices: readonly C[], noun: string): readonly C[] {
  const names = FOREIGN_NAMES[noun]?.names;
  return choices.map(choice => {
    const aliases = spellings(names, choice.name);
    return aliases === undefined ? choice : { ...choice, aliases };
  });
}

function spellings(of: Spellings | undefined, name: string): readonly string[] | undefined {
  return of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;
}
