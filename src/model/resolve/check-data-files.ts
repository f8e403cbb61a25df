import { dataFilesOf } from '../data-files';
import type { DataSpec } from '../model-spec';
import type { ProblemLog } from './problem-log';

/** Folders of devices, and of files that a kernel makes up as they are read. */
const SYSTEM_FOLDER = /^\/(?:dev|proc|sys)\//;

/**
 * Reports paths of data files that lead to another computer or to a device: opening one may reach the network or never
 * end.
 */
export function checkDataFiles(log: ProblemLog, data: DataSpec): void {
  for (const { path, source } of dataFilesOf(data)) {
    const problem = pathProblem(path.replaceAll('\\', '/'));
    if (problem !== undefined) {
      const part = String(source.at(-1)) as 'path' | 'targets' | 'labels';
      log.report('data-path', `\`${part}\` ${problem}`, { setting: 'data', part });
    }
  }
}

function pathProblem(path: string): string | undefined {
  if (path.startsWith('//')) {
    return 'leads to another computer, and only files of this one are read; copy the file beside the model file, and name it there.';
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) {
    return 'is an address, and nothing is read from the network; download the file, and name it.';
  }
  if (hasControlCharacter(path)) {
    return 'has a character that no file name holds; write the name on one line, without escapes.';
  }
  return SYSTEM_FOLDER.test(path)
    ? 'names a device, which may never end; write what it gives into a file, and name that.'
    : undefined;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some(character => character.charCodeAt(0) < 32 || character.charCodeAt(0) === 127);
}
