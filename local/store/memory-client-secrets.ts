import type { ClientSecrets } from '../../functions/activation/ports.ts';
import type { ClientSecret } from '../../functions/pim/credentials.ts';

/**
 * Stands in for Secrets Manager on a developer's machine: nothing is written anywhere. A secret that was found is
 * remembered until it is asked for afresh, as a warm function remembers it.
 */
export class MemoryClientSecrets implements ClientSecrets {
  readonly #stored = new Map<string, ClientSecret>();
  readonly #remembered = new Map<string, ClientSecret>();

  set(clientId: string, secret: ClientSecret): void {
    this.#stored.set(clientId, secret);
  }

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
