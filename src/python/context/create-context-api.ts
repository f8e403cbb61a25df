/**
 * The functions by which the host uses Python. It calls them with strings and numbers, and fills arrays that were made
 * here: no object of the host ever enters, so there is no way from Python to a function of the host.
 */
import { ADDRESS, files, logged, timers } from './browser-scope';
import type { ContextApi, PyodideModule } from './context-api';
import { textOf } from './text-of';

const scope = globalThis as unknown as { loadPython?: (options: object) => Promise<PyodideModule> };
const PAGE_BYTES = 2 ** 16;

/** @param maximumPages of 64 KiB that WebAssembly may take */
export function createContextApi(maximumPages: number): ContextApi {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength / PAGE_BYTES + pages > maximumPages) throw new RangeError('memory limit');
    return grow.call(this, pages);
  };
  let state = '';
  let python: PyodideModule | undefined;
  let serve: ((request: string) => unknown) | undefined;
  let saved: Int8Array | undefined;

  const heap = (): Int8Array => python!._module.HEAP8;
  return {
    allocate: (name, length) => {
      const bytes = new Uint8Array(length);
      files.set(name, bytes);
      return bytes;
    },
    load: (hasSnapshot, makesSnapshot) => {
      const load = scope.loadPython!;
      delete scope.loadPython;
      load({
        indexURL: ADDRESS,
        env: { PYTHONHASHSEED: '0' },
        ...(hasSnapshot && { _loadSnapshot: files.get('snapshot.bin') }),
        ...(makesSnapshot && { _makeSnapshot: true }),
      }).then(
        loaded => {
          python = loaded;
          loaded.FS.writeFile('/runtime.zip', files.get('runtime.zip')!);
          files.clear();
          state = 'ready';
        },
        (error: unknown) => {
          state = `failed: ${textOf(error)}`;
        },
      );
    },
    pump: () => {
      for (const [id, call] of [...timers]) {
        timers.delete(id);
        call();
      }
      return state;
    },
    takeLog: () => logged.splice(0).join('\n'),
    run: source => answerOf(() => python!.runPython(source)),
    serveWith: name => {
      serve = python!.globals.get(name) as (request: string) => unknown;
    },
    call: request => answerOf(() => serve!(request)),
    snapshot: () => python!.makeMemorySnapshot(),
    save: () => {
      saved = heap().slice();
    },
    restore: () => {
      const now = heap();
      now.set(saved!);
      if (now.length > saved!.length) now.fill(0, saved!.length);
    },
    heapBytes: () => heap().length,
    interruptWith: () => {
      const shared = new SharedArrayBuffer(1);
      python!.setInterruptBuffer(new Uint8Array(shared));
      return shared;
    },
  };
}

/** Errors stay inside: the host gets a text, whatever was thrown. */
function answerOf(ask: () => unknown): string {
  try {
    return `+${String(ask())}`;
  } catch (error) {
    return `-${textOf(error)}`;
  }
}
