/**
 * Entry of the suite inside an extension host: every `*.test.js` beside it, the report into the file `SUITE_REPORT`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Called by VS Code; rejects when a test failed or none ran. */
export async function run(): Promise<void> {
  const report = process.env.SUITE_REPORT;
  if (!report) throw new Error('SUITE_REPORT names no file for the report.');
  const print = (...values: unknown[]): void => fs.appendFileSync(report, `${format(...values)}\n`);
  // The spec reporter prints through this one function, which mocha lets us replace; its types do not know it.
  Object.assign(Mocha.reporters.Base, { consoleLog: print });
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  for (const file of fs.readdirSync(__dirname))
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  return new Promise((resolve, reject) => {
    const runner = mocha.run(failed => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      print(`${passes} passed, ${failed} failed, ${pending} skipped`);
      if (failed > 0 || passes === 0) reject(new Error(failed > 0 ? `${failed} failed` : 'no test ran'));
      else resolve();
    });
  });
}
