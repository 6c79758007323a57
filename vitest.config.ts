import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node gives our dependencies the CommonJS copy of graphql, Vite would give us the other: one alias, one copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // To end what hangs, and no measure of speed: on a busy machine a test may take ten times as long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 25_000 } },
  },
});
