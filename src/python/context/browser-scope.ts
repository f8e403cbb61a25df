/**
 * The few things of a browser's worker that Pyodide needs, each made of the language alone. Must be imported before
 * Pyodide, which looks for them as it is loaded.
 */
import { Decoder, decodeUtf8, Utf8Encoder } from './utf-8';
import { textOf } from './text-of';

export const ADDRESS = 'file:///python/';
const MAX_LOGGED_LINES = 200;

/** Files that `fetch` finds, by the last part of the address. */
export const files = new Map<string, Uint8Array>();
/** Lines written to the console. */
export const logged: string[] = [];
/** Calls that are due, by the number of the timer. */
export const timers = new Map<number, () => void>();
let nextTimer = 1;

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

class Address {
  readonly href: string;

  constructor(address: unknown) {
    const text = String(address);
    this.href = /^[a-z]+:/.test(text) ? text : ADDRESS + text.replace(/^\.?\/*/, '');
  }

  toString(): string {
    return this.href;
  }

  static createObjectURL(): string {
    return '';
  }
}

const NEVER = { aborted: false, addEventListener: () => undefined };

class NeverAborted {
  readonly signal = NEVER;

  abort(): void {
    // Nothing that can be aborted is ever begun.
  }
}

// Pyodide takes a place with these for a worker of a browser, and never looks for Node.
class WorkerGlobalScope {}
define('self', globalThis);
define('WorkerGlobalScope', WorkerGlobalScope);
Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype);
define('location', { href: `${ADDRESS}x.js`, origin: 'null', protocol: 'file:', toString: () => `${ADDRESS}x.js` });
define('navigator', { userAgent: 'Chrome worker', hardwareConcurrency: 1, language: 'en' });
define('performance', { now: () => Date.now(), timeOrigin: 0 });

const log = (...parts: unknown[]): void => {
  if (logged.length < MAX_LOGGED_LINES) logged.push(parts.map(textOf).join(' '));
};
define('console', { log, warn: log, error: log, info: log, debug: log, trace: log });

define('setTimeout', (call: (...args: unknown[]) => void, _ms: number, ...args: unknown[]): number => {
  timers.set(nextTimer, () => call(...args));
  return nextTimer++;
});
define('clearTimeout', (id: number) => timers.delete(id));
define('setInterval', () => 0);
define('clearInterval', () => undefined);
define('queueMicrotask', (call: () => void) => void Promise.resolve().then(call));

let seed = 123456789;
define('crypto', {
  getRandomValues: (target: Uint8Array): Uint8Array => {
    for (let i = 0; i < target.length; i++) {
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      target[i] = seed;
    }
    return target;
  },
});
define('TextEncoder', Utf8Encoder);
define('TextDecoder', Decoder);
define('URL', Address);
define('AbortController', NeverAborted);
define('AbortSignal', { any: () => NEVER, timeout: () => NEVER });
define('Event', class Event {});
define('EventTarget', class EventTarget {});
define('fetch', (address: unknown) => {
  const bytes = files.get(String(address).split('/').pop()!);
  if (!bytes) return Promise.reject(new Error('There is no network here.'));
  return Promise.resolve({
    ok: true,
    status: 200,
    arrayBuffer: () => Promise.resolve(bytes.buffer),
    json: () => Promise.resolve(JSON.parse(decodeUtf8(bytes)) as unknown),
    bytes,
  });
});

const { instantiate } = WebAssembly;
WebAssembly.instantiateStreaming = async (response, imports) =>
  instantiate(((await response) as unknown as { bytes: Uint8Array<ArrayBuffer> }).bytes, imports);

// A handler of stack traces would be called with objects of whoever threw.
Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
