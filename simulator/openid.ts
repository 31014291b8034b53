import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** The two halves of an RSA key, in PEM. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The PIM's one current key for signing id tokens. */
export interface OpenIdKey {
  /** In PEM. */
  readonly privateKey: string;
  /** The public half, as a certificate in PEM. */
  readonly certificate: string;
}

/** The PIM has no key pair; what it says of that is what the real one says. */
export class MissingKeysError extends Error {
  override readonly name = 'MissingKeysError';
  override readonly message = 'No OpenId keys';
}

/** Under which name the PIM remembers it. */
const CURRENT = 'current';

/**
 * The key pair of the PIM, RSA 2048. It is made when first needed: that takes a moment, and most
 * tests never use it.
 *
 * @see docs/pim-contract.md §5
 */
export class OpenIdKeys {
  #current: Promise<OpenIdKey> | undefined;
  #isMissing = false;
  readonly #kept: Map<string, OpenIdKey>;
  readonly #now: () => number;
  readonly #keyPair: () => Promise<KeyPair>;

  /**
   * @param kept what the PIM remembers: a back end that knows its key knows it after a restart, too
   * @param now milliseconds since the epoch, for the certificate's first day
   * @param keyPair makes a pair
   */
  constructor(
    kept: Map<string, OpenIdKey>,
    now: () => number,
    keyPair: () => Promise<KeyPair> = newKeyPair,
  ) {
    const key = kept.get(CURRENT);
    if (key) this.#current = Promise.resolve(key);
    this.#kept = kept;
    this.#now = now;
    this.#keyPair = keyPair;
  }

  /** The current key. There is only one at a time. @throws {MissingKeysError} when there is none. */
  async current(): Promise<OpenIdKey> {
    if (this.#isMissing) throw new MissingKeysError();
    this.#current ??= this.#newKey();
    const making = this.#current;
    const key = await making;
    // Another may have replaced it meanwhile.
    if (this.#current === making) this.#kept.set(CURRENT, key);
    return key;
  }

  /** Makes the key, unless it is there or was taken away: a PIM has it before anybody asks, and exchanges at once. */
  async prepare(): Promise<void> {
    if (!this.#isMissing) await this.current();
  }

  /** Replaces the key: id tokens signed before no longer verify. */
  rotate(): void {
    this.#current = undefined;
    this.#kept.delete(CURRENT);
    this.#isMissing = false;
  }

  /** Takes the key away, as in a PIM that has never made one, until the next {@link rotate}. */
  remove(): void {
    this.#isMissing = true;
  }

  async #newKey(): Promise<OpenIdKey> {
    const notBefore = new Date(this.#now());
    const keys = await this.#keyPair();
    const certificate = await selfSignedCertificate(keys, notBefore);
    return { privateKey: keys.privateKey, certificate };
  }
}

/** A new pair, RSA 2048; it takes about a fifth of a second. */
export function newKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/**
 * The public key as the PIM publishes it: in a self-signed certificate of `O=Akeneo` that is a CA and valid for one year;
 * PEM in lines of 64 characters with CRLF.
 *
 * @param notBefore when the certificate becomes valid
 * @see docs/pim-contract.md §5
 */
export async function selfSignedCertificate(keyPair: KeyPair, notBefore: Date): Promise<string> {
  // Loaded only here: it takes a tenth of a second, and few who start a simulator need it.
  const { generate } = await import('selfsigned');
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notBefore.getUTCFullYear() + 1);
  const { cert } = await generate([{ name: 'organizationName', value: 'Akeneo' }], {
    keyPair,
    algorithm: 'sha256',
    notBeforeDate: notBefore,
    notAfterDate: notAfter,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  return cert.replaceAll(/\r?\n/g, '\r\n');
}
