import { isTensor, type Instruction, type MeasurementGroup } from './instruction';
import { KERNEL_WRITES } from './kernels/kernel-writes';
import type { Storage } from './tensor';

/**
 * Of the parts of a program, one after another: leaves out instructions whose results nobody reads, such as the gradient by weights
 * that are not trained, and gives those whose results only a measurement reads that measurement's group, so that steps that do not
 * take it do not pay for it: the gradient by the input costs a matrix product that training has no use for.
 */
export function groupMeasurementOnly(parts: readonly (readonly Instruction[])[], kept: ReadonlySet<Storage>): Instruction[][] {
  // Who touches a block later in the program: one group's measurements alone, or the computation itself.
  const laterUse = new Map<Storage, MeasurementGroup | 'computation'>();
  const userOf = (instruction: Instruction): MeasurementGroup | 'computation' | undefined => {
    if (instruction.group || instruction.result) return instruction.group ?? 'computation';
    const uses = KERNEL_WRITES[instruction.kernel].map(index => {
      const argument = instruction.args[index];
      if (!argument || !isTensor(argument)) return undefined;
      const { storage } = argument;
      return storage.role !== 'temporary' || kept.has(storage) ? 'computation' : laterUse.get(storage);
    });
    // A block that nobody touches later (scratch) does not count.
    const users = new Set(uses.filter(use => use !== undefined));
    const [user] = users;
    return users.size > 1 ? 'computation' : user;
  };
  const grouped = (instruction: Instruction): readonly Instruction[] => {
    const user = userOf(instruction);
    if (user === undefined) return [];
    const group = user === 'computation' ? undefined : user;
    for (const argument of instruction.args) {
      if (!isTensor(argument)) continue;
      const use = laterUse.get(argument.storage) ?? group ?? 'computation';
      laterUse.set(argument.storage, use === group ? use : 'computation');
    }
    return [group ? { ...instruction, group } : instruction];
  };
  return parts.toReversed().map(part => part.toReversed().flatMap(grouped).reverse()).reverse();
}
