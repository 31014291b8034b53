import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Clock } from '../functions/activation/ports.ts';
import type { TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import type { Pause, RateLimitBudget } from './fetch/rate-limit.ts';

/** What `openConnections` can be told. A function with `grantRead` needs none of it. */
export interface OpenConnectionsOptions {
  /** The table of connections. @default `AKENEO_APP_CONNECTIONS_TABLE` */
  readonly tableName?: string;
  /**
   * The App's client id, when it has one for all its PIMs, as an App of the App Store has. Without it the only connection
   * of a PIM is looked for by a Query. @default `AKENEO_APP_CLIENT_ID`
   */
  readonly clientId?: string;
  /** The key of the tokens; a ciphertext of another key is refused. @default `AKENEO_APP_TOKEN_KEY_ID` */
  readonly tokenKeyId?: string;
  /** Record that a PIM has disconnected the App. @default whether `AKENEO_APP_MAY_MARK_CONNECTIONS` is `true` */
  readonly mayMarkConnections?: boolean;
  /** Where table and key are. @default the region of the SDK, `AWS_REGION` */
  readonly region?: string;
  /** A client of your own, in place of one for the region. */
  readonly dynamoDb?: DynamoDBClient;
  /** A client of your own, in place of one for the region. */
  readonly kms?: KMSClient;
  /** Decrypts in place of KMS, on a developer's machine. */
  readonly decrypter?: TokenDecrypter;
  /** How long a connection is used without looking again, in milliseconds, 0 or more. @default 300000, five minutes */
  readonly cacheMs?: number;
  /**
   * How many calls of one connection run at once in this process: a whole number, 1 or more. The PIM counts 4 over all
   * processes, so divide it among them. @default 4
   */
  readonly maxConcurrentCalls?: number;
  /** How often and how long a call is tried while the PIM answers 429. @default 5 attempts, 30000 ms of waiting in all */
  readonly rateLimit?: RateLimitBudget;
  /**
   * Accept a PIM at plain `http` on the loopback, for development.
   * @default whether `DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK` is `true`
   */
  readonly dangerouslyAllowHttpPimOnLoopback?: boolean;
  /** The environment to read. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** The clock, in epoch milliseconds. @default Date.now */
  readonly now?: Clock;
  /** Waits between two attempts; for tests. @default in real time */
  readonly pause?: Pause;
}
