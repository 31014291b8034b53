import type { ClientSecrets } from '../../functions/activation/ports.ts';
import type { ClientSecret } from '../../functions/pim/credentials.ts';

/**
 * Replaces Secrets Manager on a developer's machine. Nothing is written to disk. A secret that was found is kept until
 * it is asked for with `fresh`, as in a function that Lambda uses again.
 */
export class MemoryClientSecrets implements ClientSecrets {
  readonly #stored = new Map<string, ClientSecret>();
  readonly #remembered = new Map<string, ClientSecret>();

  /** Stores or replaces the secret of a client id. */
  set(clientId: string, secret: ClientSecret): void {
    this.#stored.set(clientId, secret);
  }

  /** The secret as it is remembered, or with `fresh` as it is stored now. */
  async find(
    clientId: string,
    { fresh }: { readonly fresh: boolean } = { fresh: false },
  ): Promise<ClientSecret | undefined> {
    const remembered = fresh ? undefined : this.#remembered.get(clientId);
    const secret = remembered ?? this.#stored.get(clientId);
    if (secret) this.#remembered.set(clientId, secret);
    return secret;
  }
}
