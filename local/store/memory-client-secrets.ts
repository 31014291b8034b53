import type { ClientSecrets } from '../../functions/activation/ports.ts';
import type { ClientSecret } from '../../functions/pim/credentials.ts';

/** Stands in for Secrets Manager on a developer's machine: nothing is written anywhere. */
export class MemoryClientSecrets implements ClientSecrets {
  readonly #secrets = new Map<string, ClientSecret>();

  set(clientId: string, secret: ClientSecret): void {
    this.#secrets.set(clientId, secret);
  }

  async find(clientId: string): Promise<ClientSecret | undefined> {
    return this.#secrets.get(clientId);
  }
}
