/** The editor's theme, as the charts need it: canvas cannot read CSS variables by itself. */
import { type Color, mix, parseColor, withOpacity } from './color';

export interface Theme {
  readonly background: Color;
  readonly foreground: Color;
  /** Axis labels and captions. */
  readonly muted: Color;
  readonly grid: Color;
  /** Anchors of the ramp from the first layer to the last; red is left out, since it means an error. */
  readonly ramp: readonly Color[];
  readonly blue: Color;
  readonly green: Color;
  readonly error: Color;
  readonly warning: Color;
  /** Curves of the previous run. */
  readonly ghost: Color;
  readonly tooltip: { readonly background: Color; readonly foreground: Color; readonly border: Color };
  readonly selection: Color;
  readonly fontFamily: string;
  /** CSS pixels. */
  readonly fontSize: number;
  readonly highContrast: boolean;
}

/**
 * Builds the theme from what `read` gives for a CSS variable (an empty string where the theme does not set it) and from
 * the body's classes. Both high-contrast themes carry `vscode-high-contrast`; the light one carries
 * `vscode-high-contrast-light` too.
 */
export function themeFrom(read: (variable: string) => string, bodyClasses: readonly string[]): Theme {
  const light = bodyClasses.includes('vscode-light') || bodyClasses.includes('vscode-high-contrast-light');
  const highContrast =
    bodyClasses.includes('vscode-high-contrast') || bodyClasses.includes('vscode-high-contrast-light');
  const first = (variables: readonly string[], otherwise: Color): Color => {
    for (const variable of variables) {
      const color = parseColor(read(`--vscode-${variable}`));
      if (color !== undefined) return color;
    }
    return otherwise;
  };
  const background = first(['editor-background'], light ? WHITE : BLACK);
  const foreground = first(['editor-foreground', 'foreground'], light ? BLACK : WHITE);
  const faded = (share: number): Color => mix(background, foreground, share);
  // Dark Modern's orange is a translucent marker of the minimap, and the high-contrast themes have none.
  const [purple, blue, green, yellow, red] = HUES.map(hue => withOpacity(first([`charts-${hue}`], foreground), 1));
  const orange = withOpacity(first(['charts-orange'], mix(yellow, red, 0.6)), 1);
  return {
    background,
    foreground,
    muted: highContrast ? foreground : first(['descriptionForeground'], faded(0.7)),
    grid: faded(highContrast ? 0.22 : 0.13),
    ramp: [purple, blue, green, yellow, orange],
    blue,
    green,
    error: first(['editorError-foreground', 'charts-red'], red),
    warning: first(['editorWarning-foreground', 'charts-yellow'], yellow),
    ghost: faded(highContrast ? 0.6 : 0.48),
    tooltip: {
      background: first(['editorHoverWidget-background', 'editorWidget-background'], background),
      foreground: first(['editorHoverWidget-foreground', 'editor-foreground'], foreground),
      border: first(['editorHoverWidget-border', 'contrastBorder', 'widget-border'], faded(0.3)),
    },
    selection: first(['focusBorder'], blue),
    fontFamily: read('--vscode-font-family').trim() || 'sans-serif',
    fontSize: Math.max(9, (parseFloat(read('--vscode-font-size')) || 13) - 2),
    highContrast,
  };
}

const HUES = ['purple', 'blue', 'green', 'yellow', 'red'] as const;
const WHITE: Color = { r: 1, g: 1, b: 1, a: 1 };
const BLACK: Color = { r: 0.12, g: 0.12, b: 0.12, a: 1 };
