/**
 * Stands in the bundles for `node:fs`.
 *
 * Removes Node's file streams and what they load, such as its watchers and its line reader, from the cold path: an ESM
 * `import` of `node:fs` reads every export, also the lazy `ReadStream`. `process.getBuiltinModule` returns the very
 * same module without touching it.
 *
 * Safe, because it is Node's own module; only the exports that bundled code imports are passed on, and a missing one
 * fails the build. The SDK asks of a request's body whether it is a stream of a file; none of ours is.
 *
 * @see {@link https://nodejs.org/api/process.html#processgetbuiltinmoduleid process.getBuiltinModule}
 */
export const { createReadStream, fstatSync, lstatSync, readdirSync, readFileSync } =
  process.getBuiltinModule('node:fs');

/** Has no instances. */
export function ReadStream(): void {}
