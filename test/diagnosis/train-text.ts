import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { diagnose } from '../../src/diagnosis/diagnose';
import type { Finding } from '../../src/diagnosis/finding';
import type { RunHistory } from '../../src/record/run-history';
import { compileModel } from '../../src/frontends/model-file/compile';
import { dataFilesOf } from '../../src/model/data-files';
import type { ModelSpec } from '../../src/model/model-spec';
import { placeText } from '../../src/model/place';
import { parseModelFile } from '../../src/frontends/model-file/parse';
import type { ModelFileLanguage } from '../../src/frontends/model-file/source-document';
import { runToEnd } from '../../src/training/run-in-process';

export const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** Compiles a text that must be without problems. */
export function compileText(text: string, language: ModelFileLanguage = 'yaml'): ModelSpec {
  const { model, problems } = compileModel(parseModelFile(text, language));
  if (model === undefined || problems.length > 0) throw new Error(problems.map(problem => problem.message).join('\n'));
  return model;
}

/** Trains a model, its data file read from the examples, and diagnoses the run. */
export function trainAndDiagnose(model: ModelSpec): {
  readonly history: RunHistory;
  readonly findings: readonly Finding[];
} {
  const files = Object.fromEntries(
    dataFilesOf(model.data).map(({ path }) => [path, readFileSync(`${EXAMPLES}${path}`)]),
  );
  const history = runToEnd(model, { memoryLimitBytes: 2 ** 29, files });
  return { history, findings: diagnose(model, history) };
}

/** A finding in one line, for comparing and for the message of a failed test. */
export function inShort(finding: Finding): string {
  return `${finding.severity} ${finding.rule} ${finding.layer ?? '-'} ${placeText(finding.at)}`;
}
