import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * One project a level of testing; each file name says what it promises, each folder at which level.
 *
 * A timeout ends what hangs and judges nothing else: it leaves room for a machine that is ten times as busy.
 */
const level = (name: string, timeout = 60_000, more = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
    ...more,
  },
});

/** What the examples of the docs import by the names that they have once published; the same as in `tsconfig.json`. */
const PUBLISHED = {
  'akeneo-app-activation/infra': fileURLToPath(new URL('infra/index.ts', import.meta.url)),
  'akeneo-app-activation/reader': fileURLToPath(new URL('reader/index.ts', import.meta.url)),
  'akeneo-app/testing': fileURLToPath(new URL('tool/testing.ts', import.meta.url)),
};

export default defineConfig({
  resolve: { alias: PUBLISHED },
  test: {
    // Files share a process, so that modules load once: a third of the time, and what one test leaves behind is found.
    isolate: false,
    expect: { poll: { timeout: 30_000 } },
    // More than Vitest takes: most tests wait for a socket more than they compute.
    maxWorkers: availableParallelism() + 1,
    projects: [
      level('unit'),
      level('flow'),
      level('store'),
      // The three above, whose files share processes: what `npm test` runs.
      level('core', 60_000, {
        include: ['unit', 'flow', 'store'].map((folder) => `test/${folder}/**/*.test.ts`),
      }),
      level('start'),
      level('fuzz', 600_000, {
        include: [
          'test/fuzz/**/*.test.ts',
          'test/unit/cli/unsafe-text.test.ts',
          'test/unit/health/sweep-concurrency.test.ts',
          'test/unit/pim/exchange-budget.test.ts',
        ],
        // How many inputs of each kind; more on demand.
        env: { FUZZ_RUNS: process.env['FUZZ_RUNS'] ?? '100000' },
      }),
      level('scale', 1_200_000),
      level('browser', 180_000),
      level('infra', 120_000, { globalSetup: 'test/infra/support/synthesis-folder.ts' }),
      level('package', 600_000, { globalSetup: 'test/package/support/pack.ts' }),
      level('deploy', 600_000),
    ],
    coverage: {
      provider: 'v8',
      include: [
        'functions/**/*.ts',
        'local/**/*.ts',
        'cli/**/*.ts',
        'simulator/**/*.ts',
        'reader/**/*.ts',
        'terminal/**/*.ts',
      ],
      // Wiring that runs as a process of its own: seen by the tests of `npm start`, the demo, the bundles and the deployment.
      exclude: [
        'functions/handlers/*.ts',
        'local/start.ts',
        'local/demo.ts',
        'local/pages.ts',
        'cli/main.ts',
        'cli/terminal/process-io.ts',
        '**/*.d.ts',
      ],
      reporter: ['text-summary'],
      thresholds: { statements: 95, branches: 90, functions: 95, lines: 95 },
    },
  },
});
