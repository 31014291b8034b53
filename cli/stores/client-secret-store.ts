import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ClientSecret } from '../../functions/pim/credentials.ts';

/** How long a deleted secret can be brought back: the least that Secrets Manager allows. */
export const RECOVERY_DAYS = 7;

/** What storing a secret did. */
export type Stored = 'created' | 'replaced';

/** Whether a secret can be read: one that is `being-deleted` cannot, but can still be restored. */
export type SecretState = 'stored' | 'absent' | 'being-deleted';

/**
 * Client secrets in Secrets Manager, one named `<prefix><client id>` for each client id, where the callback function
 * reads them. An App Store app has one secret for many PIMs. This side never reads a secret's value.
 */
export class ClientSecretStore {
  readonly #client: SecretsManagerClient;
  readonly #prefix: string;

  constructor(client: SecretsManagerClient, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  /** The name of a client id's secret, whether it exists or not. */
  nameOf(clientId: string): string {
    return this.#prefix + clientId;
  }

  /** Stores a secret. It replaces an old one, also one that is being deleted. */
  async put(clientId: string, secret: ClientSecret): Promise<Stored> {
    try {
      await this.#create(clientId, secret);
      return 'created';
    } catch (error) {
      if (!isTaken(error)) throw error;
      await this.#replace(clientId, secret);
      return 'replaced';
    }
  }

  /** Looks a secret up without reading its value. */
  async stateOf(clientId: string): Promise<SecretState> {
    const command = new DescribeSecretCommand({ SecretId: this.nameOf(clientId) });
    const described = await unlessNotFound(this.#client.send(command));
    if (!described) return 'absent';
    return described.DeletedDate ? 'being-deleted' : 'stored';
  }

  /**
   * Has a secret deleted after {@link RECOVERY_DAYS}; until then nobody can read it, and storing it again, or
   * `aws secretsmanager restore-secret`, brings it back.
   *
   * @returns the state it was in: only a secret that was `stored` is given a date, since one that is being deleted
   * has its own.
   */
  async scheduleDeletion(clientId: string): Promise<SecretState> {
    const state = await this.stateOf(clientId);
    if (state !== 'stored') return state;
    const command = new DeleteSecretCommand({
      SecretId: this.nameOf(clientId),
      RecoveryWindowInDays: RECOVERY_DAYS,
    });
    await this.#client.send(command);
    return state;
  }

  async #create(clientId: string, secret: ClientSecret): Promise<void> {
    const command = new CreateSecretCommand({
      Name: this.nameOf(clientId),
      Description: 'Client secret of an Akeneo App, written by its operator.',
      SecretString: secret.reveal(),
    });
    await this.#client.send(command);
  }

  async #replace(clientId: string, secret: ClientSecret): Promise<void> {
    const SecretId = this.nameOf(clientId);
    if ((await this.stateOf(clientId)) === 'being-deleted')
      await this.#client.send(new RestoreSecretCommand({ SecretId }));
    const command = new PutSecretValueCommand({ SecretId, SecretString: secret.reveal() });
    await this.#client.send(command);
  }
}

/**
 * Whether the name is taken, perhaps by a secret that is being deleted. Secrets Manager has no error of its own for that.
 *
 * @see {@link https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html CreateSecret}
 */
function isTaken(error: unknown): boolean {
  return error instanceof ResourceExistsException || error instanceof InvalidRequestException;
}

async function unlessNotFound<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
