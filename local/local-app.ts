import { type AppProps, brandingOf } from '../branding/app.ts';
import { FailedFlows } from '../functions/activation/failed-flows.ts';
import { randomText } from '../functions/activation/flow.ts';
import type { Clock } from '../functions/activation/ports.ts';
import { FUNCTION_TIMEOUTS_MS, PATHS } from '../functions/environment.ts';
import { callbackEndpoint } from '../functions/http/callback-endpoint.ts';
import { activateEndpoint } from '../functions/http/endpoint.ts';
import { loginEndpoint } from '../functions/http/login-endpoint.ts';
import { loadedLogins } from '../functions/login/logins.ts';
import { knownLanguages, type OfferedLanguages } from '../functions/pages/known-languages.ts';
import { callbackUrlWith } from '../functions/pim/callback-id.ts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import {
  EXCHANGE_BUDGET,
  type ExchangeBudget,
  tokenEndpoint,
} from '../functions/pim/token-endpoint.ts';
import { tryToken } from '../functions/pim/token-trial.ts';
import {
  DynamoDbClientSecrets,
  KmsClientSecretDecrypter,
} from '../functions/store/client-secrets.ts';
import { DynamoDbConnectionStore } from '../functions/store/connection-store.ts';
import { DynamoDbFlowStore } from '../functions/store/flow-store.ts';
import { KmsTokenCipher } from '../functions/store/kms-token-cipher.ts';
import { loginTaker, loginWriter } from '../functions/store/login-store.ts';
import { cachedPimDirectory, DynamoDbPimDirectory } from '../functions/store/pim-directory.ts';
import { LOGINS } from '../functions/tables/logins.ts';
import { type LocalhostListener, listenAt } from '../simulator/http/localhost.ts';
import { backEndEnvironment } from './back-end-environment.ts';
import { writeEnvFile } from './env-file.ts';
import { type GalleryOptions, galleryFile } from './gallery.ts';
import { createGateway, type Routes } from './gateway.ts';
import {
  LOCAL_PIM_URL_POLICY,
  type LocalRegistration,
  localCallbackId,
  registerPim,
  storeClientSecret,
} from './registration.ts';
import { withSafariCookies } from './safari-cookies.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import { type KmsEndpoint, startKmsEndpoint } from './store/kms-endpoint.ts';
import { tokenKey } from './store/token-key.ts';

/** What both endpoints are given in addition to their stores. */
interface EndpointSettings {
  /** Takes each line of the functions' log. */
  readonly log: (line: string) => void;
  /** @default Date.now */
  readonly now?: Clock;
  /** Makes random values, such as the state. @default 256 random bits */
  readonly random?: () => string;
  /** How long the exchange of a code may take. @default as in Lambda */
  readonly budget?: ExchangeBudget;
  /** Which languages pages may be in. @default all, English first */
  readonly languages?: OfferedLanguages | undefined;
  /** Whether Apps are told who opens them. @default false */
  readonly identity?: boolean | undefined;
}

/** What replaces DynamoDB and KMS. */
export interface LocalStores {
  readonly dynamoDb: EmbeddedDynamoDb;
  readonly kms: KmsEndpoint;
}

interface LocalAppOptions extends EndpointSettings {
  /** What the pages show of the App. @default nothing: they are neutral */
  readonly app?: AppProps;
  /** 0 takes any free port. */
  readonly port: number;
  /** Listens here in place of localhost, such as at `0.0.0.0`. Whoever reaches it can read every token. */
  readonly host?: string;
  /** How browsers and PIMs reach the App, without a slash at its end. @default `http://localhost:<port>` */
  readonly publicUrl?: string;
  /** @default 0 */
  readonly dynamodbPort?: number;
  /** @default 0 */
  readonly kmsPort?: number;
  /** Keeps data and token key, and tells back ends where they are; in memory if absent. */
  readonly dataFolder?: string;
}

/** The App's activation as it runs on a developer's machine. */
export interface LocalApp extends LocalStores {
  /** `http://localhost:<port>` unless it is public, without a slash at its end. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  readonly activateUrl: string;
  /** The plain one, which the PIMs of an App Store App share. */
  readonly callbackUrl: string;
  /** Where the App asks who has opened it; `undefined` if it is not told. */
  readonly loginUrl: string | undefined;
  /** The one that a PIM has of its own. */
  callbackUrlOf(pim: PimUrl | string): string;
  /**
   * Puts a PIM on the allow-list and stores its client secret.
   *
   * @throws {TypeError} when the client secret is empty or holds blanks.
   */
  register(registration: LocalRegistration): Promise<void>;
  /**
   * Replaces the client secret. The App uses it as soon as the PIM refuses the earlier one.
   *
   * @throws {TypeError} when the client secret is empty or holds blanks.
   */
  replaceClientSecret(clientId: string, clientSecret: string): Promise<void>;
  /** Stops the endpoints first, then what they use. */
  close(): Promise<void>;
}

/**
 * Starts both endpoints behind the local gateway: the same code as in Lambda, with a DynamoDB and a KMS of this process in
 * place of the real ones.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const stores = await openStores(options);
  const listener = await serve(options, stores).catch(async (error: unknown) => {
    await closeStores(stores);
    throw error;
  });
  const app = runningApp(listener, stores, options);
  if (options.dataFolder !== undefined) writeEnvFile(options.dataFolder, backEndEnvironment(app));
  return app;
}

function serve(options: LocalAppOptions, stores: LocalStores): Promise<LocalhostListener> {
  const gateway = createGateway(localEndpoints(options, stores), {
    timeoutsMs: ENDPOINT_TIMEOUTS_MS,
    ...(options.now && { now: options.now }),
  });
  return listenAt(gateway, options.port, options.host);
}

/** How long each endpoint may run, by its route keys: as long as in the stack. */
const ENDPOINT_TIMEOUTS_MS: Readonly<Record<string, number>> = {
  ...forRoutes(PATHS.activate, FUNCTION_TIMEOUTS_MS.activate),
  ...forRoutes(PATHS.callback, FUNCTION_TIMEOUTS_MS.callback),
  ...forRoutes(PATHS.login, FUNCTION_TIMEOUTS_MS.login),
};

function forRoutes<T>(paths: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(paths.map((path) => [`GET ${path}`, value]));
}

/** The endpoints by their route keys: the code that runs in Lambda, on local stores. */
function localEndpoints(options: LocalAppOptions, stores: LocalStores): Routes {
  const { now = Date.now, random = randomText, budget = EXCHANGE_BUDGET, log } = options;
  const branding = brandingOf(options.app ?? {});
  const { client, address } = stores.dynamoDb;
  const pimUrlPolicy = LOCAL_PIM_URL_POLICY;
  const flows = new DynamoDbFlowStore(client, address.tables.flows, pimUrlPolicy);
  const { languages } = options;
  const common = { stack: 'local', flows, now, random, log, languages, branding };
  const pims = cachedPimDirectory(new DynamoDbPimDirectory(client, address.tables.pims), now);
  const put = loginWriter(client, LOGINS.name);
  const verifyLogin = options.identity ? loadedLogins({ put, pimUrlPolicy, now }) : undefined;
  const exchange = exchangeDeps(stores, now, budget);
  const take = loginTaker(client, LOGINS.name);
  const login = loginEndpoint({ ...common, pims, pimUrlPolicy, take, put });
  const activate = activateEndpoint({ ...common, pims, pimUrlPolicy });
  const callback = callbackEndpoint({ ...common, ...exchange, verifyLogin });
  return {
    ...forRoutes(PATHS.activate, withSafariCookies(activate)),
    ...forRoutes(PATHS.callback, withSafariCookies(callback)),
    ...(options.identity && forRoutes(PATHS.login, withSafariCookies(login))),
    ...galleryRoutes({ branding, languages: languages ?? knownLanguages() }),
  };
}

/** Every page that PIM users see, below `/_pages`. */
function galleryRoutes(options: GalleryOptions): Routes {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return {
    'GET /_pages': async () => ({ statusCode: 302, headers: { location: '/_pages/' } }),
    'GET /_pages/{rest+}': async ({ pathParameters }) => {
      const body = await galleryFile(pathParameters?.['rest'] || 'index.html', options);
      return { statusCode: body === undefined ? 404 : 200, headers, body: body ?? 'Not found' };
    },
  };
}

/** What the callback needs to exchange a code and to record the connection. */
function exchangeDeps({ dynamoDb, kms }: LocalStores, now: Clock, budget: ExchangeBudget) {
  const { client, address } = dynamoDb;
  return {
    connections: new DynamoDbConnectionStore(client, address.tables.connections),
    secrets: new DynamoDbClientSecrets(
      client,
      address.tables.clients,
      new KmsClientSecretDecrypter(kms.client, kms.clientSecretKeyId),
    ),
    cipher: new KmsTokenCipher(kms.client, kms.address.keyId),
    budget,
    tokenEndpoint: tokenEndpoint({ now, budget }),
    failedFlows: new FailedFlows(),
    tokenTrial: tryToken,
  };
}

async function openStores({
  dataFolder,
  dynamodbPort = 0,
  kmsPort = 0,
  host,
}: LocalAppOptions): Promise<LocalStores> {
  const dynamoDb = await startEmbeddedDynamoDb(dataFolder, { port: dynamodbPort, host });
  try {
    return { dynamoDb, kms: await startKmsEndpoint(tokenKey(dataFolder), { port: kmsPort, host }) };
  } catch (error) {
    await dynamoDb.close();
    throw error;
  }
}

async function closeStores({ dynamoDb, kms }: LocalStores): Promise<void> {
  await kms.close();
  await dynamoDb.close();
}

function runningApp(
  listener: LocalhostListener,
  stores: LocalStores,
  options: LocalAppOptions,
): LocalApp {
  const url = options.publicUrl ?? `http://localhost:${listener.port}`;
  const callbackUrl = `${url}/callback`;
  return {
    url,
    port: listener.port,
    activateUrl: `${url}/activate`,
    callbackUrl,
    loginUrl: options.identity ? `${url}/login` : undefined,
    callbackUrlOf: (pim) => callbackUrlWith(callbackUrl, localCallbackId(pim)),
    ...stores,
    register: (registration) => registerPim(registration, stores),
    replaceClientSecret: (clientId, clientSecret) =>
      storeClientSecret({ clientId, clientSecret }, stores),
    close: async () => {
      await listener.stop();
      await closeStores(stores);
    },
  };
}
