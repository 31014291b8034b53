/**
 * Stands in the bundles for `node:crypto`.
 *
 * Removes Web Crypto from the cold path: an ESM `import` of `node:crypto` reads every export, also the lazy
 * `webcrypto` and `subtle`, and so loads modules that nothing here uses. `process.getBuiltinModule` returns
 * the very same module without touching them.
 *
 * Safe, because it is Node's own module; only the exports that bundled code imports are passed on, and a
 * missing one fails the build.
 *
 * @see {@link https://nodejs.org/api/process.html#processgetbuiltinmoduleid process.getBuiltinModule}
 * @see {@link https://nodejs.org/api/crypto.html#cryptorandomfillsyncbuffer-offset-size randomFillSync}
 */
const crypto = process.getBuiltinModule('node:crypto');

export const { createHash, createHmac, randomBytes, randomUUID } = crypto;

function member<Name extends keyof typeof crypto>(name: Name): (typeof crypto)[Name] {
  return crypto[name];
}

// For logins alone. Marked as pure, so that no other bundle has them.
export const createCipheriv = /* @__PURE__ */ member('createCipheriv');
export const createDecipheriv = /* @__PURE__ */ member('createDecipheriv');
export const createPublicKey = /* @__PURE__ */ member('createPublicKey');
export const hkdfSync = /* @__PURE__ */ member('hkdfSync');
export const verify = /* @__PURE__ */ member('verify');

/**
 * Fills an array with random bytes and returns it, as the member of Web Crypto of this name does, from the same source.
 * The SDK makes its UUIDs from it.
 */
export const getRandomValues = crypto.randomFillSync;
