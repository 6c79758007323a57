import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const PROOFS = 'test/**/*.proof.test.ts';
const SYSTEM = 'test/**/*.system.test.ts';
const STUDIO = 'test/studio/*.studio.test.ts';
const LONG = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  resolve: {
    alias: [
      // Node gives our dependencies the CommonJS copy of graphql, Vite would give us the other: one alias, one copy.
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // The examples import this package by its name.
      { find: /^astria-graphql$/, replacement: resolve('src/embed.ts') },
    ],
  },
  test: {
    // To end what hangs, and no measure of speed: on a busy machine a test may take ten times as long.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Two processes for each core, as many tests wait. Each loads the gateway once for all of its files.
    maxWorkers: 2 * availableParallelism(),
    isolate: false,
    setupFiles: 'test/support/undo.ts',
    // The name of a file says where it belongs. `npm run test:quick` runs the first, `npm test` the first two.
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [PROOFS, SYSTEM, STUDIO] },
      },
      { extends: true, test: { ...LONG, name: 'proofs', include: [PROOFS] } },
      {
        extends: true,
        test: {
          ...LONG,
          name: 'system',
          include: [SYSTEM],
          globalSetup: 'test/support/programs.ts',
        },
      },
      {
        extends: true,
        test: {
          ...LONG,
          name: 'studio',
          include: [STUDIO],
          globalSetup: 'test/studio/build.ts',
        },
      },
    ],
  },
});
