import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type ClientSecrets, ServiceError } from '../activation/ports.ts';
import { ClientSecret } from '../pim/credentials.ts';
import { isMalformed } from '../pim/malformed.ts';

/**
 * Client secrets in Secrets Manager, one named `<prefix><client id>` for each client. They are kept in the
 * memory of a warm function; a rotated one is noticed when the PIM refuses the old.
 */
export class SecretsManagerClientSecrets implements ClientSecrets {
  readonly #client: SecretsManagerClient;
  readonly #prefix: string;
  readonly #cache = new Map<string, ClientSecret>();

  constructor(client: SecretsManagerClient, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async find(clientId: string, options = { fresh: false }): Promise<ClientSecret | undefined> {
    const cached = options.fresh ? undefined : this.#cache.get(clientId);
    if (cached) return cached;
    const secret = ClientSecret.parse(await this.#read(clientId));
    this.#cache.delete(clientId);
    if (isMalformed(secret)) return undefined;
    this.#cache.set(clientId, secret);
    return secret;
  }

  async #read(clientId: string): Promise<string | undefined> {
    const command = new GetSecretValueCommand({ SecretId: this.#prefix + clientId });
    try {
      return (await this.#client.send(command)).SecretString;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw new ServiceError('secrets-manager', error);
    }
  }
}

/**
 * Whether there is no such secret, or it is scheduled for deletion: then it may be restored but not read.
 *
 * @see {@link https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html GetSecretValue}
 */
function isGone(error: unknown): boolean {
  return error instanceof ResourceNotFoundException || error instanceof InvalidRequestException;
}
