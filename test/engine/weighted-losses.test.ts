import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/engine/graph';
import {
  CLASS_WEIGHTS,
  crossEntropy,
  weightedBinaryCrossEntropy,
  weightedCrossEntropy,
} from '../../src/engine/operators/losses';
import { createSession } from '../../src/engine/session';
import type { Session } from '../../src/engine/session-contract';

const LOGITS = [0.5, -1.2, 2, 1, 0.3, -0.7, -2, 0.1, 0.4, 0, 3, -1];
const CLASSES = [2, 0, 1, 0];
const KERNELS = [
  { kernels: 'reference', precision: 'float64', digits: 13 },
  { kernels: 'simd', precision: 'float32', digits: 6 },
] as const;

function session(training: Graph, { kernels, precision }: (typeof KERNELS)[number], evaluation?: Graph): Session {
  const optimizer = { type: 'sgd', weightDecay: 0, momentum: 0, nesterov: false } as const;
  return createSession({ training, ...(evaluation && { evaluation }), optimizer, kernels, precision, seed: 1 });
}

function weighted(weights: readonly number[], smoothing: number, kernels: (typeof KERNELS)[number]): Session {
  const graph = new Graph('training', 4);
  weightedCrossEntropy(graph, graph.parameter('logits', [4, 3]), graph.ids('target', [4], 3), smoothing);
  const opened = session(graph, kernels);
  opened.parameter('logits').set(LOGITS);
  opened.feed('target', CLASSES);
  opened.feed(CLASS_WEIGHTS, weights);
  return opened;
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
}

/** Of `torch.nn.functional.cross_entropy` with `weight` and `label_smoothing`, in float64. */
const PYTORCH = [
  {
    weights: [1, 1, 1],
    smoothing: 0.1,
    loss: 1.2383983930250875,
    gradient: [
      0.035802181383259454, -0.000270501969024832, -0.03553167941423463, -0.08445901621702528, 0.06559546465860713,
      0.018863551558418172, 0.004049435101526206, -0.13221354230629095, 0.12816410720476473, -0.22168017768883985,
      0.2257265546357931, -0.004046376946953236,
    ],
  },
  {
    weights: [0.5, 2, 3],
    smoothing: 0,
    loss: 0.7175032849940296,
    gradient: [
      0.08827102943318557, 0.016125662728617002, -0.10439669216180258, -0.03370856096123065, 0.024642932663980155,
      0.009065628297250501, 0.01651035791314605, -0.1985069452972768, 0.18199658738413074, -0.07944894811850217,
      0.07801996265637548, 0.001428985462126699,
    ],
  },
  {
    weights: [0.5, 2, 3],
    smoothing: 0.2,
    loss: 0.9826666796235783,
    gradient: [
      0.07584994936616003, -0.007350777705830987, -0.06849917166032904, 0.0038690954150018943, 0.015563607862547344,
      -0.01943270327754923, 0.010679629725704727, -0.1563096073201, 0.14562997759439522, -0.06626616489281444,
      0.09740838718422017, -0.031142222291405727,
    ],
  },
] as const;

/** The same with `ignore_index`, and the share of right answers among the others. */
const IGNORING = [
  {
    ignored: 0,
    weights: undefined,
    smoothing: 0,
    loss: 0.569675595592735,
    accuracy: 0.5,
    gradient: [
      0.08827102943318557, 0.016125662728617002, -0.10439669216180258, 0, 0, 0, 0.02476553686971908,
      -0.29776041794591523, 0.2729948810761961, 0, 0, 0,
    ],
  },
  {
    ignored: 0,
    weights: [1, 1, 1],
    smoothing: 0.1,
    loss: 0.6780089289260683,
    accuracy: 0.5,
    gradient: [
      0.07160436276651891, -0.000541003938049664, -0.07106335882846926, 0, 0, 0, 0.008098870203052413,
      -0.2644270846125819, 0.25632821440952946, 0, 0, 0,
    ],
  },
  {
    ignored: 2,
    weights: [0.5, 2, 3],
    smoothing: 0.2,
    loss: 1.5904635883330318,
    accuracy: 1 / 3,
    gradient: [
      0, 0, 0, 0.007738190830003789, 0.03112721572509469, -0.03886540655509846, 0.021359259451409453, -0.3126192146402,
      0.29125995518879044, -0.13253232978562887, 0.19481677436844033, -0.06228444458281145,
    ],
  },
] as const;

describe.each(KERNELS)('with $kernels kernels', kernels => {
  it.each(PYTORCH)(
    'cross-entropy with weights $weights and smoothing $smoothing is that of PyTorch',
    ({ weights, smoothing, loss, gradient }) => {
      const opened = weighted(weights, smoothing, kernels);
      const measured = opened.gradients();
      expect(measured.loss).toBeCloseTo(loss, kernels.digits);
      expectClose(opened.gradient('logits'), gradient, kernels.digits);
      expect(measured.accuracy).toBe(0.5);
    },
  );

  it.each(IGNORING)('class $ignored does not count, with weights $weights and smoothing $smoothing', expected => {
    const { ignored, weights, smoothing, loss, accuracy, gradient } = expected;
    const graph = new Graph('training', 4);
    const [logits, target] = [graph.parameter('logits', [4, 3]), graph.ids('target', [4], 3)];
    if (weights) weightedCrossEntropy(graph, logits, target, smoothing, ignored);
    else crossEntropy(graph, logits, target, ignored);
    const opened = session(graph, kernels);
    opened.parameter('logits').set(LOGITS);
    opened.feed('target', CLASSES);
    if (weights) opened.feed(CLASS_WEIGHTS, weights);
    const measured = opened.gradients();
    expect(measured.loss).toBeCloseTo(loss, kernels.digits);
    expectClose(opened.gradient('logits'), gradient, kernels.digits);
    expect(measured.accuracy).toBeCloseTo(accuracy, 12);
  });

  it('equal weights without smoothing are the loss without weights', () => {
    const graph = new Graph('training', 4);
    crossEntropy(graph, graph.parameter('logits', [4, 3]), graph.ids('target', [4], 3));
    const opened = session(graph, kernels);
    opened.parameter('logits').set(LOGITS);
    opened.feed('target', CLASSES);
    const same = weighted([7, 7, 7], 0, kernels);
    expect(same.gradients().loss).toBeCloseTo(opened.gradients().loss, kernels.digits);
    expectClose(same.gradient('logits'), [...opened.gradient('logits')], kernels.digits);
  });

  it('takes scores far apart, and tells infinite ones', () => {
    const opened = weighted([1, 1, 1], 0, kernels);
    opened.parameter('logits').set([0, -1000, 2000, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(opened.gradients().loss).toBeCloseTo((3 * Math.log(3)) / 4, kernels.digits);
    opened.parameter('logits').set([-Infinity, Infinity, 0]);
    expect(opened.gradients().nonFinite).toBeDefined();
  });

  it('binary cross-entropy with pos_weight is that of PyTorch', () => {
    const graph = new Graph('training', 4);
    weightedBinaryCrossEntropy(graph, graph.parameter('logits', [4, 1]), graph.target('target', [4, 1]), 2.5);
    const opened = session(graph, kernels);
    opened.parameter('logits').set([0.5, -1.2, 2, -30]);
    opened.feed('target', [1, 0, 0, 1]);
    const measured = opened.gradients();
    expect(measured.loss).toBeCloseTo(19.643850734707875, kernels.digits - 1);
    expectClose(
      opened.gradient('logits'),
      [-0.2359629179988409, 0.057868804125245595, 0.22019926949447058, -0.6249999999999415],
      kernels.digits,
    );
    expect(measured.accuracy).toBe(0.5);
  });
});
