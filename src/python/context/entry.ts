/** The script of the closed context: Pyodide as one classic script, and what it needs of a browser. */
import './browser-scope';
import { loadPyodide } from 'pyodide/pyodide.mjs';
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import { createContextApi } from './create-context-api';

const scope = globalThis as unknown as Record<string, unknown>;
scope.createContextApi = createContextApi;
scope.loadPython = (options: object) => loadPyodide({ ...options, createPyodideModule });
