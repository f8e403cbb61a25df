import type { DataSpec, SourcePath } from './model-spec';

/** A file that `data` names, and the key that names it. */
export interface DataFile {
  /** As the model file writes it: relative to the model file, or absolute. */
  readonly path: string;
  readonly source: SourcePath;
}

/** The files that a model's data are read from; none for a generated task. */
export function dataFilesOf(data: DataSpec): readonly DataFile[] {
  switch (data.type) {
    case 'csv':
    case 'npz':
    case 'json-lines':
    case 'text':
    case 'sentence-pairs':
      return [{ path: data.path, source: ['data', 'path'] }];
    case 'npy':
      return [{ path: data.path, source: ['data', 'path'] }, { path: data.targets, source: ['data', 'targets'] }];
    case 'idx':
      return [{ path: data.path, source: ['data', 'path'] }, { path: data.labels, source: ['data', 'labels'] }];
    default:
      return [];
  }
}
