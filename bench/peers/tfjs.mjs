// TensorFlow.js: tfjs.mjs WORKLOAD wasm|cpu, with WARM_MS and WINDOW_MS set. Prints one JSON line.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

const require = createRequire(import.meta.url);
const dir = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const [W, BACKEND] = process.argv.slice(2);
console.warn = () => {}; // its advertisement of tfjs-node
const tf = require('@tensorflow/tfjs-core');
const tfl = require('@tensorflow/tfjs-layers');
if (BACKEND === 'cpu') require('@tensorflow/tfjs-backend-cpu');
else {
  const w = require('@tensorflow/tfjs-backend-wasm');
  w.setWasmPaths(path.join(dir, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
  w.setThreadsCount(1);
}
await tf.setBackend(BACKEND);
await tf.ready();
const L = tfl.layers;
const onehot = (n, k) => tf.tidy(() => tf.cast(tf.oneHot(tf.randomUniform([n], 0, k, 'int32'), k), 'float32'));
const ints = (shape, k) => tf.randomUniform(shape, 0, k, 'int32');
let model, data, opt, fwd;
const xent = (y, o) => tf.losses.softmaxCrossEntropy(y, o);
const simple = (build, x, y) => {
  model = build();
  fwd = b => xent(b[1], model.apply(b[0], { training: true }));
  data = [0, 1, 2, 3].map(() => [x(), y()]);
};
const mlp = (sizes, activation) => () => {
  const m = tfl.sequential();
  for (let i = 1; i < sizes.length; i++)
    m.add(
      L.dense({
        units: sizes[i],
        activation: i < sizes.length - 1 ? activation : undefined,
        inputShape: i === 1 ? [sizes[0]] : undefined,
      }),
    );
  return m;
};
const rec = kind => () => {
  const m = tfl.sequential();
  m.add(
    L[kind]({
      units: 64,
      inputShape: [100, 16],
      recurrentInitializer: 'glorotUniform',
      ...(kind === 'lstm' ? { recurrentActivation: 'sigmoid' } : {}),
    }),
  );
  m.add(L.dense({ units: 10 }));
  return m;
};
if (W === 'a') {
  simple(
    mlp([2, 64, 64, 64, 3], 'relu'),
    () => tf.randomNormal([32, 2]),
    () => onehot(32, 3),
  );
  opt = tf.train.adam(1e-3);
} else if (W === 'b') {
  simple(
    mlp([...Array(33).fill(64), 10], 'tanh'),
    () => tf.randomNormal([32, 64]),
    () => onehot(32, 10),
  );
  opt = tf.train.sgd(1e-2);
} else if (W === 'c') {
  simple(
    mlp([784, 512, 512, 10], 'relu'),
    () => tf.randomNormal([64, 784]),
    () => onehot(64, 10),
  );
  opt = tf.train.momentum(1e-2, 0.9);
} else if (W === 'd') {
  simple(
    rec('simpleRNN'),
    () => tf.randomNormal([32, 100, 16]),
    () => onehot(32, 10),
  );
  opt = tf.train.sgd(1e-2);
} else if (W === 'e') {
  simple(
    rec('lstm'),
    () => tf.randomNormal([32, 100, 16]),
    () => onehot(32, 10),
  );
  opt = tf.train.adam(1e-3);
} else if (W === 'f') {
  simple(
    () => {
      const m = tfl.sequential();
      m.add(L.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [28, 28, 1] }));
      m.add(L.maxPooling2d({ poolSize: 2 }));
      m.add(L.conv2d({ filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' }));
      m.add(L.maxPooling2d({ poolSize: 2 }));
      m.add(L.flatten());
      m.add(L.dense({ units: 10 }));
      return m;
    },
    () => tf.randomNormal([32, 28, 28, 1]),
    () => onehot(32, 10),
  );
  opt = tf.train.adam(1e-3);
} else if (W === 'g') {
  const V = 64,
    T = 64,
    D = 64,
    H = 4,
    B = 8,
    P = {};
  const p = (name, shape, std = 0.08) =>
    (P[name] = tf.variable(
      std === 1 ? tf.ones(shape) : std === 0 ? tf.zeros(shape) : tf.randomNormal(shape, 0, std),
      true,
      name,
    ));
  p('tok', [V, D], 0.5);
  p('pos', [T, D], 0.5);
  p('lng', [D], 1);
  p('lnb', [D], 0);
  p('hw', [D, V]);
  p('hb', [V], 0);
  for (let l = 0; l < 2; l++) {
    p(l + 'l1g', [D], 1);
    p(l + 'l1b', [D], 0);
    p(l + 'qkv', [D, 3 * D]);
    p(l + 'qkvb', [3 * D], 0);
    p(l + 'pw', [D, D]);
    p(l + 'pb', [D], 0);
    p(l + 'l2g', [D], 1);
    p(l + 'l2b', [D], 0);
    p(l + 'f1', [D, 4 * D]);
    p(l + 'f1b', [4 * D], 0);
    p(l + 'f2', [4 * D, D]);
    p(l + 'f2b', [D], 0);
  }
  const mask = tf.tidy(() => tf.mul(tf.sub(tf.linalg.bandPart(tf.ones([T, T]), -1, 0), 1), 1e9));
  const ln = (x, g, b) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), g), b);
  };
  const lin = (x, w, b) => tf.add(tf.matMul(x, w), b);
  const gelu = x => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  fwd = ([i, y]) => {
    let x = tf.reshape(
      tf.add(BACKEND === 'wasm' ? tf.reshape(tf.matMul(i, P.tok), [B, T, D]) : tf.gather(P.tok, i), P.pos),
      [B * T, D],
    );
    for (let l = 0; l < 2; l++) {
      const q3 = tf.transpose(
        tf.reshape(lin(ln(x, P[l + 'l1g'], P[l + 'l1b']), P[l + 'qkv'], P[l + 'qkvb']), [B, T, 3, H, D / H]),
        [2, 0, 3, 1, 4],
      );
      const [q, k, v] = tf.unstack(q3);
      const a = tf.softmax(tf.add(tf.mul(tf.matMul(q, k, false, true), (D / H) ** -0.5), mask));
      x = tf.add(x, lin(tf.reshape(tf.transpose(tf.matMul(a, v), [0, 2, 1, 3]), [B * T, D]), P[l + 'pw'], P[l + 'pb']));
      x = tf.add(
        x,
        lin(gelu(lin(ln(x, P[l + 'l2g'], P[l + 'l2b']), P[l + 'f1'], P[l + 'f1b'])), P[l + 'f2'], P[l + 'f2b']),
      );
    }
    return xent(y, lin(ln(x, P.lng, P.lnb), P.hw, P.hb));
  };
  data = [0, 1, 2, 3].map(() => [BACKEND === 'wasm' ? onehot(B * T, V) : ints([B, T], V), onehot(B * T, V)]);
  opt = tf.train.adam(1e-3); // no AdamW in tfjs: Adam
} else if (W === 'h') {
  const V = 50,
    D = 64,
    T = 30,
    B = 32;
  const emb = () =>
    BACKEND === 'wasm' ? L.dense({ units: D, useBias: false }) : L.embedding({ inputDim: V, outputDim: D });
  const es = emb(),
    et = emb();
  const src = () =>
    BACKEND === 'wasm' ? tf.reshape(onehot(B * T, V), [B, T, V]) : tf.cast(ints([B, T], V), 'float32');
  const enc = L.gru({
      units: D,
      returnSequences: true,
      returnState: true,
      recurrentActivation: 'sigmoid',
      recurrentInitializer: 'glorotUniform',
    }),
    dec = L.gru({
      units: D,
      returnSequences: true,
      recurrentActivation: 'sigmoid',
      recurrentInitializer: 'glorotUniform',
    });
  const comb = L.dense({ units: D, activation: 'tanh' }),
    out = L.dense({ units: V });
  fwd = ([s, t, y]) => {
    const [e, h] = enc.apply(es.apply(s));
    const d = dec.apply(et.apply(t), { initialState: [h] });
    const a = tf.softmax(tf.matMul(d, e, false, true));
    return xent(y, out.apply(comb.apply(tf.reshape(tf.concat([d, tf.matMul(a, e)], -1), [B * T, 2 * D]))));
  };
  data = [0, 1, 2, 3].map(() => [src(), src(), onehot(B * T, V)]);
  opt = tf.train.adam(1e-3);
}
let nT = 0,
  nP = 0;
if (W === 'h') tf.tidy(() => fwd(data[0])); // builds the layers' variables
function step(k) {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => fwd(data[k % 4]));
    const names = Object.keys(grads);
    if (!nT) {
      nT = names.length;
      for (const n of names) nP += grads[n].size;
    }
    tf.stack(names.map(n => tf.sqrt(tf.sum(tf.square(grads[n]))))).dataSync();
    opt.applyGradients(grads);
    return value.dataSync()[0];
  });
}
const out = { engine: 'tfjs', backend: BACKEND, version: tf.version_core };
try {
  const l0 = step(0);
  const cold = performance.now();
  const timed = await measure(step, l0);
  Object.assign(out, { ...timed, cold_ms: Math.round(cold), params: nP });
} catch (e) {
  out.error = String(e.message).split('\n')[0].slice(0, 300);
}
console.log(JSON.stringify(out));
process.exit(0);
