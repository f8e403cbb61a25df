import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layerStrokes, rampAt } from '../../webview/charts/color-ramp';
import { contrast, cssColor, mix, parseColor, readable } from '../../webview/theme/color';
import { themeFrom } from '../../webview/theme/theme';

interface SavedTheme {
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}
/** Variables as VS Code gives them to a webview. */
const THEMES = JSON.parse(readFileSync('scripts/preview/themes.json', 'utf8')) as Readonly<Record<string, SavedTheme>>;

const theme = (name: string) =>
  themeFrom(variable => THEMES[name].variables[variable] ?? '', THEMES[name].body.split(' '));
const color = (text: string) => parseColor(text)!;

describe('parseColor', () => {
  it.each([
    ['#fff', 'rgba(255, 255, 255, 1)'],
    ['#1f1f1f', 'rgba(31, 31, 31, 1)'],
    ['#0078d480', 'rgba(0, 120, 212, 0.502)'],
    ['rgb(1, 2, 3)', 'rgba(1, 2, 3, 1)'],
    ['rgba(204, 204, 204, 0.2)', 'rgba(204, 204, 204, 0.2)'],
    [' rgb(1 2 3 / 50%) ', 'rgba(1, 2, 3, 0.5)'],
  ])('reads %s', (text, css) => expect(cssColor(color(text))).toBe(css));

  it('does not guess', () => {
    for (const text of ['', 'red', '#12', 'rgb(1, 2)', 'rgb(a, b, c)', 'var(--x)'])
      expect(parseColor(text)).toBeUndefined();
  });
});

describe('mix', () => {
  it('gives back both ends', () => {
    const [from, to] = [color('#1a85ff'), color('#cca700')];
    expect(cssColor(mix(from, to, 0))).toBe(cssColor(from));
    expect(cssColor(mix(from, to, 1))).toBe(cssColor(to));
  });
});

describe('contrast', () => {
  it('is 21 between black and white, 1 of a color with itself', () => {
    expect(contrast(color('#000'), color('#fff'))).toBeCloseTo(21, 6);
    expect(contrast(color('#389'), color('#389'))).toBe(1);
  });

  it('is reached by readable, which leaves a readable color alone', () => {
    const [dark, light] = [color('#1f1f1f'), color('#cccccc')];
    expect(contrast(readable(color('#222244'), dark, light, 3), dark)).toBeGreaterThanOrEqual(3);
    expect(cssColor(readable(color('#59a4f9'), dark, light, 3))).toBe(cssColor(color('#59a4f9')));
  });
});

describe('themeFrom', () => {
  it('knows both high-contrast themes by their classes', () => {
    expect(['dark', 'light', 'high-contrast', 'high-contrast-light'].map(name => theme(name).highContrast)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('gives opaque anchors in every theme, though one is translucent or missing in some', () => {
    for (const name of Object.keys(THEMES)) expect(theme(name).ramp.map(({ a }) => a)).toEqual([1, 1, 1, 1, 1]);
  });

  it('is readable without any variable', () => {
    for (const classes of [['vscode-dark'], ['vscode-light'], []]) {
      const bare = themeFrom(() => '', classes);
      expect(contrast(bare.foreground, bare.background)).toBeGreaterThan(7);
    }
  });
});

describe('layerStrokes', () => {
  it.each(Object.keys(THEMES))('keeps every curve visible in %s', name => {
    const { background } = theme(name);
    for (const count of [1, 2, 7, 200]) {
      const strokes = layerStrokes(count, theme(name));
      expect(strokes).toHaveLength(count);
      for (const stroke of strokes) expect(contrast(stroke.color, background)).toBeGreaterThanOrEqual(3);
    }
  });

  it('tells neighbors apart by dash as well, while they are few', () => {
    const strokes = layerStrokes(8, theme('dark'));
    for (let index = 1; index < strokes.length; index++)
      expect(strokes[index].dash).not.toEqual(strokes[index - 1].dash);
  });

  it('runs through the anchors in their order', () => {
    const { ramp } = theme('dark');
    ramp.forEach((anchor, index) => expect(cssColor(rampAt(ramp, index / (ramp.length - 1)))).toBe(cssColor(anchor)));
    expect(cssColor(rampAt(ramp, 7))).toBe(cssColor(ramp[4]));
  });
});
