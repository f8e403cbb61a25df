// jax-js on its wasm backend; the whole step is one jit(): jaxjs.mjs WORKLOAD, with WARM_MS and WINDOW_MS set. Prints
// one JSON line.
import * as jax from '@jax-js/jax';
import { measure } from './measure.mjs';

const [W] = process.argv.slice(2);
const { numpy: np, nn, lax, jit, valueAndGrad, tree } = jax;
await jax.init('wasm');
jax.defaultDevice('wasm');
let seed = 12345;
const rnd = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296;
const gauss = () => Math.sqrt(-2 * Math.log(rnd() + 1e-12)) * Math.cos(2 * Math.PI * rnd());
const size = s => s.reduce((a, b) => a * b, 1);
const mk = (shape, f) => np.array(Float32Array.from({ length: size(shape) }, f)).reshape(shape);
const uni = (shape, k) => mk(shape, () => (rnd() * 2 - 1) * k),
  zeros = s => np.zeros(s),
  ones = s => np.ones(s),
  randn = (s, k = 1) => mk(s, () => gauss() * k);
const ids = (shape, hi) =>
  np.array(Int32Array.from({ length: size(shape) }, () => Math.floor(rnd() * hi))).reshape(shape);
const hot = (n, k) => nn.oneHot(ids([n], k), k);
const P = {};
const lin = (name, i, o) => {
  P[name + 'w'] = uni([i, o], Math.sqrt(1 / i));
  P[name + 'b'] = zeros([o]);
};
const dense = (p, n, x) => np.matmul(x, p[n + 'w']).add(p[n + 'b']);
const xent = (logits, y) => nn.logSoftmax(logits).mul(y).sum(-1).mean().mul(-1);
let loss,
  data,
  opt = 'adam';
if (W === 'a' || W === 'b' || W === 'c') {
  const sizes = { a: [2, 64, 64, 64, 3], b: [...Array(33).fill(64), 10], c: [784, 512, 512, 10] }[W],
    act = W === 'b' ? np.tanh : nn.relu,
    B = W === 'c' ? 64 : 32;
  opt = { a: 'adam', b: 'sgd', c: 'mom' }[W];
  for (let i = 1; i < sizes.length; i++) lin('l' + i + '_', sizes[i - 1], sizes[i]);
  loss = (p, x, y) => {
    for (let i = 1; i < sizes.length; i++) {
      x = dense(p, 'l' + i + '_', x);
      if (i < sizes.length - 1) x = act(x);
    }
    return xent(x, y);
  };
  data = [0, 1, 2, 3].map(() => [randn([B, sizes[0]]), hot(B, sizes.at(-1))]);
} else if (W === 'd' || W === 'e') {
  const G = W === 'd' ? 1 : 4,
    T = 100,
    B = 32,
    H = 64;
  opt = W === 'd' ? 'sgd' : 'adam';
  P.wi = uni([16, G * H], 0.125);
  P.wh = uni([H, G * H], 0.125);
  P.b = zeros([G * H]);
  lin('o', H, 10);
  loss = (p, x, y) => {
    const gi = np.matmul(x, p.wi).add(p.b); // [T,B,G*H]: input projection for all steps at once
    const xs = np.split(gi, T, 0).map(v => v.reshape([B, G * H]));
    let h = np.zeros([B, H]),
      c = np.zeros([B, H]);
    for (let t = 0; t < T; t++) {
      const g = xs[t].add(np.matmul(h, p.wh.ref));
      if (W === 'd') h = np.tanh(g);
      else {
        const [i, f, u, o] = np.split(g, 4, 1);
        c = nn
          .sigmoid(f)
          .mul(c)
          .add(nn.sigmoid(i).mul(np.tanh(u)));
        h = nn.sigmoid(o).mul(np.tanh(t < T - 1 ? c.ref : c));
      }
    }
    if (W === 'd') c.dispose();
    p.wh.dispose();
    return xent(dense(p, 'o', h), y);
  };
  data = [0, 1, 2, 3].map(() => [randn([T, B, 16]), hot(B, 10)]);
} else if (W === 'f') {
  P.k1 = uni([16, 1, 3, 3], 1 / 3);
  P.b1 = zeros([16, 1, 1]);
  P.k2 = uni([32, 16, 3, 3], 1 / 12);
  P.b2 = zeros([32, 1, 1]);
  lin('o', 32 * 49, 10);
  const pool = x => {
    const [b, c, h, w] = x.shape;
    return x.reshape([b, c, h / 2, 2, w / 2, 2]).max([3, 5]);
  };
  loss = (p, x, y) => {
    x = pool(nn.relu(lax.conv(x, p.k1, [1, 1], 'SAME').add(p.b1)));
    x = pool(nn.relu(lax.conv(x, p.k2, [1, 1], 'SAME').add(p.b2)));
    return xent(dense(p, 'o', x.reshape([32, 32 * 49])), y);
  };
  data = [0, 1, 2, 3].map(() => [randn([32, 1, 28, 28]), hot(32, 10)]);
} else if (W === 'g') {
  const V = 64,
    T = 64,
    D = 64,
    H = 4,
    B = 8,
    L = 2;
  opt = 'adamw';
  P.tok = randn([V, D], 1);
  P.pos = randn([T, D], 1);
  P.lg = ones([D]);
  P.lb = zeros([D]);
  lin('o', D, V);
  for (let l = 0; l < L; l++) {
    P[l + 'ag'] = ones([D]);
    P[l + 'ab'] = zeros([D]);
    lin(l + 'q', D, 3 * D);
    lin(l + 'p', D, D);
    P[l + 'mg'] = ones([D]);
    P[l + 'mb'] = zeros([D]);
    lin(l + 'f', D, 4 * D);
    lin(l + 'e', 4 * D, D);
  }
  const mask = np.triu(np.ones([T, T]), 1).mul(-1e9);
  const ln = (x, g, b) => nn.standardize(x, -1).mul(g).add(b);
  const gelu = x => nn.gelu(x, { approximate: false });
  loss = (p, x, y) => {
    x = np
      .matmul(x, p.tok)
      .reshape([B, T, D])
      .add(p.pos)
      .reshape([B * T, D]); // x: one-hot [B*T,V]
    for (let l = 0; l < L; l++) {
      const qkv = dense(p, l + 'q', ln(x.ref, p[l + 'ag'], p[l + 'ab']))
        .reshape([B, T, 3, H, D / H])
        .transpose([2, 0, 3, 1, 4]);
      const [q, k, v] = np.split(qkv, 3, 0).map(u => u.reshape([B, H, T, D / H]));
      const a = nn.softmax(
        np
          .matmul(q, k.transpose([0, 1, 3, 2]))
          .mul((D / H) ** -0.5)
          .add(mask.ref),
        -1,
      );
      x = x.add(
        dense(
          p,
          l + 'p',
          np
            .matmul(a, v)
            .transpose([0, 2, 1, 3])
            .reshape([B * T, D]),
        ),
      );
      x = x.ref.add(dense(p, l + 'e', gelu(dense(p, l + 'f', ln(x, p[l + 'mg'], p[l + 'mb'])))));
    }
    return xent(dense(p, 'o', ln(x, p.lg, p.lb)), y);
  };
  data = [0, 1, 2, 3].map(() => [hot(B * T, V), hot(B * T, V)]);
} else if (W === 'h') {
  const V = 50,
    D = 64,
    T = 30,
    B = 32;
  P.es = randn([V, D]);
  P.et = randn([V, D]);
  for (const n of ['e', 'd']) {
    P[n + 'wi'] = uni([D, 3 * D], 0.125);
    P[n + 'wh'] = uni([D, 3 * D], 0.125);
    P[n + 'bi'] = zeros([3 * D]);
    P[n + 'bh'] = zeros([3 * D]);
  }
  lin('c', 2 * D, D);
  lin('o', D, V);
  const gru = (p, n, x, h) => {
    // x [T*B,D]
    const xs = np
        .split(
          np
            .matmul(x, p[n + 'wi'])
            .add(p[n + 'bi'])
            .reshape([T, B, 3 * D]),
          T,
          0,
        )
        .map(v => v.reshape([B, 3 * D])),
      out = [];
    for (let t = 0; t < T; t++) {
      const [ir, iz, inn] = np.split(xs[t], 3, 1),
        [hr, hz, hn] = np.split(np.matmul(h.ref, p[n + 'wh'].ref).add(p[n + 'bh'].ref), 3, 1);
      const r = nn.sigmoid(ir.add(hr)),
        z = nn.sigmoid(iz.add(hz)),
        c = np.tanh(inn.add(r.mul(hn)));
      h = z.ref.mul(h).add(np.subtract(1, z).mul(c));
      out.push(h.ref);
    }
    p[n + 'wh'].dispose();
    p[n + 'bh'].dispose();
    return [np.stack(out, 1), h];
  };
  loss = (p, s, t, y) => {
    const [e, h] = gru(p, 'e', np.matmul(s, p.es), np.zeros([B, D]));
    const [d, h2] = gru(p, 'd', np.matmul(t, p.et), h);
    h2.dispose();
    const a = nn.softmax(np.matmul(d.ref, e.ref.transpose([0, 2, 1])), -1);
    return xent(
      dense(p, 'o', np.tanh(dense(p, 'c', np.concatenate([d, np.matmul(a, e)], -1).reshape([B * T, 2 * D])))),
      y,
    );
  };
  data = [0, 1, 2, 3].map(() => [hot(T * B, V), hot(T * B, V), hot(B * T, V)]);
}
const names = Object.keys(P);
const nP = names.reduce((s, n) => s + size(P[n].shape), 0);
const st = () => {
  const o = {};
  for (const n of names) o[n] = np.zeros(P[n].shape);
  return o;
};
let S = opt === 'sgd' ? {} : opt === 'mom' ? { m: st() } : { m: st(), v: st() };
const lr = W === 'a' || 'efgh'.includes(W) ? 1e-3 : 1e-2;
function stepFn(p, s, c1, c2, ...xy) {
  const [l, g] = valueAndGrad(loss)(tree.ref(p), ...xy);
  const np_ = {},
    ns = opt === 'sgd' ? {} : opt === 'mom' ? { m: {} } : { m: {}, v: {} },
    norms = [];
  for (const n of names) {
    norms.push(np.sqrt(np.square(g[n].ref).sum()));
    if (opt === 'sgd') np_[n] = p[n].sub(g[n].mul(lr));
    else if (opt === 'mom') {
      const m = s.m[n].mul(0.9).add(g[n]);
      ns.m[n] = m.ref;
      np_[n] = p[n].sub(m.mul(lr));
    } else {
      const m = s.m[n].mul(0.9).add(g[n].ref.mul(0.1)),
        v = s.v[n].mul(0.999).add(np.square(g[n]).mul(0.001));
      ns.m[n] = m.ref;
      ns.v[n] = v.ref;
      const base = opt === 'adamw' ? p[n].mul(1 - lr * 0.01) : p[n];
      np_[n] = base.sub(
        m
          .mul(c1.ref)
          .div(np.sqrt(v.mul(c2.ref)).add(1e-8))
          .mul(lr),
      );
    }
  }
  c1.dispose();
  c2.dispose();
  return [np_, ns, np.stack([l, ...norms])];
}
const run = jit(stepFn);
let params = P,
  k = 0;
async function step() {
  const t = k + 1,
    xy = data[k % 4].map(v => v.ref);
  k++;
  const [p, s, out] = run(
    params,
    S,
    np.array(new Float32Array([1 / (1 - 0.9 ** t)])).reshape([]),
    np.array(new Float32Array([1 / (1 - 0.999 ** t)])).reshape([]),
    ...xy,
  );
  params = p;
  S = s;
  const o = out.dataSync();
  return o[0];
}
const out = { engine: 'jax-js', version: '0.1.25' };
try {
  const l0 = await step();
  const cold = performance.now();
  const timed = await measure(step, l0);
  Object.assign(out, { ...timed, cold_ms: Math.round(cold), params: nP });
} catch (e) {
  out.error = String(e.message).split('\n')[0].slice(0, 300);
}
console.log(JSON.stringify(out));
process.exit(0);
