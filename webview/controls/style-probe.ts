/**
 * The toolkit, while it loads, finds out whether the browser knows `:focus-visible` by putting an empty style element
 * into the page. The page's policy forbids that, and the toolkit would then show focus rings at every click. This
 * module has to be imported before the toolkit: it answers the probe with a style sheet that is in no document, until
 * `endStyleProbe` is called.
 */

const createElement = document.createElement;

document.createElement = function probe(this: Document, name: string, options?: ElementCreationOptions): HTMLElement {
  if (name !== 'style') return createElement.call(this, name, options);
  const stand = createElement.call(this, 'link');
  Object.defineProperty(stand, 'sheet', { value: new CSSStyleSheet() });
  return stand;
};

/** Gives the document its own `createElement` back. */
export function endStyleProbe(): void {
  document.createElement = createElement;
}
