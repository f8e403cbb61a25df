// Canned runs for the preview of the panel: invented numbers of the kind that real runs give, the same at every call.

const wire = number => (Number.isFinite(number) ? number : Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf');

function noise(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/** Records of `steps` steps; `norm(layer, step)` and `loss(step)` give the numbers before some noise. */
function records(layers, steps, { norm, loss, accuracy, validationEvery, seed = 1 }) {
  const random = noise(seed);
  return Array.from({ length: steps }, (_, step) => {
    const norms = layers.map((layer, index) => (layer.isTrained ? norm(index, step) * 10 ** (0.35 * random()) : 0));
    const value = loss(step) * (1 + 0.25 * random());
    const validated = validationEvery && (step % validationEvery === 0 || step === steps - 1);
    return {
      step,
      loss: wire(value),
      ...(accuracy && { accuracy: Math.max(0, Math.min(1, Math.round((accuracy(step) + 0.12 * random()) * 32) / 32)) }),
      ...(validated && { validationLoss: wire(loss(step) * 1.15) }),
      ...(validated && accuracy && { validationAccuracy: Math.max(0, accuracy(step) - 0.03) }),
      learningRate: 0.01,
      gradientNorm: wire(Math.hypot(...norms)),
      clipFactor: 1,
      layerGradientNorms: norms.map(wire),
    };
  });
}

function row(path, type, activation, numbers = {}) {
  const { norm = NaN, forward = 1, backward = 1, update = 1e-3, dead = 0, saturated = 0 } = numbers;
  return {
    path,
    type,
    activation,
    isTrained: !['activation', 'flatten', 'last-step', 'mean-over-time', 'dropout'].includes(type),
    gradientNorm: wire(norm),
    forwardGain: wire(forward),
    backwardGain: wire(backward),
    updateRatio: wire(update),
    deadShare: wire(dead),
    saturatedShare: wire(saturated),
  };
}

const RNN_LAYERS = [
  row('memory', 'rnn', 'identity', { norm: 48210, forward: NaN, backward: 1.31e4, update: 0.184, saturated: 0.412 }),
  row('answer', 'dense', 'identity', { norm: 2.87, forward: 0.318, backward: 0.771, update: 0.0213 }),
];

const rnnRecords = steps =>
  records(RNN_LAYERS, steps, {
    norm: (layer, step) => (layer === 0 ? 300 * Math.exp(2.6 + 2.4 * Math.sin(step / 5)) : 2.4 + Math.sin(step / 9)),
    loss: step => 0.9 + 0.5 * Math.abs(Math.sin(step / 6)),
    seed: 3,
  });

const overTime = (length, factor, last) =>
  Array.from({ length }, (_, t) => last * factor ** (length - 1 - t) * (1 + 0.1 * Math.sin(t * 1.7)));

const ADDING = 'adding problem, 1024 examples of 100 time steps';

export const explodingRun = (id, steps) => ({
  id,
  label: `Run ${id} · 14:0${id}:12`,
  task: ADDING,
  layers: RNN_LAYERS,
  records: rnnRecords(steps),
  throughTime: [{ layer: 'memory', direction: 'forward', step: steps - 1, hidden: overTime(100, 1.12, 0.021) }],
});

function deepLayers(count, healthy) {
  return Array.from({ length: count }, (_, index) => {
    const depth = count - 1 - index;
    return row(
      index === count - 1 ? 'classes' : `block${Math.floor(index / 3) + 1}.${['norm', 'expand', 'project'][index % 3]}`,
      index % 3 === 0 && index !== count - 1 ? 'layer-norm' : 'dense',
      index === count - 1 ? 'identity' : index % 3 === 1 ? 'relu' : 'identity',
      {
        norm: healthy ? 0.3 + 0.1 * Math.sin(index) : 0.4 * 10 ** (-depth * 0.45),
        forward: healthy ? 0.98 + 0.05 * Math.sin(index) : 0.71,
        backward: healthy ? 1.02 + 0.08 * Math.cos(index) : 0.36,
        update: healthy ? 0.0012 : 2e-6,
        dead: index % 3 === 1 ? 0.04 : 0,
        saturated: 0,
      },
    );
  });
}

export function healthyRun(id, steps) {
  const layers = deepLayers(10, true);
  return {
    id,
    label: `Run ${id} · 14:0${id}:41`,
    task: 'iris.csv: 150 examples of 4 features, 3 species; 30 held back',
    layers,
    clipNorm: 1.5,
    records: records(layers, steps, {
      norm: (layer, step) => (0.35 + 0.04 * layer) * Math.exp(-step / 220),
      loss: step => 0.04 + 1.05 * Math.exp(-step / 55),
      accuracy: step => 0.97 - 0.62 * Math.exp(-step / 40),
      validationEvery: 20,
      seed: 5,
    }),
    throughTime: [],
  };
}

export function vanishingRun(id, steps, count) {
  const layers = deepLayers(count, false);
  return {
    id,
    label: `Run ${id} · 14:0${id}:12`,
    task: 'noisy teacher network, 2048 examples of 16 features',
    taskInferred: true,
    layers,
    records: records(layers, steps, {
      norm: (layer, step) => 0.4 * 10 ** (-(count - 1 - layer) * (count > 20 ? 0.28 : 0.45)) * Math.exp(-step / 400),
      loss: step => 1.02 - step * 1e-4,
      accuracy: count > 20 ? undefined : () => 0.36,
      seed: 7,
    }),
    throughTime: [],
  };
}

export function brokenRun(id) {
  const layers = ['one', 'two', 'three', 'four', 'out'].map((name, index) =>
    row(name, 'dense', index < 4 ? 'relu' : 'identity', {
      norm: index < 2 ? 0 : 3.1e12,
      forward: 1.9,
      backward: index < 2 ? 0 : 2.8,
      update: index < 2 ? 0 : 4.1,
      dead: index === 1 ? 1 : 0.2,
    }),
  );
  const run = records(layers, 28, {
    norm: (layer, step) => (layer < 2 && step > 9 ? 0 : 0.5 * 10 ** (step * (0.3 + 0.05 * layer))),
    loss: step => 2 * 10 ** (step * 0.4),
    seed: 9,
  });
  for (const record of run.slice(26))
    Object.assign(record, { loss: 'nan', gradientNorm: 'nan', layerGradientNorms: [0, 0, 'inf', 'nan', 'nan'] });
  return {
    id,
    label: `Run ${id} · 14:07:55`,
    task: 'two spirals, 512 examples',
    layers,
    records: run,
    throughTime: [],
  };
}

export function lstmRun(id) {
  const layers = [
    row('words', 'embedding', 'identity', { norm: 0.021 }),
    row('forth', 'lstm', 'identity', { norm: 0.34, saturated: 0.02 }),
    row('mean', 'mean-over-time'),
    row('drop', 'dropout', 'identity'),
    row('answer', 'dense', 'softmax', { norm: 0.8, forward: 0.4, backward: 1.3 }),
  ];
  return {
    id,
    label: `Run ${id} · 14:09:03`,
    task: 'copy memory, 1024 examples of 40 time steps',
    layers,
    records: records(layers, 300, {
      norm: layer => [0.02, 0.3, 0, 0, 0.8][layer],
      loss: step => 0.2 + 1.6 * Math.exp(-step / 80),
      accuracy: step => 0.9 - 0.7 * Math.exp(-step / 70),
      seed: 2,
    }),
    throughTime: ['forward', 'reverse'].map(direction => {
      const hidden = overTime(40, 0.93, 0.02);
      const cell = overTime(40, 0.97, 0.013);
      return {
        layer: 'forth',
        direction,
        step: 299,
        hidden: direction === 'reverse' ? hidden.reverse() : hidden,
        cell: direction === 'reverse' ? cell.reverse() : cell,
      };
    }),
  };
}
