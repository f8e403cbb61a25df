import type { CaseResult } from './run-case';
import { usedShare } from './comparison';

/** One line of a case: the verdict, and the number that took most of its allowance. */
export function caseLine(result: CaseResult): string {
  const name = result.name.padEnd(40);
  switch (result.status) {
    case 'not-supported':
      return `      ${name} not supported yet: ${result.operators.join(', ')}`;
    case 'broken':
      return `FAIL  ${name} ${result.reason}`;
    default: {
      const { worst } = result;
      const verdict = result.status === 'passed' ? 'pass' : 'FAIL';
      if (!worst) return `${verdict}  ${name} nothing was compared`;
      const step = worst.step < 0 ? 'at the end' : `step ${worst.step}`;
      const place = worst.place === '' ? '' : ` ${worst.place}`;
      const numbers = result.status === 'passed' ? '' : `: ${worst.actual} instead of ${worst.expected}`;
      return (
        `${verdict}  ${name} ${worst.deviation.toExponential(1)} of ${worst.allowance.toExponential(1)} ` +
        `(${(100 * usedShare(worst)).toFixed(1)} %) in ${worst.field}${place}, ${step}${numbers}`
      );
    }
  }
}

/** The summary: `66 passed, 0 failed, 33 not supported`. */
export function summaryLine(results: readonly CaseResult[]): string {
  const count = (...statuses: readonly CaseResult['status'][]): number =>
    results.filter(result => statuses.includes(result.status)).length;
  return `${count('passed')} passed, ${count('failed', 'broken')} failed, ${count('not-supported')} not supported`;
}

/** The operators that are missing, each with the cases that need it. */
export function unsupportedLines(results: readonly CaseResult[]): readonly string[] {
  const cases = new Map<string, string[]>();
  for (const result of results) {
    if (result.status !== 'not-supported') continue;
    for (const operator of result.operators) cases.set(operator, [...(cases.get(operator) ?? []), result.name]);
  }
  return [...cases]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operator, names]) => `  ${operator}: ${names.join(', ')}`);
}
