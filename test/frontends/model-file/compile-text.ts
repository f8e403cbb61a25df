/** What tests of the compiler share: short model files, and what is told about them. */
import { expect } from 'vitest';
import { compileModel } from '../../../src/frontends/model-file/compile';
import type { ModelSpec } from '../../../src/model/model-spec';
import { parseModelFile } from '../../../src/frontends/model-file/parse';

/** A problem with the text it points at. */
export interface Told {
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** The problems of a file, in its order. */
export function problems(text: string, language: 'yaml' | 'json' = 'yaml'): Told[] {
  return compileModel(parseModelFile(text, language)).problems.map(({ code, range, message, suggestion }) => ({
    code,
    at: text.slice(range.start, range.end),
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  }));
}

/** The model of a file without problems. */
export function model(text: string): ModelSpec {
  const result = compileModel(parseModelFile(text, 'yaml'));
  expect(result.problems).toEqual([]);
  return result.model!;
}

/** A file with these layers (and more) between an input of 4 features and nothing else. */
export const withLayers = (layers: string, rest = '', input = '4'): string =>
  `input: ${input}\nlayers:\n${layers}\n${rest}`;
/** The same with one layer, by its fields. */
export const withLayer = (layer: string, rest = '', input = '4'): string => withLayers(`  - { ${layer} }`, rest, input);
/** The same with one dense layer and these lines after it. */
export const withRest = (rest: string): string => withLayer('type: dense, units: 3', rest);
