/** What tests of tables share: a CSV text read for a small model, as training reads it. */
import { Random } from '../../../src/engine/random';
import type { DataSpec, LossSpec, Shape } from '../../../src/model/model-spec';
import type { Dataset } from '../../../src/training/data/dataset';
import { loadDataset, type DataSource } from '../../../src/training/data/load-dataset';
import { TrainingError } from '../../../src/training/training-error';
import { testModel } from './models';

export type Csv = Extract<DataSpec, { readonly type: 'csv' }>;

export interface TableTest {
  readonly text: string;
  readonly input: Shape;
  readonly output?: Shape;
  readonly loss?: LossSpec['type'];
  readonly settings?: Partial<Csv>;
  readonly onReading?: DataSource['onReading'];
}

export const csvSpec = (settings: Partial<Csv> = {}): Csv => ({
  type: 'csv',
  path: 'x.csv',
  target: 'y',
  standardize: false,
  standardizeTarget: false,
  inferred: false,
  ...settings,
});

export function readTable({ text, input, output = [1], loss = 'mse', settings, onReading }: TableTest): Dataset {
  const model = testModel({ input, output, loss, data: csvSpec(settings) });
  return loadDataset(
    model,
    { files: { 'x.csv': new TextEncoder().encode(text) }, limitBytes: 2 ** 28, onReading },
    new Random(1),
  );
}

/** The refusal of a table. */
export function refusalOf(test: TableTest): TrainingError {
  try {
    readTable(test);
  } catch (error) {
    if (error instanceof TrainingError) return error;
    throw error;
  }
  throw new Error('The table was read.');
}
