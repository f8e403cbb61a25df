import type { FixMaker } from '../fix-context';
import { gateRecurrence } from './gated-recurrence';

/**
 * Makes an lstm of every rnn like the responsible one. The cell state of an lstm is carried on by a sum, through which
 * the gradient neither grows nor shrinks while the forget gate is open (Hochreiter and Schmidhuber 1997; Gers et al.
 * 2000).
 */
export const lstmRecurrent: FixMaker = context => gateRecurrence(context, 'lstm-recurrent', 'lstm');
