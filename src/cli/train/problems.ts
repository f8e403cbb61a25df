/** Problems of a model file as compilers print them. */
import type { RuleId } from '../../diagnosis/finding';
import type { SpecProblem } from '../../spec/spec-document';
import type { Output } from '../output';
import { placeAt, type ModelFile } from './model-file';

/** Warnings of the text alone that a rule says better once the model has run. */
const SAID_BY: Readonly<Record<string, RuleId>> = { 'double-activation': 'loss-output-mismatch' };

/** Prints `file:line:column: severity code: message`, a line per problem. */
export function printProblems({ path, document }: ModelFile, problems: readonly SpecProblem[], output: Output): void {
  for (const { code, severity, message, range } of problems) {
    output.error(`${placeAt(path, document, range.start)}: ${severity} ${code}: ${message}\n`);
  }
}

/** The problems that no finding says again. */
export function withoutRepeated(problems: readonly SpecProblem[], rules: readonly RuleId[]): readonly SpecProblem[] {
  return problems.filter(({ code }) => !Object.hasOwn(SAID_BY, code) || !rules.includes(SAID_BY[code]));
}
