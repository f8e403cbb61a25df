// AssemblyScript: loops that try to reach the most that 128-bit arithmetic gives on this machine. Which of them comes
// nearest depends on the processor, so the faster one counts.

/**
 * Twelve numbers are multiplied and added to without end, each
 * on its own, so that none waits for another, and all stays in registers: only the processor's units are the limit.
 * 12 × (4 + 4) = 96 operations a turn.
 */
export function chains(turns: i32): f32 {
  const factor = f32x4.splat(0.9999),
    added = f32x4.splat(0.0001);
  let a = added,
    b = added,
    c = added,
    d = added,
    e = added,
    f = added,
    g = added,
    h = added,
    i = added,
    j = added,
    k = added,
    l = added;
  for (let turn = 0; turn < turns; turn++) {
    a = f32x4.add(f32x4.mul(a, factor), added);
    b = f32x4.add(f32x4.mul(b, factor), added);
    c = f32x4.add(f32x4.mul(c, factor), added);
    d = f32x4.add(f32x4.mul(d, factor), added);
    e = f32x4.add(f32x4.mul(e, factor), added);
    f = f32x4.add(f32x4.mul(f, factor), added);
    g = f32x4.add(f32x4.mul(g, factor), added);
    h = f32x4.add(f32x4.mul(h, factor), added);
    i = f32x4.add(f32x4.mul(i, factor), added);
    j = f32x4.add(f32x4.mul(j, factor), added);
    k = f32x4.add(f32x4.mul(k, factor), added);
    l = f32x4.add(f32x4.mul(l, factor), added);
  }
  const first = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  return f32x4.extract_lane(
    f32x4.add(first, f32x4.add(f32x4.add(f32x4.add(g, h), f32x4.add(i, j)), f32x4.add(k, l))),
    0,
  );
}

/**
 * Products of two numbers with sixteen, from 40 kB that stay in the first-level cache, added to sixteen sums, as the
 * tiles of matrix products do: 8 × (4 + 4) = 64 operations a turn. `turns` is rounded to whole passes over the 512
 * places. On AMD's Zen 5 this comes nearer to the limit than the loop above, which reads registers alone.
 */
export function products(turns: i32): f32 {
  const start = memory.data(40960, 16);
  let a = f32x4.splat(0),
    b = f32x4.splat(0),
    c = f32x4.splat(0),
    d = f32x4.splat(0);
  let e = f32x4.splat(0),
    f = f32x4.splat(0),
    g = f32x4.splat(0),
    h = f32x4.splat(0);
  for (let pass = 0; pass < turns >> 9; pass++) {
    let left = start,
      right = start + 8192,
      inner = 512;
    do {
      const x = v128.load32_splat(left),
        y = v128.load32_splat(left, 4);
      let z = v128.load(right);
      a = f32x4.add(a, f32x4.mul(x, z));
      b = f32x4.add(b, f32x4.mul(y, z));
      z = v128.load(right, 16);
      c = f32x4.add(c, f32x4.mul(x, z));
      d = f32x4.add(d, f32x4.mul(y, z));
      z = v128.load(right, 32);
      e = f32x4.add(e, f32x4.mul(x, z));
      f = f32x4.add(f, f32x4.mul(y, z));
      z = v128.load(right, 48);
      g = f32x4.add(g, f32x4.mul(x, z));
      h = f32x4.add(h, f32x4.mul(y, z));
      left += 16;
      right += 64;
    } while (--inner);
  }
  const first = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  return f32x4.extract_lane(f32x4.add(first, f32x4.add(f32x4.add(e, f), f32x4.add(g, h))), 0);
}
