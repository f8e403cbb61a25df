/** Files that a data source reads, as the host hands them over. */
import type { SourcePath } from '../../model/model-spec';
import { TrainingError } from '../training-error';

/** Bytes of the files that `data` names, by the path that the model file writes. */
export type DataFiles = Readonly<Record<string, Uint8Array>>;

/** One of them, with what the sentence of an error needs: its name, and the key of the model file that names it. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly source: SourcePath;
}

/** Larger files are refused: reading one would take longer than the run it is for. */
export const MAXIMUM_FILE_BYTES = 64 * 2 ** 20;

/** @throws TrainingError where the host found no such file, or one that is too large. */
export function findFile(files: DataFiles | undefined, name: string, source: SourcePath): NamedBytes {
  const bytes = files && Object.hasOwn(files, name) ? files[name] : undefined;
  if (!bytes) throw new TrainingError(`The data file "${name}" was not found.`, source);
  checkFileSize(bytes, name, source);
  return { bytes, name, source };
}

/** @throws TrainingError where the file is too large. */
export function checkFileSize(bytes: Uint8Array, name: string, source: SourcePath): void {
  if (bytes.byteLength <= MAXIMUM_FILE_BYTES) return;
  throw new TrainingError(
    `"${name}" has ${Math.ceil(bytes.byteLength / 2 ** 20)} MB; at most ${MAXIMUM_FILE_BYTES / 2 ** 20} MB are read; of a CSV file or JSON ` +
      'lines, read fewer rows with "rows".',
    source,
  );
}

/** Text of a file, without a byte order mark. @throws TrainingError where it is no UTF-8. */
export function decodeText({ bytes, name, source }: NamedBytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TrainingError(`"${name}" is not UTF-8 text; save it as UTF-8.`, source);
  }
}
