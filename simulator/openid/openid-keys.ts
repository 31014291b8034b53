import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';

/** The two halves of a key. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The PIM's one current key for signing id tokens. */
export interface OpenIdKey {
  readonly privateKey: KeyObject;
  /** The public half, as a certificate in PEM. */
  readonly certificate: string;
}

/**
 * The key pair of the PIM, RSA 2048. It is made when first needed, because that takes a moment and
 * most tests never look at it.
 *
 * @see docs/pim-contract.md §5
 */
export class OpenIdKeys {
  #current: Promise<OpenIdKey> | undefined;
  readonly #now: () => number;
  readonly #keyPair: () => Promise<KeyPair>;

  /**
   * @param now milliseconds since the epoch, for the certificate's first day
   * @param keyPair makes a pair
   */
  constructor(now: () => number, keyPair: () => Promise<KeyPair> = newKeyPair) {
    this.#now = now;
    this.#keyPair = keyPair;
  }

  /** The current key. There is never a second one beside it. */
  current(): Promise<OpenIdKey> {
    this.#current ??= this.#newKey();
    return this.#current;
  }

  /** Replaces the key: id tokens signed before no longer verify. */
  rotate(): void {
    this.#current = undefined;
  }

  async #newKey(): Promise<OpenIdKey> {
    const notBefore = new Date(this.#now());
    const keys = await this.#keyPair();
    return { privateKey: keys.privateKey, certificate: selfSignedCertificate(keys, notBefore) };
  }
}

/** A new pair, RSA 2048; it takes about a fifth of a second. */
export function newKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
}
