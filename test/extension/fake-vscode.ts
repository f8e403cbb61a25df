/** As much of the editor's interface as lenses and the status bar need, for tests in Node. */

type Listener = (value: unknown) => void;

/** The editor's own emitter, without its errors and its order. */
class FakeEmitter {
  private readonly listeners = new Set<Listener>();

  readonly event = (listener: Listener): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: unknown): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

const never = (): { dispose(): void } => ({ dispose: () => undefined });
const SETTINGS: Readonly<Record<string, unknown>> = { 'codeLens.enabled': true, rules: {}, ruleOptions: {} };

/** The item that was made last. */
export const shownItem: { text: string } = { text: '' };

/** What `vi.mock('vscode')` gives in place of the editor. */
export const FAKE_VSCODE = {
  EventEmitter: FakeEmitter,
  StatusBarAlignment: { Right: 2 },
  CodeLens: class {
    constructor(
      readonly range: unknown,
      readonly command: unknown,
    ) {}
  },
  Range: class {},
  MarkdownString: class {
    appendText(): this {
      return this;
    }

    appendMarkdown(): this {
      return this;
    }
  },
  Uri: { parse: (text: string) => ({ path: text, toString: () => text }) },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
  },
  window: {
    createStatusBarItem: () =>
      Object.assign(shownItem, { show: () => undefined, hide: () => undefined, dispose: () => undefined }),
  },
  workspace: {
    isTrusted: true,
    onDidGrantWorkspaceTrust: never,
    getConfiguration: () => ({ get: (key: string) => SETTINGS[key] }),
  },
  Disposable: {
    from: (...parts: readonly { dispose(): void }[]) => ({ dispose: () => parts.forEach(part => part.dispose()) }),
  },
};
