import { type LocalhostListener, listenOnLocalhost } from '../simulator/http/localhost.ts';
import {
  ENDPOINT_TIMEOUTS_MS,
  type EndpointSettings,
  type LocalStores,
  localEndpoints,
} from './endpoints.ts';
import { createGateway } from './gateway/gateway.ts';
import { keepClientSecret, type LocalRegistration, listPim } from './local-listing.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import { LocalTokenCipher } from './store/local-token-cipher.ts';
import { MemoryClientSecrets } from './store/memory-client-secrets.ts';
import { tokenKey } from './store/token-key.ts';

/** A developer's machine is where a PIM without TLS may be used, on the loopback only. */
export const LOCAL_PIM_URL_POLICY = { dangerouslyAllowHttpOnLoopback: true };

interface LocalAppOptions extends EndpointSettings {
  /** 0 takes any free port. */
  readonly port: number;
  /** Keeps data and token key; in memory if absent. */
  readonly dataFolder?: string;
}

/** The App's activation as it runs on a developer's machine. */
export interface LocalApp {
  /** `http://localhost:<port>`, without a slash at its end. */
  readonly url: string;
  readonly activateUrl: string;
  readonly callbackUrl: string;
  readonly dynamoDb: EmbeddedDynamoDb;
  readonly cipher: LocalTokenCipher;
  /**
   * Puts a PIM on the allow-list and keeps its client secret in memory.
   *
   * @throws {TypeError} when the client secret is empty or holds blanks.
   */
  list(listing: LocalRegistration): Promise<void>;
  /**
   * Keeps another client secret in memory. The App uses it as soon as the PIM refuses the earlier one, as it does with
   * one that is stored in Secrets Manager.
   *
   * @throws {TypeError} when the client secret is empty or holds blanks.
   */
  replaceClientSecret(clientId: string, clientSecret: string): void;
  /** Stops the endpoints first, then the database. */
  close(): Promise<void>;
}

/**
 * Starts both endpoints behind the local gateway: the same code as in Lambda, with the embedded DynamoDB in
 * place of the real one, and memory and AES in place of Secrets Manager and KMS.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const stores = await openStores(options.dataFolder);
  const listener = await serve(options, stores).catch(async (error: unknown) => {
    await stores.dynamoDb.close();
    throw error;
  });
  return runningApp(listener, stores);
}

function serve(options: LocalAppOptions, stores: LocalStores): Promise<LocalhostListener> {
  const gateway = createGateway(localEndpoints(options, stores, LOCAL_PIM_URL_POLICY), {
    timeoutsMs: ENDPOINT_TIMEOUTS_MS,
    ...(options.now && { now: options.now }),
  });
  return listenOnLocalhost(gateway, options.port);
}

async function openStores(dataFolder: string | undefined): Promise<LocalStores> {
  const dynamoDb = await startEmbeddedDynamoDb(dataFolder);
  const cipher = new LocalTokenCipher(tokenKey(dataFolder));
  return { dynamoDb, cipher, secrets: new MemoryClientSecrets() };
}

function runningApp(listener: LocalhostListener, stores: LocalStores): LocalApp {
  const { dynamoDb, cipher, secrets } = stores;
  const url = `http://localhost:${listener.port}`;
  return {
    url,
    activateUrl: `${url}/activate`,
    callbackUrl: `${url}/callback`,
    dynamoDb,
    cipher,
    list: (listing) => listPim(listing, stores),
    replaceClientSecret: (clientId, clientSecret) =>
      keepClientSecret({ clientId, clientSecret }, secrets),
    close: async () => {
      await listener.stop();
      await dynamoDb.close();
    },
  };
}
