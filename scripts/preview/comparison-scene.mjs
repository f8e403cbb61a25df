// Cures compared, as the host sends them: a run that trains, some that do not, one that was left out.

const COLUMNS = [
  'cure',
  'trains in',
  'final loss',
  'loss / constant prediction',
  "steps to original's best",
  'worst gradient norm',
  'steps clipped',
  'cost per step',
];

function curve(seed, end, noise) {
  const steps = Array.from({ length: 40 }, (_, index) => index * 5);
  const loss = steps.map(
    step => end + (1.2 - Math.min(end, 1)) * Math.exp(-step / 60) * (1 + noise * Math.sin(step * (seed + 1))),
  );
  return { seed, steps, loss, gradientNorm: loss.map((value, index) => value * (3 + ((index * 7 + seed * 3) % 5))) };
}

function row(id, effect, cells, ends, noise = 0.1) {
  return { id, effect, cells, curves: ends.map((end, seed) => curve(seed + 1, end, noise)) };
}

export const COMPARISON = {
  state: 'done',
  message: '3 of 6 cures and pairs help. 1 more removes the fault and does not learn yet.',
  columns: COLUMNS,
  applicable: true,
  rows: [
    row('', 'original', ['Original', '0 of 3', '1.21', '1.01', '120', '3.1e7', '0 %', '1 ×'], [1.21, 1.3, 1.18], 0.4),
    row(
      'orthogonal-recurrent-initializer',
      'cures',
      ['Start the recurrent weights of `memory` orthogonal', '3 of 3', '0.021', '0.0175', '14', '2.4', '0 %', '1 ×'],
      [0.02, 0.03, 0.018],
    ),
    row(
      'gru-recurrent',
      'cures',
      ['Make memory a gru', '3 of 3', '0.034', '0.0283', '19', '1.9', '0 %', '2.4 ×'],
      [0.03, 0.05, 0.04],
    ),
    row(
      'orthogonal-recurrent-initializer + clip-by-norm',
      'cures',
      [
        'Start the recurrent weights of `memory` orthogonal + Clip gradients to norm 0.8',
        '3 of 3',
        '0.045',
        '0.0375',
        '22',
        '2.4',
        '31 %',
        '1.02 ×',
      ],
      [0.05, 0.04, 0.06],
    ),
    row(
      'clip-by-value',
      'removes',
      ['Clip gradients to value 0.05', '0 of 3', '1.19', '0.99', '–', '0.4', '100 %', '1.02 ×'],
      [1.19, 1.2, 1.17],
    ),
    row(
      'clip-by-norm',
      'none',
      ['Clip gradients to norm 0.8', '0 of 3', '1.17', '0.98', '88', '3.0e7', '100 %', '1.02 ×'],
      [1.17, 1.2, 1.15],
    ),
    row(
      'lower-learning-rate',
      'none',
      ['Lower the learning rate to 0.0002', '0 of 1', '1.19', '0.99', '–', '2.8e7', '0 %', '1 ×'],
      [1.19],
    ),
  ],
};
