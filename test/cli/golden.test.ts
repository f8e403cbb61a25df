import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runGolden } from '../../src/cli/golden/run-golden';
import { FOLDER } from '../golden/cases';

const COPIES = mkdtempSync(path.join(tmpdir(), 'gradient-health-'));
afterAll(() => rmSync(COPIES, { recursive: true }));

function golden(...args: readonly string[]): { readonly code: number; readonly out: string; readonly error: string } {
  let [out, error] = ['', ''];
  const code = runGolden(args, {
    out: text => void (out += text),
    error: text => void (error += text),
    terminal: false,
    clearLine: () => undefined,
  });
  return { code, out, error };
}

/** A copy of a case with a change to what it says was measured. */
function changedCase(name: string, change: (text: string) => string): void {
  copyFileSync(path.join(FOLDER, 'dense-relu-sgd.safetensors'), path.join(COPIES, `${name}.safetensors`));
  writeFileSync(
    path.join(COPIES, `${name}.json`),
    change(readFileSync(path.join(FOLDER, 'dense-relu-sgd.json'), 'utf8')),
  );
}

describe('golden', () => {
  it('prints a line a case and a summary for each precision', () => {
    changedCase('same', text => text);
    changedCase('later', text => text.replace('"type": "dense"', '"type": "capsule"'));
    const { code, out } = golden('--cases', COPIES, 'same', 'later');
    expect(code).toBe(0);
    expect(out.match(/^pass {2}same .* of .* in .*(step \d+|at the end)$/gm)).toHaveLength(2);
    expect(out).toContain('capsule: later');
    expect(out.match(/^1 passed, 0 failed, 1 not supported$/gm)).toHaveLength(2);
  });

  it('finds a single number that is off by more than its allowance', () => {
    const off = (_: string, before: string, loss: string): string => `${before}${Number(loss) * 1.0001}`;
    changedCase('off', text => text.replace(/("step": 3, "loss": )([\d.]+)/, off));
    const { code, out } = golden('--cases', COPIES, 'off', '--precision', 'float32');
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}off .* in loss, step 3: [\d.]+ instead of [\d.]+$/m);
    expect(out).toContain('0 passed, 1 failed, 0 not supported');
  });

  it('fails a case that records what is not compared, or lacks its tensors, and runs the others', () => {
    changedCase('more', text => text.replaceAll('"output_std"', '"output_kurtosis"'));
    changedCase('good', text => text);
    writeFileSync(path.join(COPIES, 'half.json'), '{}');
    const { code, out } = golden('--cases', COPIES, 'more', 'half', 'good', '--precision', 'float64');
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}more .*"output_kurtosis"/m);
    expect(out).toMatch(/^FAIL {2}half .*half\.safetensors/m);
    expect(out).toContain('1 passed, 2 failed, 0 not supported');
  });

  it.each([
    [[], '--cases DIR is missing'],
    [['--cases', FOLDER, 'none'], 'no case none'],
    [['--cases', FOLDER, '--precision', 'float16'], 'not float16'],
    [['--cases', path.join(FOLDER, 'none')], 'ENOENT'],
    [['--cases', 'src'], 'no golden cases'],
  ])('refuses the arguments %j', (args, message) => {
    const { code, error } = golden(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
