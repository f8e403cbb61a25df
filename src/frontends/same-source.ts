/** Whether two texts mean the same. */
import { sameModel } from '../model/same-model';
import type { Source } from './frontend';

/** Whether two texts describe one model and training, whatever their comments and layout. A text without a model is only itself. */
export function sameSource(one: Source, other: Source): boolean {
  if (one === other || one.text === other.text) return true;
  return one.model !== undefined && other.model !== undefined && sameModel(one.model, other.model);
}
