/** The page's theme now, and word when the user changes it. */
import { type Theme, themeFrom } from './theme';

/** Reads the theme from the document's CSS variables and the classes of its body. */
export function readTheme(document: Document): Theme {
  const style = getComputedStyle(document.body);
  return themeFrom(variable => style.getPropertyValue(variable), Array.from(document.body.classList));
}

/**
 * Calls `changed` with the new theme. VS Code sets variables on the root element and classes on the body. Returns a
 * stop.
 */
export function watchTheme(document: Document, changed: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => changed(readTheme(document)));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
