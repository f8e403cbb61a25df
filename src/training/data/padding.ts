/** The token of padding, which fills up sentences and which no loss counts as an answer. */
export const PADDING = 0;
