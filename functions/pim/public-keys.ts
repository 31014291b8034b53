import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Agent } from 'node:https';
import type { PimUrl } from './pim-url.ts';
import { type PimFailure, parseJsonObject, send } from './send.ts';

/** A PIM's public key, and whether it was asked for it just now. */
export interface FoundKey {
  readonly kind: 'key';
  readonly key: KeyObject;
  readonly isFresh: boolean;
}

/** The PIM has answered with something else than an RSA key, or not at all. */
export type NoKey = PimFailure | { readonly kind: 'no-key'; readonly status: number };

/** A PIM changes its key about once a year, and without notice; a bad signature makes us ask again before. */
const LIFETIME_MS = 60 * 60 * 1000;

/** More PIMs than a function meets while it is warm. */
const MAX_KEYS = 100;

/** The public keys of PIMs, kept for an hour. Keys alone are remembered: after a failure the PIM is asked again. */
export class PublicKeys {
  readonly #known = new Map<string, { readonly key: KeyObject; readonly until: number }>();

  /**
   * The key of a PIM, from memory or from the PIM. Never throws for anything that the PIM does.
   *
   * @param timeoutMs bound on asking.
   * @param options.fresh ask the PIM, because a signature did not fit the key in memory.
   */
  async find(
    pim: PimUrl,
    timeoutMs: number,
    options: { readonly now: number; readonly fresh?: boolean; readonly agent?: Agent | undefined },
  ): Promise<FoundKey | NoKey> {
    const known = this.#known.get(pim.toString());
    if (known && known.until > options.now && !options.fresh)
      return { kind: 'key', key: known.key, isFresh: false };
    const asked = await ask(pim, timeoutMs, options.agent);
    this.#known.delete(pim.toString());
    if (asked.kind !== 'key') return asked;
    if (this.#known.size >= MAX_KEYS) this.#known.clear();
    this.#known.set(pim.toString(), { key: asked.key, until: options.now + LIFETIME_MS });
    return asked;
  }
}

/** @see docs/pim-contract.md §5 */
async function ask(pim: PimUrl, timeoutMs: number, agent?: Agent): Promise<FoundKey | NoKey> {
  const url = pim.at('/connect/apps/v1/openid/public-key');
  const answer = await send(url, { method: 'GET', headers: {} }, timeoutMs, agent);
  if (answer.kind === 'failed') return answer;
  const { status, body } = answer;
  const key = status === 200 ? rsaKey(parseJsonObject(body)['public_key']) : undefined;
  return key ? { kind: 'key', key, isFresh: true } : { kind: 'no-key', status };
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.3 RFC 7518, section 3.3} */
const LEAST_BITS = 2048;

/**
 * Of a certificate in PEM, as PIMs send it, or of a bare public key. Its dates do not count: it is signed by itself, and
 * that it is the PIM's key is known from where it was fetched.
 */
function rsaKey(pem: unknown): KeyObject | undefined {
  try {
    const key = createPublicKey(String(pem));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    return key.asymmetricKeyType === 'rsa' && bits >= LEAST_BITS ? key : undefined;
  } catch {
    return undefined;
  }
}
