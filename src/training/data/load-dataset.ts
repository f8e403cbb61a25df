import type { Random } from '../../engine/random';
import type { DataSpec, ModelSpec } from '../../model/model-spec';
import { isReconstruction } from '../../model/reconstruction';
import type { ReadingProgress } from '../reading-progress';
import { addingProblem } from './adding-problem';
import { arrayExamples, type NamedArray } from './array-examples';
import { blobs } from './blobs';
import { circles } from './circles';
import { copyMemory } from './copy-memory';
import { findFile, type DataFiles } from './given-files';
import type { Dataset } from './dataset';
import { readIdx } from './idx';
import { readCsv } from './read-csv';
import { readJsonLines } from './json-lines';
import { readJsonTable } from './json-table';
import { readNpy } from './npy';
import { sentencePairs } from './sentence-pairs';
import { checkSize } from './size-limit';
import { spirals } from './spirals';
import { tableExamples } from './table-examples';
import { teacher } from './teacher';
import { text } from './text';
import { findZipEntry, listZip, readZipEntry } from './zip';

/** Where examples come from besides the model file, and what they may take. */
export interface DataSource {
  /** The files of a source that reads some. */
  readonly files?: DataFiles | undefined;
  /** What the examples may take at most, and what a packed file may unpack to. */
  readonly limitBytes: number;
  /** Is called now and then while a file is read. */
  readonly onReading?: ((progress: ReadingProgress) => void) | undefined;
}

/**
 * Makes or reads the examples that `model.data` names. Of a target that is the input itself, `prepareExamples` gives
 * the final values.
 * @throws TrainingError where data and model do not fit, or a file is broken.
 */
export function loadDataset(model: ModelSpec, source: DataSource, random: Random): Dataset {
  const { data } = model;
  const { files, limitBytes, onReading } = source;
  if (!('path' in data)) return generate(model, data, limitBytes, random);
  const file = findFile(files, data.path, ['data', 'path']);
  const onShare = onReading && ((share: number): void => onReading({ file: file.name, share }));
  switch (data.type) {
    case 'csv':
      return tableExamples(model, data, readCsv({ ...file, rows: data.rows, onReading: onShare }), limitBytes);
    case 'json-lines': {
      const lines = { ...file, rows: data.rows, onReading: onShare };
      if (data.columns) return tableExamples(model, data, readJsonTable(lines, data), limitBytes);
      const { inputs, targets } = readJsonLines(model, data, lines, limitBytes);
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
        return {
          array: readNpy({ bytes, name: `${file.name}: ${array}`, source: file.source }),
          name,
          source: named.source,
        };
      };
      const inputs = read(data.inputs, 'inputs');
      return arrayExamples(model, inputs, isReconstruction(data) ? undefined : read(data.target, 'target'), limitBytes);
    }
    case 'npy': {
      const inputs = { array: readNpy(file), name: `"${file.name}"`, source: file.source };
      if (isReconstruction(data)) return arrayExamples(model, inputs, undefined, limitBytes);
      const second = findFile(files, data.targets, ['data', 'targets']);
      return arrayExamples(
        model,
        inputs,
        { array: readNpy(second), name: `"${second.name}"`, source: second.source },
        limitBytes,
      );
    }
    case 'idx': {
      const inputs = { array: readIdx(file, limitBytes), name: `"${file.name}"`, source: file.source };
      if (isReconstruction(data)) return arrayExamples(model, inputs, undefined, limitBytes);
      const second = findFile(files, data.labels, ['data', 'labels']);
      const targets = { array: readIdx(second, limitBytes), name: `"${second.name}"`, source: second.source };
      return arrayExamples(model, inputs, targets, limitBytes);
    }
  }
}

type Generated = Exclude<DataSpec, { readonly path: string }>;

function generate(model: ModelSpec, data: Generated, limitBytes: number, random: Random): Dataset {
  const made = generateTask(model, data, limitBytes, random);
  return isReconstruction(data)
    ? { ...made, targets: made.inputs, description: `the input itself, of ${made.description}` }
    : made;
}

function generateTask(model: ModelSpec, data: Generated, limitBytes: number, random: Random): Dataset {
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
