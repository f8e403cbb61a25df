import os from 'node:os';
import { defineConfig } from 'vitest/config';
import { kernelsVitePlugin } from './scripts/compile-kernels.mjs';

export default defineConfig({
  plugins: [kernelsVitePlugin()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/integration/**'],
    testTimeout: 30_000,
    // Its own default leaves one core idle, which on two cores is half of them.
    maxWorkers: os.availableParallelism(),
  },
});
