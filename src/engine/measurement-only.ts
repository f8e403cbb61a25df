import { isTensor, type Instruction, type MeasurementGroup } from './instruction';
import { KERNEL_WRITES } from './kernels/kernel-writes';
import type { Storage } from './tensor';

/**
 * Gives instructions whose results only a measurement reads that measurement's group, so that steps that do not take it do not
 * pay for it: the gradient by the input costs a matrix product that training has no use for.
 */
export function groupMeasurementOnly(instructions: readonly Instruction[], kept: ReadonlySet<Storage>): Instruction[] {
  // Who touches a block later in the program: one group's measurements alone, or the computation itself.
  const laterUse = new Map<Storage, MeasurementGroup | 'computation'>();
  const groupOf = (instruction: Instruction): MeasurementGroup | undefined => {
    if (instruction.group || instruction.result) return instruction.group;
    const uses = KERNEL_WRITES[instruction.kernel].map(index => {
      const argument = instruction.args[index];
      if (!argument || !isTensor(argument)) return undefined;
      const { storage } = argument;
      return storage.role !== 'temporary' || kept.has(storage) ? 'computation' : laterUse.get(storage);
    });
    // A block that nobody touches later (scratch) does not count.
    const users = new Set(uses.filter(use => use !== undefined));
    const [user] = users;
    return users.size === 1 && user !== 'computation' ? user : undefined;
  };
  const grouped: Instruction[] = [];
  for (const instruction of instructions.toReversed()) {
    const group = groupOf(instruction);
    for (const argument of instruction.args) {
      if (!isTensor(argument)) continue;
      const use = laterUse.get(argument.storage) ?? group ?? 'computation';
      laterUse.set(argument.storage, use === group ? use : 'computation');
    }
    grouped.push(group ? { ...instruction, group } : instruction);
  }
  return grouped.reverse();
}
