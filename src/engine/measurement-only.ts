import type { Graph } from './graph';
import { isTensor, type Instruction, type MeasurementGroup } from './instruction';
import { KERNEL_WRITES } from './kernels/kernel-writes';
import type { Storage } from './tensor';

/**
 * Of the parts of a program, one after another: leaves out instructions whose results nobody reads, such as the
 * gradient by weights that are not trained, and gives those whose results only a measurement reads that measurement's
 * group, so that steps that do not take it do not pay for it: the gradient by the input costs a matrix product that
 * training has no use for.
 */
export function groupMeasurementOnly(
  parts: readonly (readonly Instruction[])[],
  kept: ReadonlySet<Storage>,
): Instruction[][] {
  const laterUses: LaterUses = new Map();
  const grouped = (part: readonly Instruction[]): Instruction[] => {
    const result: Instruction[] = [];
    for (let index = part.length - 1; index >= 0; index--) {
      const instruction = part[index];
      const user =
        instruction.group ?? (instruction.result ? 'computation' : userOfWrites(instruction, kept, laterUses));
      if (user === undefined) continue;
      for (const argument of instruction.args) {
        if (!isTensor(argument)) continue;
        const before = laterUses.get(argument.storage);
        const use = before === undefined || before === user ? user : 'computation';
        if (use !== before) laterUses.set(argument.storage, use);
      }
      result.push(user === 'computation' || user === instruction.group ? instruction : { ...instruction, group: user });
    }
    return result.reverse();
  };
  return parts.toReversed().map(grouped).reverse();
}

/**
 * The program of an evaluation, which nobody asks for measurements of its layers: without these and what only they
 * read.
 */
export function withoutMeasurements({ instructions, kept }: Graph): Instruction[] {
  return groupMeasurementOnly([instructions.filter(instruction => !instruction.group)], kept)[0];
}

/** Who touches a block later in the program: one group's measurements alone, or the computation itself. */
type User = MeasurementGroup | 'computation';
type LaterUses = Map<Storage, User>;

/** Who reads what an instruction writes; a block that nobody touches later (scratch) does not count. */
function userOfWrites(
  { kernel, args }: Instruction,
  kept: ReadonlySet<Storage>,
  laterUses: LaterUses,
): User | undefined {
  let user: User | undefined;
  for (const index of KERNEL_WRITES[kernel]) {
    const argument = args[index];
    if (!argument || !isTensor(argument)) continue;
    const { storage } = argument;
    const use = storage.role !== 'temporary' || kept.has(storage) ? 'computation' : laterUses.get(storage);
    if (use === undefined) continue;
    if (use === 'computation' || (user && user !== use)) return 'computation';
    user = use;
  }
  return user;
}
