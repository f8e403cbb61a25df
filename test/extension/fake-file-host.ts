/**
 * As much of the editor's interface as reading data files needs: local files, plain events, no settings but the memory
 * limit.
 */

type Listener<T> = (value: T) => void;

export class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Disposable {
  constructor(readonly dispose: () => void) {}
  static from(...parts: readonly { dispose(): void }[]): Disposable {
    return new Disposable(() => parts.forEach(part => part.dispose()));
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
  ) {}
  static from({ scheme, authority = '', path }: { scheme: string; authority?: string; path: string }): Uri {
    return new Uri(scheme, authority, path);
  }
  static file(path: string): Uri {
    return new Uri('file', '', path);
  }
  with({ path }: { path: string }): Uri {
    return new Uri(this.scheme, this.authority, path);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }
}

export class FileSystemError extends Error {}

export const l10n = {
  t: (text: string, ...values: readonly unknown[]): string =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
};

export class RelativePattern {
  constructor(
    readonly base: Uri,
    readonly pattern: string,
  ) {}
}

/** The watchers that were made and not disposed of. */
export const watchers = new Set<FakeWatcher>();

export class FakeWatcher {
  readonly created = new EventEmitter<void>();
  readonly altered = new EventEmitter<void>();
  readonly deleted = new EventEmitter<void>();
  readonly onDidCreate = this.created.event;
  readonly onDidChange = this.altered.event;
  readonly onDidDelete = this.deleted.event;
  constructor(readonly pattern: RelativePattern) {
    watchers.add(this);
  }
  dispose(): void {
    watchers.delete(this);
  }
}

export const workspace = {
  createFileSystemWatcher: (pattern: RelativePattern) => new FakeWatcher(pattern),
  isTrusted: true,
  workspaceFolders: undefined,
  getConfiguration: () => ({ get: (key: string) => (key === 'memoryLimit' ? 256 : {}) }),
};
