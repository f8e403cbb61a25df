/** How curves of many layers are told apart: color by depth, and dashes so that color is never the only sign. */
import { type Color, mix, readable } from '../theme/color';
import type { Theme } from '../theme/theme';

/** Contrast that a curve keeps with the background (WCAG 2.1, 1.4.11: graphical objects). */
const MINIMUM_CONTRAST = 3;

const DASHES: readonly (readonly number[])[] = [[], [9, 3], [3, 2], [9, 3, 2, 3]];

/**
 * With more curves than this, dashes make a texture of the chart and slow it down; a curve is found through its row
 * instead.
 */
const MAXIMUM_DASHED = 16;

/** How one curve is drawn. */
export interface Stroke {
  readonly color: Color;
  /** Lengths of line and gap in CSS pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

/**
 * One stroke a layer: colors run through the theme's ramp from the first layer to the last; dashes alternate among
 * few.
 */
export function layerStrokes(
  count: number,
  theme: Pick<Theme, 'ramp' | 'background' | 'foreground'>,
): readonly Stroke[] {
  return Array.from({ length: count }, (_, index) => ({
    color: readable(
      rampAt(theme.ramp, count < 2 ? 0.25 : index / (count - 1)),
      theme.background,
      theme.foreground,
      MINIMUM_CONTRAST,
    ),
    dash: count > MAXIMUM_DASHED ? [] : DASHES[index % DASHES.length],
  }));
}

/** The color at `position` in [0, 1] along evenly spaced anchors. */
export function rampAt(anchors: readonly Color[], position: number): Color {
  const place = Math.min(1, Math.max(0, position)) * (anchors.length - 1);
  const left = Math.min(anchors.length - 2, Math.floor(place));
  return mix(anchors[left], anchors[left + 1], place - left);
}
