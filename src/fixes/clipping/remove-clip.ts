import { changeValues } from '../../frontends/model-file/edit';
import type { FixMaker } from '../fix-context';

/** Takes clipping out: where it never binds it does nothing, where it always binds it is a hidden learning rate. */
export const removeClip: FixMaker = ({ document, model }) =>
  model.clip.type === 'none'
    ? undefined
    : {
        id: 'remove-clip',
        title: 'Do not clip gradients',
        edits: changeValues(document, [{ path: ['clip'], value: undefined }]),
      };
