/** How many inputs of each kind; more on demand: `FUZZ_RUNS=2000000 npm run test:fuzz`. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000);
