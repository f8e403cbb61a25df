import type { SourcePath } from '../../model/model-spec';

/** The innermost layer that holds `path`: everything up to its last list index under `layers` or `shortcut`. */
export function layerOf(path: SourcePath): SourcePath | undefined {
  const last = path.findLastIndex(
    (step, index) => typeof step === 'number' && (path[index - 1] === 'layers' || path[index - 1] === 'shortcut'),
  );
  return last < 0 ? undefined : path.slice(0, last + 1);
}

/**
 * The innermost layer that holds `path`, or else the entry of the file that does; the empty path stays what it is: the
 * file.
 */
export function ownerOf(path: SourcePath): SourcePath {
  return layerOf(path) ?? path.slice(0, 1);
}

/** Whether `path` is `outer` or lies within it. */
export function liesWithin(path: SourcePath, outer: SourcePath): boolean {
  return outer.every((step, index) => step === path[index]);
}
