/** Whether what is to be learned is classes. */
import type { ModelSpec } from '../../model/model-spec';
import { isReconstruction } from '../../model/reconstruction';

/** Tasks whose targets are classes. */
const CLASSES: ReadonlySet<string> = new Set(['blobs', 'circles', 'spirals']);

/** Whether the targets are classes by the task, whatever the loss makes of them. */
export function hasClasses({ data }: ModelSpec): boolean {
  return CLASSES.has(data.type) && !isReconstruction(data);
}

/** Whether a single output is to tell two classes apart. */
export function isYesOrNo(model: ModelSpec): boolean {
  return hasClasses(model) || model.loss.type === 'binary-cross-entropy';
}
