/** Where the time of a run went, as text and for machines. */
import type { KernelUse, Profile } from '../../engine/profile';
import { alignedTable, type Column } from './table';

interface Row extends KernelUse {
  /** Share of the time in all kernels, from 0 to 1. */
  readonly share: number;
  /** Arithmetic of matrix products by their time, in GFLOP/s; undefined for other kernels. */
  readonly speed: number | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'kernel', align: 'left', text: ({ kernel }) => kernel },
  { title: 'product', align: 'left', text: ({ shape }) => shape ?? '' },
  { title: 'calls', align: 'right', text: ({ calls }) => String(calls) },
  { title: 'ms', align: 'right', text: ({ milliseconds }) => milliseconds.toFixed(2) },
  { title: 'share', align: 'right', text: ({ share }) => `${(100 * share).toFixed(1)} %` },
  { title: 'GFLOP/s', align: 'right', text: ({ speed }) => speed?.toFixed(1) ?? '' },
];

/** A table of the kernels, the one that took longest first. */
export function profileText(profile: Profile, steps: number): string {
  const rows = rowsOf(profile);
  const total = rows.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const summary = `Kernels: ${total.toFixed(1)} ms in ${steps} steps, ${(total / steps).toFixed(3)} ms per step.`;
  return [summary, '', ...alignedTable(COLUMNS, rows), '', ''].join('\n');
}

/** The same rows as data. */
export function profileReport(profile: Profile): readonly object[] {
  return rowsOf(profile);
}

function rowsOf(profile: Profile): readonly Row[] {
  const { kernels } = profile;
  const total = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return kernels.map(use => ({
    ...use,
    share: total > 0 ? use.milliseconds / total : 0,
    speed: use.flops > 0 && use.milliseconds > 0 ? use.flops / use.milliseconds / 1e6 : undefined,
  }));
}
