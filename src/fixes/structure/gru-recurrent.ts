import type { FixMaker } from '../fix-context';
import { gateRecurrence } from './gated-recurrence';

/**
 * Makes a gru of every rnn like the responsible one. Its update gate mixes the old state with the new one, so that the
 * gradient goes through undivided while the gate keeps the old (Cho et al. 2014); three quarters of an lstm's weights.
 */
export const gruRecurrent: FixMaker = context => gateRecurrence(context, 'gru-recurrent', 'gru');
