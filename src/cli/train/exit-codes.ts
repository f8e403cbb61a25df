import type { Verdict } from '../../diagnosis/verdict';

/** Exit code of each verdict. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { trains: 0, faulty: 1, 'not-learning': 4 };
/** The file or the arguments do not allow a training. */
export const CANNOT_TRAIN = 2;
/** The model trains, but `--fix` could not write the cure that makes it better. */
export const CANNOT_WRITE = 2;
/** A defect of this tool. */
export const DEFECT = 3;
