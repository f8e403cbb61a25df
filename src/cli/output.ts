/** Where a command writes. */
export interface Output {
  /** What was asked for. */
  readonly out: (text: string) => void;
  /** Problems and progress. */
  readonly error: (text: string) => void;
  /** Whether somebody watches `error` as it is written. */
  readonly terminal: boolean;
}

/** Standard output and standard error of this process. */
export function processOutput(): Output {
  return {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY,
  };
}
