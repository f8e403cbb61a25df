import { terminalText } from '../text/plain-text';

/** Where a command writes. */
export interface Output {
  /** Writes the requested output. */
  readonly out: (text: string) => void;
  /** Problems and progress. */
  readonly error: (text: string) => void;
  /** Whether somebody watches `error` as it is written. */
  readonly terminal: boolean;
  /** Takes away the line that `error` has begun. */
  readonly clearLine: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/**
 * Standard output and standard error of this process. Names of files are in what is written, and may hold orders to a
 * terminal: it gets none.
 */
export function processOutput(): Output {
  return {
    out: text => process.stdout.write(terminalText(text)),
    error: text => process.stderr.write(terminalText(text)),
    terminal: process.stderr.isTTY,
    clearLine: () => process.stderr.write(CLEAR_LINE),
  };
}
