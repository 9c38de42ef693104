import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As Node resolves it for the libraries too: two copies of graphql can't share a schema.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    setupFiles: ['test/harness/leak-check.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A test that asserts nothing, or whose loop found nothing, fails.
    expect: { requireAssertions: true },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
