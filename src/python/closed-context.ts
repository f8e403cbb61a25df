/**
 * Python in a bare context, which never receives an object of the host. What the context made is only touched with the
 * host's own functions, since those of the context may have been replaced by whatever runs in it.
 */
import vm from 'node:vm';
import type { ContextApi } from './context/context-api';

/** Python may take so much; a file that needs more is refused with a `MemoryError`. */
const MAXIMUM_HEAP_BYTES = 256 * 2 ** 20;
const PAGE_BYTES = 2 ** 16;

/** The files that Python starts from, as bytes. */
export interface PythonFiles {
  /** The script of the context, see `context/entry.ts`. */
  readonly script: string;
  readonly wasm: Uint8Array;
  /** Pyodide's list of packages, without any. */
  readonly lock: Uint8Array;
  readonly standardLibrary: Uint8Array;
  readonly runtime: Uint8Array;
  /** Memory of an earlier start with the same files; without it everything is imported anew. */
  readonly snapshot?: Uint8Array;
}

/** An answer of Python: its text, or what it threw. */
export type PythonAnswer =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string };

export class ClosedContext {
  private constructor(private readonly api: ContextApi) {}

  /** Starts Python. Resolves when it runs. @throws Error where it does not start. */
  static async open(files: PythonFiles, makesSnapshot = false): Promise<ClosedContext> {
    const context = vm.createContext(Object.create(null) as vm.Context, {
      codeGeneration: { strings: false, wasm: true },
    });
    new vm.Script(files.script, { filename: 'python.js' }).runInContext(context);
    const pages = MAXIMUM_HEAP_BYTES / PAGE_BYTES;
    const api = new vm.Script(`createContextApi(${pages})`).runInContext(context) as ContextApi;
    new vm.Script('delete globalThis.createContextApi').runInContext(context);
    const given: readonly (readonly [string, Uint8Array])[] = [
      ['pyodide.asm.wasm', files.wasm],
      ['python_stdlib.zip', files.standardLibrary],
      ['pyodide-lock.json', files.lock],
      ['runtime.zip', files.runtime],
      ...(files.snapshot ? [['snapshot.bin', files.snapshot] as const] : []),
    ];
    for (const [name, bytes] of given) copyInto(api.allocate(name, bytes.length), bytes);
    api.load(files.snapshot !== undefined, makesSnapshot);
    for (;;) {
      const state = String(api.pump());
      if (state === 'ready') return new ClosedContext(api);
      if (state !== '') throw new Error(`Python did not start: ${state}`);
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  run(source: string): PythonAnswer {
    return answerOf(this.api.run(source));
  }

  serveWith(name: string): void {
    this.api.serveWith(name);
  }

  /** Asks the function that was named; request and answer are JSON. */
  call(request: string): PythonAnswer {
    return answerOf(this.api.call(request));
  }

  /** The memory as it is, in an array of the host. */
  snapshot(): Uint8Array {
    const made = this.api.snapshot();
    const copy = new Uint8Array(lengthOf(made));
    copyInto(copy, made);
    return copy;
  }

  save(): void {
    this.api.save();
  }

  restore(): void {
    this.api.restore();
  }

  get heapBytes(): number {
    return Number(this.api.heapBytes());
  }

  /** Memory that another thread writes 2 into to stop what runs. */
  interruptWith(): SharedArrayBuffer {
    return this.api.interruptWith();
  }

  takeLog(): string {
    return String(this.api.takeLog());
  }
}

function answerOf(answer: unknown): PythonAnswer {
  if (typeof answer !== 'string') return { ok: false, error: 'The answer is no text.' };
  return answer.startsWith('+') ? { ok: true, text: answer.slice(1) } : { ok: false, error: answer.slice(1) };
}

const { set } = Uint8Array.prototype;
const { get: lengthOfArray } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length')!;

function copyInto(target: Uint8Array, source: Uint8Array): void {
  set.call(target, source);
}

function lengthOf(array: Uint8Array): number {
  return lengthOfArray!.call(array) as number;
}
