/** Numbers in messages. */
export { formatNumber, formatShare } from '../history/number-text';
