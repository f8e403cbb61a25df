/** Ways of the host into the closed context: calls with strings and numbers, and arrays that the context made. */
export interface ContextApi {
  /** An array for a file that Pyodide will read, to be filled by the host. */
  allocate(name: string, length: number): Uint8Array;
  /** Begins to start Python, from the file `snapshot.bin` where there is one. */
  load(hasSnapshot: boolean, makesSnapshot: boolean): void;
  /** Runs what is due. `ready` once Python runs, `failed: …` where it does not, else an empty text. */
  pump(): string;
  /** Lines written to the console since the last time. */
  takeLog(): string;
  /** Runs Python. `+` and what it returned as text, or `-` and what it threw: never throws itself. */
  run(source: string): string;
  /** Names the Python function that answers `call`. */
  serveWith(name: string): void;
  /** Asks it; the answer as that of `run`. */
  call(request: string): string;
  /** The whole memory as it is, to be loaded by a later start. */
  snapshot(): Uint8Array;
  /** Keeps the memory as it is now. */
  save(): void;
  /** Takes back everything since `save`. */
  restore(): void;
  heapBytes(): number;
  /** Memory shared between threads: Python stops with a `KeyboardInterrupt` soon after 2 was written into it. */
  interruptWith(): SharedArrayBuffer;
}

/** As much of Pyodide as is used. The parts with an underscore are its own business and may change with any version. */
export interface PyodideModule {
  readonly FS: { writeFile(name: string, data: Uint8Array): void };
  readonly _module: { readonly HEAP8: Int8Array };
  readonly globals: { get(name: string): unknown };
  runPython(source: string): unknown;
  makeMemorySnapshot(): Uint8Array;
  setInterruptBuffer(buffer: Uint8Array): void;
}
