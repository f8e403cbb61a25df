/** Where a data file is, from what a model file writes. Knows no editor: addresses are the parts of its URIs. */

export interface Address {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/**
 * The address of the file that `written` names: relative to the model file, or absolute. A new, unsaved model file
 * finds its data as if it were saved where it says, on the file system of the folder that is open: its own authority is
 * that of the window, and no part of any file's address.
 *
 * @param folder the first folder of the workspace, where one is open
 */
export function dataAddress(modelFile: Address, folder: Address | undefined, written: string): Address {
  const path = written.replaceAll('\\', '/');
  const { scheme, authority } =
    modelFile.scheme === 'untitled' ? (folder ?? { scheme: 'file', authority: '' }) : modelFile;
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  const beside = modelFile.path.slice(0, modelFile.path.lastIndexOf('/') + 1);
  // An untitled file without a name of its own stands in the folder.
  const base =
    modelFile.scheme === 'untitled' && !modelFile.path.startsWith('/') && folder ? `${folder.path}/` : beside;
  return {
    scheme,
    authority,
    path: isAbsolute ? (path.startsWith('/') ? path : `/${path}`) : normalized(`${base}${path}`),
  };
}

/** Without `.` and `..`, and with one slash at its beginning. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
