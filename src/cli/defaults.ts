/** `npm run defaults`: measures defaults over the families, a line per choice. */
import { FAMILIES } from './defaults/families';
import { measureDefaults } from './defaults/measure-defaults';

const SEEDS = 3;

console.log(`${Object.keys(FAMILIES).length} families, ${SEEDS} seeds each, Adam\n`);
console.log("rate    steps  initializer under relu  at half a constant's loss  median of it  stuck");
for (const hidden of ['glorot-uniform', 'he-normal'] as const) {
  for (const steps of [100, 300]) {
    for (const rate of [0.001, 0.003, 0.01, 0.03]) {
      const { trainsWell, trainings, medianLoss, stuck } = measureDefaults(FAMILIES, { rate, steps, hidden }, SEEDS);
      console.log(
        [
          String(rate).padEnd(8),
          String(steps).padEnd(7),
          hidden.padEnd(24),
          `${trainsWell} of ${trainings}`.padEnd(27),
          medianLoss.toPrecision(3).padEnd(14),
          stuck.join(', ') || '-',
        ].join(''),
      );
    }
  }
}
