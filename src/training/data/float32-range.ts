/**
 * Numbers of a table that no float32 holds: they would train as infinity, and the run would be told to have broken by
 * itself.
 */
import { TrainingError } from '../training-error';
import { PATH, type TextTable } from './table';
import type { TypedColumn } from './typed-column';

/** Largest finite number of a float32, (2 - 2^-23) 2^127. */
const LARGEST = 3.4028234663852886e38;

/**
 * Refuses a column with a number that is finite as it is written and infinite as it is trained with.
 * @throws TrainingError that names row and column
 */
export function checkFloat32(table: TextTable, column: TypedColumn, rows: Int32Array): void {
  if (column.kind !== 'numeric') return;
  const beyond = column.values.findIndex(
    value => Math.abs(value) > LARGEST && Math.abs(Math.fround(value)) === Infinity,
  );
  if (beyond < 0) return;
  throw new TrainingError(
    `"${table.file}", ${table.rowNoun} ${table.rowNumbers[rows[beyond]]}, column "${column.name}": ${column.values[beyond]} is beyond the ` +
      'numbers that are trained with, which go to 3.4e38; write it in a larger unit, or leave the row out.',
    PATH,
  );
}
