/**
 * How much memory reading a data file takes, from its size alone, so that one that cannot fit is refused before it is
 * read.
 */
import type { DataSpec } from '../../model/model-spec';

/**
 * Least bytes of memory per byte of a file, rounded down: the bytes themselves, what is made of them on the way, and
 * examples. Measured with the smallest heap that files of 14 to 18 MB could be read with: 16 for numbers in a table, 5
 * for words and 7 for characters.
 */
const LEAST_BYTES: Readonly<Partial<Record<DataSpec['type'], number>>> = {
  csv: 8,
  'json-lines': 8,
  text: 4,
  'sentence-pairs': 4,
  npz: 2,
  npy: 2,
  idx: 2,
};

/** Memory that reading a file of so many bytes takes at least. */
export function memoryToRead(type: DataSpec['type'], bytes: number): number {
  return bytes * (LEAST_BYTES[type] ?? 1);
}
