import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Bytes = Uint8Array;

/**
 * Stands in the bundles for `@smithy/core/checksum`, of which the clients use two classes: one for signatures, one for
 * the check that SQS got a message whole.
 *
 * Removes SHA-256 and MD5 written in JavaScript, for machines without them, 4 KB. The hashes are Node's own, as they are
 * in the classes that these replace.
 *
 * Safe, because a test lets a server check the signatures, and a wrong hash would be a wrong signature or a failed
 * check; a client that asks for another checksum fails the build.
 */
class NodeHash {
  readonly #algorithm: string;
  readonly #secret: Bytes | string | undefined;
  #hash: Hash | Hmac;

  /** @param secret makes it an HMAC. */
  constructor(algorithm: string, secret?: Bytes | string) {
    this.#algorithm = algorithm;
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
    return this.#secret === undefined
      ? createHash(this.#algorithm)
      : createHmac(this.#algorithm, this.#secret);
  }
}

export class Sha256 extends NodeHash {
  constructor(secret?: Bytes | string) {
    super('sha256', secret);
  }
}

export class Md5 extends NodeHash {
  constructor() {
    super('md5');
  }
}
