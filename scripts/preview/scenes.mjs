// Scenes of the preview of the panel: the messages that the host would send, with canned runs.
import { COMPARISON } from './comparison-scene.mjs';
import { brokenRun, explodingRun, healthyRun, lstmRun, vanishingRun } from './runs.mjs';

const RNN_FINDINGS = [
  {
    rule: 'exploding-through-time',
    severity: 'error',
    layer: 'memory',
    step: 4,
    message:
      'The gradient of layer `memory` grows 1.12-fold at every time step on its way back: over 100 steps it is ' +
      '8.4e4 times as large at the first as at the last. ' +
      'Its recurrent weights have a spectral radius of 3.2 at the start. Start them orthogonal, or clip the gradient.',
    symptoms: [],
    fixes: [
      {
        id: 'orthogonal-recurrent-initializer',
        title: 'Start the recurrent weights of `memory` orthogonal',
        preferred: false,
        causal: true,
      },
      { id: 'clip-by-norm', title: 'Clip gradients to norm 1.2', preferred: false },
      { id: 'clip-by-value', title: 'Clip gradients to value 0.05', preferred: false },
    ],
  },
  {
    rule: 'saturated-activation',
    severity: 'warning',
    layer: 'memory',
    step: 12,
    message:
      '41 % of the outputs of layer "memory" are at the flat ends of tanh, where no gradient passes. Start its weights smaller.',
    symptoms: [],
    fixes: [{ id: 'lower-learning-rate', title: 'Lower the learning rate to 0.001', preferred: false }],
  },
];

/** Every layer of a run with one verdict, or with that of its path in `others`. */
function verdicts({ layers }, otherwise, others = {}) {
  return layers.map(({ path }) => ({ layer: path, ...(others[path] ?? otherwise) }));
}

const HEALTHY = { text: 'healthy', tone: 'healthy' };
const NO_FINDING = { text: 'no finding', tone: 'unknown' };

function verdict(name, label, rest, silenced = 0) {
  return { verdict: name, label, summary: `${label}${rest}`, silenced };
}

function status(state, step, steps, message = '') {
  return { state, step, steps, message };
}

const base = {
  modelName: 'Echo of a long sequence',
  fileName: 'exploding-rnn.model.yaml',
  uri: 'file:///w/exploding-rnn.model.yaml',
  findings: [],
  layerVerdicts: [],
  stale: false,
  current: undefined,
  previous: undefined,
};

/** Every scene: a name, and the messages that the host sends. */
export const SCENES = {
  running: [
    {
      type: 'hydrate',
      state: { ...base, status: status('running', 118, 300), current: explodingRun(1, 118), findings: RNN_FINDINGS },
    },
  ],
  finished: [
    {
      type: 'hydrate',
      state: {
        ...base,
        modelName: 'Iris, healthy',
        fileName: 'iris.model.yaml',
        status: status('done', 300, 300),
        current: healthyRun(2, 300),
        previous: vanishingRun(1, 300, 10),
        verdict: verdict(
          'trains',
          'Trains',
          ': the loss ends at 0.0412, where predicting a constant gives 1.1; it trains with all 3 seeds tried.',
        ),
        layerVerdicts: verdicts(healthyRun(2, 1), HEALTHY),
      },
    },
  ],
  sixty: [
    {
      type: 'hydrate',
      state: {
        ...base,
        modelName: 'Sixty layers of sigmoid',
        fileName: 'deep/vanishing-sigmoid-stack.model.json',
        status: status('done', 300, 300),
        current: vanishingRun(1, 300, 60),
        stale: true,
        verdict: verdict(
          'faulty',
          'Faulty',
          ' (vanishing in `block1.norm`): the loss ends at 1, where predicting a constant gives 1. The file names no data: this is a stand-in task of the same shapes.',
        ),
        layerVerdicts: verdicts(
          vanishingRun(1, 1, 60),
          { text: 'hardly moves', tone: 'warning', explainedBy: 'vanishing-gradient in `block1.norm`' },
          { 'block1.norm': { text: 'vanishing', tone: 'error' }, classes: NO_FINDING },
        ),
        findings: [
          {
            rule: 'vanishing-gradient',
            severity: 'error',
            layer: 'block1.norm',
            step: 20,
            message:
              'The gradient shrinks to 0.36 of itself in every layer on its way back: ' +
              'layer "block1.norm" gets 1.4e-17 of what layer "classes" gets, and does not learn.',
            symptoms: ['block1.expand', 'block1.project', 'block2.norm', 'block2.expand', 'block2.project'].map(
              layer => ({
                text: 'vanishing',
                layer,
                message: `\`${layer}\` shrinks the gradient too.`,
              }),
            ),
            fixes: [
              {
                id: 'fitting-initializer',
                title: 'Start `block1.norm` with lecun-normal: trains with 3 of 3 seeds, loss 1.02 → 0.068',
                preferred: true,
                causal: true,
              },
            ],
          },
        ],
      },
    },
  ],
  broken: [
    {
      type: 'hydrate',
      state: {
        ...base,
        modelName: 'Too high a rate',
        fileName: 'unscaled.model.yaml',
        status: status(
          'done',
          28,
          300,
          'The run ended at step 26: the loss is not a number. Lower the learning rate or clip the gradient, then train again.',
        ),
        current: brokenRun(4),
        previous: undefined,
        verdict: verdict(
          'faulty',
          'Faulty, 1 silenced',
          ' (not finite in `four`): the run ends in non-finite numbers.',
          1,
        ),
        layerVerdicts: verdicts(brokenRun(1), NO_FINDING, {
          one: { text: 'no gradient', tone: 'warning', explainedBy: 'non-finite in `four`' },
          two: { text: 'dead units', tone: 'warning' },
          four: { text: 'not finite', tone: 'error' },
        }),
        findings: [
          {
            rule: 'non-finite',
            severity: 'error',
            layer: 'four',
            step: 26,
            message: 'The output of layer `four` overflows at step 26, and the loss is NaN from there on.',
            symptoms: [
              {
                text: 'dead units',
                layer: 'two',
                message: 'Every unit of `two` is 0 for every example since step 10.',
              },
              { text: 'weights diverge', message: 'The weights grow 4.1 times their own length in a step.' },
            ],
            fixes: [
              {
                id: 'lower-learning-rate',
                title: 'Lower the learning rate from 0.5 to 0.01: trains with 3 of 3 seeds, loss not finite → 0.31',
                preferred: true,
                causal: true,
              },
              {
                id: 'clip-by-norm',
                title: 'Clip gradients to norm 4.1: trains with 3 of 3 seeds, loss not finite → 0.44',
                preferred: false,
              },
              {
                id: 'fitting-initializer',
                title:
                  'Initialize `four` with he-normal + Lower the learning rate to 0.05: trains with 2 of 3 seeds, loss not finite → 0.52',
                preferred: false,
              },
              {
                id: 'layer-norm',
                title: 'Normalize the output of `three`: trains with 2 of 3 seeds, loss not finite → 0.61',
                preferred: false,
              },
              { id: 'warm-up', title: 'Warm up the learning rate over 30 steps', preferred: false },
            ],
          },
          {
            rule: 'dead-relu',
            severity: 'warning',
            layer: 'two',
            step: 10,
            message: 'Every unit of layer "two" is 0 for every example since step 10.',
            symptoms: [],
            fixes: [],
          },
        ],
      },
    },
  ],
  comparison: [
    {
      type: 'hydrate',
      state: {
        ...base,
        status: status('done', 300, 300),
        current: explodingRun(2, 118),
        previous: undefined,
        verdict: verdict(
          'faulty',
          'Faulty',
          ' (exploding in time in `memory`): the loss ends at 1.21, where predicting a constant gives 1.2; it trains with 0 of 3 seeds tried.',
        ),
        layerVerdicts: verdicts(explodingRun(1, 1), NO_FINDING, {
          memory: { text: 'exploding in time', tone: 'warning' },
        }),
        findings: [
          {
            rule: 'exploding-through-time',
            severity: 'warning',
            layer: 'memory',
            step: 3,
            message:
              'The gradient grows 1e7 times over the 100 time steps of `memory`, and the loss is no lower than that of a constant.',
            symptoms: [
              {
                text: 'saturated',
                layer: 'memory',
                message: '41 % of the outputs of `memory` are at the flat ends of tanh.',
              },
            ],
            fixes: [
              {
                id: 'orthogonal-recurrent-initializer',
                title: 'Start the recurrent weights orthogonal',
                preferred: false,
                causal: true,
              },
              { id: 'clip-by-norm', title: 'Clip gradients to norm 0.8', preferred: false },
              { id: 'gru-recurrent', title: 'Make memory a gru', preferred: false },
              { id: 'lower-learning-rate', title: 'Lower the learning rate to 0.0002', preferred: false },
            ],
            verification: { running: true, message: 'Measuring the cures: 4 of 12 trainings' },
          },
        ],
        chance: { running: false, message: 'Seeds 1 to 16 tried: the model trains with 11 of 16.' },
        comparison: COMPARISON,
      },
    },
  ],
  // A run that was lucky, and what other seeds of it fail of; more seeds are being tried.
  lucky: [
    {
      type: 'hydrate',
      state: {
        ...base,
        status: status('done', 300, 300),
        current: healthyRun(2, 300),
        previous: undefined,
        verdict: verdict(
          'not-learning',
          'Not learning',
          ': the loss ends at 0.0412, where predicting a constant gives 1.1; it trains with 11 of 16 seeds tried.',
        ),
        layerVerdicts: verdicts(healthyRun(1, 1), NO_FINDING, { hidden1: { text: 'dead units', tone: 'information' } }),
        findings: [
          {
            rule: 'dead-relu',
            severity: 'information',
            layer: 'hidden1',
            step: 20,
            message:
              'The model trains with seed 4, but fails with 5 of 16 seeds tried. With seed 5: 63 % of the units of `hidden1` are zero for every ' +
              'example and pass no gradient. The loss stays at 1.01, where predicting a constant gives 1.02.',
            symptoms: [],
            fixes: [],
          },
        ],
        chance: { running: true, message: 'Trying other seeds: 5 of 13 trainings' },
      },
    },
  ],
  lstm: [
    {
      type: 'hydrate',
      state: {
        ...base,
        modelName: 'Bidirectional memory',
        fileName: 'copy.model.yaml',
        status: status('done', 300, 300),
        current: lstmRun(3),
        previous: undefined,
        verdict: verdict(
          'not-learning',
          'Not learning, 1 silenced',
          ': the loss ends at 1.63, where predicting a constant gives 1.65.',
          1,
        ),
        layerVerdicts: verdicts(lstmRun(1), NO_FINDING),
      },
    },
  ],
  failed: [
    {
      type: 'hydrate',
      state: {
        ...base,
        status: status(
          'failed',
          0,
          300,
          'The data file data/iris2.csv was not found beside the model file. Correct "path" under "data", then train again.',
        ),
      },
    },
    {
      type: 'refused',
      request: 'apply-fix',
      message: 'The fix was not applied: the text of the layer has changed since the run.',
    },
  ],
  starting: [{ type: 'hydrate', state: { ...base, status: status('starting', 0, 300) } }],
  again: [{ type: 'hydrate', state: { ...base, status: status('starting', 0, 300), previous: explodingRun(1, 118) } }],
  empty: [{ type: 'hydrate', state: { ...base, status: status('idle', 0, 0) } }],
};

/** A run of `layers` layers that grows by batches of ten steps: what the page is to draw smoothly. */
export function liveRun(layers, steps) {
  const run = vanishingRun(1, steps, layers);
  const batches = [];
  for (let start = 0; start < steps; start += 10) {
    batches.push({
      type: 'append',
      run: 1,
      records: run.records.slice(start, start + 10),
      layers: run.layers,
      throughTime: [],
      status: status('running', Math.min(steps, start + 10), steps),
    });
  }
  return {
    hydrate: {
      type: 'hydrate',
      state: { ...base, status: status('running', 0, steps), current: { ...run, records: [] } },
    },
    batches,
  };
}
