import type { IdBuffer, MeasureBuffer, NumberBuffer } from '../../../src/engine/kernels/buffers';
import type { KernelSet } from '../../../src/engine/kernels/kernel-set';
import type { Kernels } from '../../../src/engine/kernels/kernels';
import { referenceKernels } from '../../../src/engine/kernels/reference/open-reference-kernels';
import { openSimdKernels } from '../../../src/engine/kernels/simd/open-simd-kernels';

/**
 * One array of a kernel call; the same one given twice is one place in memory. All are compared afterwards, so an input
 * must come out unchanged; scratch is not looked at.
 */
export class Operand {
  constructor(
    readonly kind: 'numbers' | 'ids' | 'measures' | 'scratch',
    readonly values: Float64Array,
  ) {}
}

export type Argument = Operand | number | boolean | string | undefined;

export interface KernelCase {
  readonly args: readonly Argument[];
  /** Allowed error, relative to the larger of the expected value and the array's mean size. */
  readonly tolerance?: number;
  /** Allowed error of the number returned, absolute. */
  readonly resultAllowance?: number;
}

const GUARD_BYTES = 64;
const GUARD = 0xa5;
const ARENA_BYTES = 4 * 2 ** 20;
const set = openSimdKernels(ARENA_BYTES);

interface Place {
  readonly offset: number;
  readonly byteLength: number;
}

/**
 * Runs a kernel on the reference in double precision and on the SIMD kernels with the same float32 input, and says
 * where they differ: a wrong value, a NaN or infinity on one side only, or a byte written outside the arrays. Empty
 * when all is well.
 */
export function differences(
  name: keyof Kernels,
  { args, tolerance = 2e-6, resultAllowance = 0 }: KernelCase,
): string[] {
  const operands = new Set(args.filter(arg => arg instanceof Operand));
  const inDoubles = new Map([...operands].map(operand => [operand, doubles(operand)]));
  const expected = args.map(arg => (arg instanceof Operand ? inDoubles.get(arg) : arg));
  const expectedResult = call(referenceKernels, name, expected);

  const { places, end } = layOut(operands);
  const used = new Uint8Array(set.memory, set.base, end - set.base).fill(GUARD);
  const inSingles = new Map([...operands].map(operand => [operand, singles(operand, places.get(operand)!.offset)]));
  const got = args.map(arg => (arg instanceof Operand ? inSingles.get(arg) : arg));
  const result = call(set.kernels, name, got);

  const found: string[] = [];
  if (typeof expectedResult === 'number') {
    compare('result', [expectedResult], [result as number], tolerance, resultAllowance, found);
  }
  args.forEach((arg, i) => {
    if (!(arg instanceof Operand) || arg.kind === 'scratch') return;
    compare(`argument ${i}`, (expected[i] as NumberBuffer).data, (got[i] as NumberBuffer).data, tolerance, 0, found);
  });
  const isInside = (byte: number): boolean =>
    [...places.values()].some(({ offset, byteLength }) => byte >= offset && byte < offset + byteLength);
  const stray = used.findIndex((value, i) => value !== GUARD && !isInside(set.base + i));
  if (stray >= 0) found.push(`wrote outside the arrays, at byte ${stray} of the arena`);
  return found;
}

/** Runs a kernel of any float32 set; returns by position the numbers of its arguments after it, scratch left out. */
export function writtenBy(
  kernelSet: KernelSet,
  name: keyof Kernels,
  args: readonly Argument[],
): readonly (Float32Array | Float64Array | undefined)[] {
  const { places } = layOut(new Set(args.filter(arg => arg instanceof Operand)), kernelSet);
  const buffers = new Map([...places].map(([operand, { offset }]) => [operand, singles(operand, offset, kernelSet)]));
  call(
    kernelSet.kernels,
    name,
    args.map(arg => (arg instanceof Operand ? buffers.get(arg) : arg)),
  );
  return args.map(arg =>
    arg instanceof Operand && arg.kind === 'numbers' ? (buffers.get(arg) as NumberBuffer).data : undefined,
  );
}

/** Places for the arrays in a set's arena, with guard bytes around each. */
function layOut(
  operands: ReadonlySet<Operand>,
  { base }: KernelSet = set,
): { places: ReadonlyMap<Operand, Place>; end: number } {
  const places = new Map<Operand, Place>();
  let next = base + GUARD_BYTES;
  for (const operand of operands) {
    const place = { offset: next, byteLength: bytesOf(operand) };
    places.set(operand, place);
    next = Math.ceil((next + place.byteLength + GUARD_BYTES) / 64) * 64;
  }
  if (next > base + ARENA_BYTES) throw new Error('The case does not fit into the test arena.');
  return { places, end: next };
}

function call(kernels: Kernels, name: keyof Kernels, args: readonly unknown[]): unknown {
  return (kernels[name] as (...args: readonly unknown[]) => unknown)(...args);
}

function bytesOf({ kind, values }: Operand): number {
  return values.length * (kind === 'measures' ? 8 : 4);
}

type AnyBuffer = NumberBuffer | IdBuffer | MeasureBuffer;

function doubles({ kind, values }: Operand): AnyBuffer {
  const data = kind === 'ids' ? Int32Array.from(values) : Float64Array.from(values);
  return { offset: 0, length: values.length, data } as AnyBuffer;
}

function singles({ kind, values }: Operand, offset: number, { memory }: KernelSet = set): AnyBuffer {
  const ArrayType = { numbers: Float32Array, scratch: Float32Array, ids: Int32Array, measures: Float64Array }[kind];
  const data = new ArrayType(memory, offset, values.length);
  data.set(values);
  return { offset, length: values.length, data } as AnyBuffer;
}

function compare(
  what: string,
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
  tolerance: number,
  allowance: number,
  found: string[],
): void {
  if (expected.length !== got.length) found.push(`${what}: ${got.length} values instead of ${expected.length}`);
  let total = 0;
  let count = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isFinite(expected[i])) {
      total += Math.abs(expected[i]);
      count++;
    }
  }
  const size = count > 0 ? total / count : 0;
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i];
    const have = got[i];
    // what float32 cannot tell from 0 counts as 0
    const allowed = tolerance * Math.max(Math.abs(want), size) + allowance + 2 ** -149;
    const same =
      Object.is(want, have) || want === have || Math.abs(want - have) <= allowed || Math.fround(want) === have;
    if (!same) {
      found.push(`${what}[${i}]: expected ${want}, got ${have}`);
      if (found.length > 5) return;
    }
  }
}
