/**
 * Stands in the bundles for `node:http`.
 *
 * Removes undici from the cold path: the first ESM `import` of `node:http` reads every export, also the
 * lazy ones (`WebSocket` and its kin), which loads all of undici and takes ten times as long as the
 * module itself. `process.getBuiltinModule` returns the very same module without touching them.
 *
 * Safe, because it is Node's own module; only the exports that bundled code imports are passed on, and a
 * missing one fails the build.
 *
 * @see {@link https://github.com/nodejs/node/issues/59686 Importing node:http loads undici}
 * @see {@link https://nodejs.org/api/process.html#processgetbuiltinmoduleid process.getBuiltinModule}
 */
const http = process.getBuiltinModule('node:http');

export default http;
export const { Agent, request } = http;
