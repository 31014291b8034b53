import { defineConfig } from 'vitest/config';

/** One project a level of testing; each file name says what it promises, each folder at which level. */
const level = (name: string, timeout = 10_000) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
  },
});

export default defineConfig({
  test: {
    projects: [
      level('unit'),
      level('flow', 20_000),
      level('store', 20_000),
      level('browser', 60_000),
      level('infra', 120_000),
      level('deploy', 600_000),
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts', 'local/**/*.ts', 'operator/**/*.ts', 'reader/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { statements: 95, branches: 90, functions: 95, lines: 95 },
    },
  },
});
