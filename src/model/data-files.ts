import type { DataSpec, SourcePath } from './model-spec';
import { isReconstruction } from './reconstruction';

/** A file that `data` names, and the key that names it. */
export interface DataFile {
  /** As the model file writes it: relative to the model file, or absolute. */
  readonly path: string;
  readonly source: SourcePath;
  /** Where the file has rows that `rows` counts: how they end, and how many are read; all where that is absent. */
  readonly table?: { readonly format: 'csv' | 'lines'; readonly rows: number | undefined };
}

/** The files that a model's data are read from; none for a generated task. */
export function dataFilesOf(data: DataSpec): readonly DataFile[] {
  const second = (path: string, key: string): readonly DataFile[] =>
    isReconstruction(data) ? [] : [{ path, source: ['data', key] }];
  switch (data.type) {
    case 'csv':
      return [{ path: data.path, source: ['data', 'path'], table: { format: 'csv', rows: data.rows } }];
    case 'json-lines':
      return [{ path: data.path, source: ['data', 'path'], table: { format: 'lines', rows: data.rows } }];
    case 'npz':
    case 'text':
    case 'sentence-pairs':
      return [{ path: data.path, source: ['data', 'path'] }];
    case 'npy':
      return [{ path: data.path, source: ['data', 'path'] }, ...second(data.targets, 'targets')];
    case 'idx':
      return [{ path: data.path, source: ['data', 'path'] }, ...second(data.labels, 'labels')];
    default:
      return [];
  }
}
