import { reset } from '../../model/change';
import type { FixMaker } from '../fix-context';

/** Takes clipping out: where it never binds it does nothing, where it always binds it is a hidden learning rate. */
export const removeClip: FixMaker = ({ model }) =>
  model.clip.type === 'none'
    ? undefined
    : {
        id: 'remove-clip',
        title: 'Remove gradient clipping',
        changes: [reset({ setting: 'clip' })],
      };
