/** Which columns of a table are inputs, and which is the target. */
import type { DataSpec, SourcePath } from '../../model/model-spec';
import { nearestName } from '../../model/vocabulary/nearest-name';
import { isReconstruction } from '../../model/reconstruction';
import { INPUT_AS_TARGET } from '../../model/vocabulary/data';
import type { RemedyChange } from '../remark';
import { TrainingError } from '../training-error';
import type { TextTable } from './table';

/** What a model file says of the columns of a table. */
export type TableSettings = Extract<DataSpec, { readonly type: 'csv' | 'json-lines' }>;

/** Indices of columns. */
export interface ChosenColumns {
  /** `undefined` where the target is the input itself. */
  readonly target: number | undefined;
  /** In the order of the file, or of `columns`. */
  readonly features: readonly number[];
}

/** @throws TrainingError for a name that the table does not have, or where no input is left. */
export function chooseColumns({ names, file }: TextTable, data: TableSettings): ChosenColumns {
  const find = (name: string, source: SourcePath): number => {
    const index = names.indexOf(name);
    if (index >= 0) return index;
    throw unknownColumn(names, file, name, source);
  };
  const reconstructs = isReconstruction(data);
  if (reconstructs && names.includes(INPUT_AS_TARGET) && !droppedBy(data).includes(INPUT_AS_TARGET)) {
    throw new TrainingError(
      `"target: input" means the model's own input, but "${file}" has a column "input" too; rename the column to predict it, or leave it ` +
        'out.',
      ['data', 'target'],
    );
  }
  const target = reconstructs ? undefined : find(data.target, ['data', 'target']);
  const dropped = new Set(droppedBy(data).map(name => find(name, ['data', 'drop'])));
  const listed = data.columns?.map(name => find(name, ['data', 'columns'])) ?? [...names.keys()];
  const features = [...new Set(listed)].filter(column => column !== target && !dropped.has(column));
  if (features.length > 0) return { target, features };
  throw new TrainingError(`No column of "${file}" is left to be an input; name one besides the target.`, [
    'data',
    data.columns ? 'columns' : 'drop',
  ]);
}

/** Changes of the model file after which columns are left out. */
export function leaveOut(data: TableSettings, names: readonly string[]): readonly RemedyChange[] {
  if (data.columns) return [{ path: ['data', 'columns'], value: data.columns.filter(name => !names.includes(name)) }];
  return [{ path: ['data', 'drop'], value: [...droppedBy(data), ...names] }];
}

function droppedBy(data: TableSettings): readonly string[] {
  return ('drop' in data ? data.drop : undefined) ?? [];
}

function unknownColumn(names: readonly string[], file: string, name: string, source: SourcePath): TrainingError {
  const near = nearestName(name, names);
  const listed = names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
  const question = near ? `; did you mean "${near}"?` : '.';
  const key = String(source.at(-1));
  return new TrainingError(
    `"${file}" has no column "${name}"${question} Its columns are: ${listed}.`,
    source,
    near === undefined || key !== 'target'
      ? []
      : [{ title: `Predict \`${near}\``, changes: [{ path: source, value: near }] }],
  );
}
