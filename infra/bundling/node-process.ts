/**
 * Stands in the bundles for `node:process`.
 *
 * Removes what an ESM `import` of that module loads: it reads every export, also the lazy ones, so
 * `process.report` and `process.finalization` are made for nobody. The global is the very same object.
 *
 * Safe, because it is Node's own `process`; only the exports that bundled code imports are passed on, and
 * a missing one fails the build. `env` is the live one: what is set later is seen.
 *
 * @see {@link https://nodejs.org/api/process.html Node's `process`}
 */
export const { env, versions } = process;
