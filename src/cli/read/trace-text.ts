import type { TraceReport } from './trace-report';

/** Notes and parameters that are listed. */
const LISTED = 20;

/** The report as lines for a terminal. */
export function traceText(report: TraceReport): string {
  const { file, problem, status, parameters = 0, tensors = [], optimizers = [], assumed = [] } = report;
  const lines = [`${file}`];
  if (problem !== undefined) lines.push(`  not read: ${problem}`);
  if (status !== undefined) {
    lines.push(
      `  ${parameters.toLocaleString('en-US')} parameters in ${tensors.length} trainable tensors, ` +
        `${report.leafModules} leaf modules, ${report.operators} operators recorded (${status})`,
    );
  }
  lines.push(...listed(tensors.map(({ name, shape }) => `  ${name} [${shape.join(', ')}]`)));
  lines.push(...optimizers.map(({ name, at, options }) => `  ${name}(${options}) at ${at}`));
  if (assumed.length > 0) lines.push('  assumed:');
  lines.push(
    ...listed(
      assumed.map(
        ({ at, text, count }) =>
          `    ${at === undefined ? '' : `${at} `}${text}${count > 1 ? ` (${count} times)` : ''}`,
      ),
    ),
  );
  return `${lines.join('\n')}\n`;
}

function listed(lines: readonly string[]): readonly string[] {
  return lines.length <= LISTED ? lines : [...lines.slice(0, LISTED), `    … and ${lines.length - LISTED} more`];
}
