import { otherFormat, refusePython } from './foreign/other-formats';
import { translateNames } from './foreign/translate-names';
import type { SourceDocument, ModelFileLanguage } from './source-document';
import { readJson } from './parse/json-reader';
import { MAX_TEXT_LENGTH } from './parse/parse-limits';
import { firstLine, refuse, refuseLength, type Reading } from './parse/reading';
import { readYaml } from './parse/yaml-reader';

const READERS: Readonly<Record<ModelFileLanguage, (text: string) => Reading>> = { yaml: readYaml, json: readJson };

/**
 * Reads a model file into its values with the range of every one. Names of PyTorch and Keras come out as ours. Never
 * throws: what is wrong is in `problems`, in the order of the text, and `root` is what could be read.
 */
export function parseModelFile(text: string, language: ModelFileLanguage): SourceDocument {
  const { root, problems } = read(text, language);
  const translation = root && translateNames(root, text, language);
  const sorted = [...problems, ...(translation?.problems ?? [])].sort(
    (one, other) => one.range.start - other.range.start,
  );
  return { text, language, root: translation?.root, problems: sorted, foreignNames: translation?.foreignNames ?? [] };
}

function read(text: string, language: ModelFileLanguage): Reading {
  if (text.length > MAX_TEXT_LENGTH) {
    return refuseLength(text);
  }
  const python = refusePython(text);
  if (python) {
    return python;
  }
  const reading = READERS[language](text);
  if (reading.problems.length > 0) {
    return reading;
  }
  const { root } = reading;
  const other = root && otherFormat(root, text);
  if (other) {
    return { root, problems: [other] };
  }
  if (!root || (root.kind === 'scalar' && root.value === null)) {
    return refuse(text, 'empty-file', 'The file is empty; start with `input`, the shape of one example, and `layers`.');
  }
  if (root.kind !== 'mapping') {
    const found = root.kind === 'sequence' ? 'a list' : 'a single value';
    const message = `A model file is a mapping with the keys \`input\` and \`layers\`, but this one is ${found}.`;
    return { root, problems: [{ code: 'not-a-mapping', severity: 'error', message, range: firstLine(text) }] };
  }
  return reading;
}
