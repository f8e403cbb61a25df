import path from 'node:path';

/** Where the golden cases are. */
export const FOLDER = path.join(import.meta.dirname, 'cases');
