import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Bytes = Uint8Array;

/**
 * Stands in the bundles for `@smithy/core/checksum`, of which the clients use one class.
 *
 * Removes SHA-256 written in JavaScript, for machines without it, 4 KB. The hash is Node's own, as it is
 * in the class that this replaces.
 *
 * Safe, because a test lets a server check the signatures, and a wrong hash would be a wrong signature; a
 * client that asks for another checksum fails the build.
 */
export class Sha256 {
  readonly #secret: Bytes | string | undefined;
  #hash: Hash | Hmac;

  /** @param secret makes it an HMAC. */
  constructor(secret?: Bytes | string) {
    this.#secret = secret;
    this.#hash = this.#start();
  }

  update(data: Bytes | string): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Bytes> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }

  #start(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}
