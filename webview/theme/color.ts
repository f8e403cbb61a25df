/** Colors as numbers: reading what a theme gives, mixing evenly to the eye, and keeping contrast. */

/** Red, green, blue and opacity, each in [0, 1]; sRGB. */
export interface Color {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/**
 * Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)`, the forms VS Code writes; `undefined` for
 * others.
 */
export function parseColor(text: string): Color | undefined {
  const trimmed = text.trim();
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(trimmed)?.[1];
  if (hex !== undefined) {
    const pairs = hex.length <= 4 ? Array.from(hex, digit => digit + digit) : (hex.match(/../g) ?? []);
    const [r, g, b, a = 1] = pairs.map(pair => parseInt(pair, 16) / 255);
    return { r, g, b, a };
  }
  const inner = /^rgba?\(([^)]*)\)$/i.exec(trimmed)?.[1];
  if (inner === undefined) return undefined;
  const parts = inner.split(/[\s,/]+/).filter(part => part !== '');
  const numbers = parts.map(part => (part.endsWith('%') ? Number(part.slice(0, -1)) / 100 : Number(part)));
  if (numbers.length < 3 || numbers.length > 4 || numbers.some(Number.isNaN)) return undefined;
  const [r, g, b, a = 1] = numbers;
  return { r: r / 255, g: g / 255, b: b / 255, a };
}

/** As CSS and canvas take it. */
export function cssColor({ r, g, b, a }: Color): string {
  const byte = (channel: number): number => Math.round(Math.min(1, Math.max(0, channel)) * 255);
  return `rgba(${byte(r)}, ${byte(g)}, ${byte(b)}, ${Number(a.toFixed(3))})`;
}

export function withOpacity(color: Color, a: number): Color {
  return { ...color, a };
}

/** `share` of `to` in `from`, mixed in OKLab (Ottosson 2020), where equal steps look equal. */
export function mix(from: Color, to: Color, share: number): Color {
  const [l1, a1, b1] = toOklab(from);
  const [l2, a2, b2] = toOklab(to);
  const between = (x: number, y: number): number => x + (y - x) * share;
  return fromOklab([between(l1, l2), between(a1, a2), between(b1, b2)], between(from.a, to.a));
}

/** Contrast ratio of two opaque colors, 1 to 21 (WCAG 2). */
export function contrast(first: Color, second: Color): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** `color`, moved towards `foreground` only as far as its contrast with `background` needs to reach `minimum`. */
export function readable(color: Color, background: Color, foreground: Color, minimum: number): Color {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(color, foreground, share);
    if (contrast(mixed, background) >= minimum) return mixed;
  }
  return foreground;
}

function luminance({ r, g, b }: Color): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function gamma(channel: number): number {
  return channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055;
}

function toOklab(color: Color): readonly [number, number, number] {
  const [r, g, b] = [linear(color.r), linear(color.g), linear(color.b)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, greenRed, blueYellow]: readonly [number, number, number], a: number): Color {
  const l = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
  const m = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
  const s = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
  const clamp = (channel: number): number => Math.min(1, Math.max(0, gamma(Math.max(0, channel))));
  return {
    r: clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    g: clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    b: clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    a,
  };
}
