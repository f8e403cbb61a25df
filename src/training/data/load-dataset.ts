import type { Random } from '../../engine/random';
import type { DataSpec, ModelSpec } from '../../spec/model-spec';
import { addingProblem } from './adding-problem';
import { arrayExamples, type NamedArray } from './array-examples';
import { blobs } from './blobs';
import { circles } from './circles';
import { copyMemory } from './copy-memory';
import { csv } from './csv';
import { findFile, type DataFiles } from './data-files';
import type { Dataset } from './dataset';
import { readIdx } from './idx';
import { readJsonLines } from './json-lines';
import { readNpy } from './npy';
import { sentencePairs } from './sentence-pairs';
import { checkSize } from './size-limit';
import { spirals } from './spirals';
import { teacher } from './teacher';
import { text } from './text';
import { findZipEntry, listZip, readZipEntry } from './zip';

/**
 * Makes or reads the examples that `model.data` names.
 * @param files the files of a source that reads some
 * @param limitBytes what the examples may take at most, and what a packed file may unpack to
 * @throws TrainingError where data and model do not fit, or a file is broken.
 */
export function loadDataset(model: ModelSpec, files: DataFiles | undefined, limitBytes: number, random: Random): Dataset {
  const { data } = model;
  if (!('path' in data)) return generate(model, data, limitBytes, random);
  const file = findFile(files, data.path, ['data', 'path']);
  switch (data.type) {
    case 'csv':
      return csv(model, data, file.bytes, limitBytes);
    case 'json-lines': {
      const { inputs, targets } = readJsonLines(model, data, file, limitBytes);
      return arrayExamples(model, inputs, targets, limitBytes);
    }
    case 'text':
      return text(model, data, file, limitBytes);
    case 'sentence-pairs':
      return sentencePairs(model, data, file, limitBytes);
    case 'npz': {
      const entries = listZip(file);
      const read = (array: string, source: 'inputs' | 'target'): NamedArray => {
        const named = { ...file, source: ['data', source] };
        const bytes = readZipEntry(file, findZipEntry(named, entries, array, '.npy'), limitBytes);
        const name = `"${array}" of ${file.name}`;
        return { array: readNpy({ bytes, name: `${file.name}: ${array}`, source: file.source }), name, source: named.source };
      };
      return arrayExamples(model, read(data.inputs, 'inputs'), read(data.target, 'target'), limitBytes);
    }
    case 'npy': {
      const second = findFile(files, data.targets, ['data', 'targets']);
      const inputs = { array: readNpy(file), name: `"${file.name}"`, source: file.source };
      return arrayExamples(model, inputs, { array: readNpy(second), name: `"${second.name}"`, source: second.source }, limitBytes);
    }
    case 'idx': {
      const second = findFile(files, data.labels, ['data', 'labels']);
      const inputs = { array: readIdx(file, limitBytes), name: `"${file.name}"`, source: file.source };
      const targets = { array: readIdx(second, limitBytes), name: `"${second.name}"`, source: second.source };
      return arrayExamples(model, inputs, targets, limitBytes);
    }
  }
}

type Generated = Exclude<DataSpec, { readonly path: string }>;

function generate(model: ModelSpec, data: Generated, limitBytes: number, random: Random): Dataset {
  checkSize(model, data.examples, limitBytes, 'lower "examples"', ['data', 'examples']);
  switch (data.type) {
    case 'blobs':
      return blobs(model, data, random);
    case 'circles':
      return circles(model, data, random);
    case 'spirals':
      return spirals(model, data, random);
    case 'teacher':
      return teacher(model, data, random);
    case 'adding-problem':
      return addingProblem(model, data, random);
    case 'copy-memory':
      return copyMemory(model, data, random);
  }
}
