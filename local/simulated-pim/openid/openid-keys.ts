import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';

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

  /** @param now milliseconds since the epoch, for the certificate's first day */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The current key. There is never a second one beside it. */
  current(): Promise<OpenIdKey> {
    this.#current ??= newKey(new Date(this.#now()));
    return this.#current;
  }

  /** Replaces the key: id tokens signed before no longer verify. */
  rotate(): void {
    this.#current = undefined;
  }
}

async function newKey(notBefore: Date): Promise<OpenIdKey> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { privateKey: keys.privateKey, certificate: selfSignedCertificate(keys, notBefore) };
}
