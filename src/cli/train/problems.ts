/** Problems of a model file as compilers print them. */
import type { TextProblem } from '../../frontends/text-problem';
import type { Output } from '../output';
import { placeAt, type ModelFile } from './model-file';

/** Prints `file:line:column: severity code: message`, a line per problem. */
export function printProblems(file: ModelFile, problems: readonly TextProblem[], output: Output): void {
  for (const { code, severity, message, range } of problems) {
    output.error(`${placeAt(file, range.start)}: ${severity} ${code}: ${message}\n`);
  }
}
