/** The modules of Pyodide's package that are bundled; its own types are those of its public interface. */
declare module 'pyodide/pyodide.mjs' {
  import type { PyodideModule } from 'src/python/context/context-api';
  export function loadPyodide(options: object): Promise<PyodideModule>;
}
declare module 'pyodide/pyodide.asm.mjs' {
  const createPyodideModule: unknown;
  export default createPyodideModule;
}
