import type { DataSpec, SourcePath } from './model-spec';
import { INPUT_AS_TARGET } from './vocabulary/data';

/** `data` as a model file gives it, or as it is resolved. */
type DataSettings = Pick<DataSpec, 'type'>;

/** Whether the target is the input itself, as for an autoencoder. */
export function isReconstruction(data: DataSettings): boolean {
  return targetKeyOf(data) !== undefined;
}

/** The key that says so; `undefined` where the target is anything else. */
export function targetKeyOf(data: DataSettings): SourcePath | undefined {
  if ('target' in data && data.target === INPUT_AS_TARGET) {
    return ['data', 'target'];
  }
  if ('targets' in data && data.targets === INPUT_AS_TARGET) {
    return ['data', 'targets'];
  }
  return 'labels' in data && data.labels === INPUT_AS_TARGET ? ['data', 'labels'] : undefined;
}
