import type { DataSpec } from './model-spec';
import { INPUT_AS_TARGET } from './vocabulary/data';

/** `data` as a model file gives it, or as it is resolved. */
type DataSettings = Pick<DataSpec, 'type'>;

/** The parts of `data` that may say that the target is the input. */
export type ReconstructionPart = 'target' | 'targets' | 'labels';

/** Whether the target is the input itself, as for an autoencoder. */
export function isReconstruction(data: DataSettings): boolean {
  return targetPartOf(data) !== undefined;
}

/** The part that says so; `undefined` where the target is anything else. */
export function targetPartOf(data: DataSettings): ReconstructionPart | undefined {
  if ('target' in data && data.target === INPUT_AS_TARGET) {
    return 'target';
  }
  if ('targets' in data && data.targets === INPUT_AS_TARGET) {
    return 'targets';
  }
  return 'labels' in data && data.labels === INPUT_AS_TARGET ? 'labels' : undefined;
}
