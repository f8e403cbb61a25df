/** Numbers in messages. */
export { formatNumber, formatShare } from '../record/number-text';
