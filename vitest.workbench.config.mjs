import { defineConfig } from 'vitest/config';

// Tests that type and click in a real VS Code shown by headless Chromium. One at a time: each starts a server of its
// own.
export default defineConfig({
  test: {
    include: ['test/integration/workbench/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
