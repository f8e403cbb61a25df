/** As much of a document as the page's parts need to be built and read in Node. */

/** An element that keeps its attributes and children. */
class FakeElement {
  readonly children: (FakeElement | string)[] = [];
  readonly attributes = new Map<string, string>();
  readonly style = { setProperty: (): void => undefined };
  hidden = false;

  constructor(readonly tag: string) {}

  get textContent(): string {
    return this.children.map(child => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text: string) {
    this.replaceChildren(...(text === '' ? [] : [text]));
  }

  append(...children: readonly (FakeElement | string)[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: readonly (FakeElement | string)[]): void {
    this.children.splice(0, this.children.length, ...children);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  addEventListener(): void {
    // Nobody presses anything here.
  }

  querySelectorAll(): readonly FakeElement[] {
    return [];
  }

  querySelector(): null {
    return null;
  }
}

const observers: ((entries: readonly { readonly isIntersecting: boolean }[]) => void)[] = [];

/** What `vi.stubGlobal` puts in place of the window's own; frames come at once. */
export const FAKE_GLOBALS = {
  document: {
    activeElement: null,
    createElement: (tag: string) => new FakeElement(tag),
    createElementNS: (_namespace: string, tag: string) => new FakeElement(tag),
  },
  IntersectionObserver: class {
    constructor(report: (typeof observers)[number]) {
      observers.push(report);
    }

    observe(): void {
      // Reports when the test scrolls.
    }
  },
  requestAnimationFrame: (callback: () => void): void => queueMicrotask(callback),
};

/** Scrolls every observed part out of sight or into it. */
export function scroll(isIntersecting: boolean): void {
  for (const report of observers) report([{ isIntersecting }]);
}

/** The first element with this tag, in the order of the page. */
export function find(root: unknown, tag: string): FakeElement {
  const search = (element: FakeElement): FakeElement | undefined => {
    if (element.tag === tag) return element;
    for (const child of element.children) {
      const found = typeof child === 'string' ? undefined : search(child);
      if (found) return found;
    }
    return undefined;
  };
  const found = search(root as FakeElement);
  if (!found) throw new Error(`There is no ${tag}.`);
  return found;
}
