import { describe, expect, it } from 'vitest';
import { ProgressLine } from '../../src/cli/train/progress';

function lineOn(terminal: boolean): { readonly line: ProgressLine; readonly written: () => string } {
  let text = '';
  const line = new ProgressLine({
    out: () => undefined,
    error: more => void (text += more),
    terminal,
    clearLine: () => void (text += '\r\x1b[K'),
  });
  return { line, written: () => text };
}

describe('ProgressLine', () => {
  it('writes over one line on a terminal and takes it away', () => {
    const { line, written } = lineOn(true);
    line.stage('Measuring.');
    line.update('1 of 9');
    line.end();
    expect(written()).toBe('\r\x1b[KMeasuring.\r\x1b[K1 of 9\r\x1b[K');
  });

  it('writes a line per stage elsewhere, and nothing in between', () => {
    const { line, written } = lineOn(false);
    line.stage('Measuring.');
    line.update('1 of 9');
    line.end();
    expect(written()).toBe('Measuring.\n');
  });
});
