import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import type { Clock } from '../functions/activation/ports.ts';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { KmsTokenDecrypter, type TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import { plain } from '../terminal/printable.ts';
import { requireProfile } from './profiles.ts';
import { ProxyAwareAgent } from './proxy.ts';
import { findStack, type Stack } from './stack.ts';
import { ClientSecretStore } from './stores/client-secret-store.ts';
import { ConnectionTable } from './stores/connection-table.ts';
import { ConnectionTokens } from './stores/connection-tokens.ts';
import { FlowTable } from './stores/flow-table.ts';
import { PimTable } from './stores/pim-table.ts';
import type { Io } from './terminal/io.ts';

/** The options that every command has. */
export interface GlobalFlags {
  readonly stack: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/** What a command works with that is about an account, whether or not a stack is there. */
export interface Account {
  readonly io: Io;
  readonly now: Clock;
  readonly clients: AwsClients;
  /** For the clients of further services. */
  readonly clientConfig: ClientConfig;
  /** Whether the result is for a program. */
  readonly isJson: boolean;
  /** Prints the result of the command: as JSON for a program, else as text. */
  report(json: unknown, text: string): void;
  /** Tells a person something that is not the result. */
  warn(text: string): void;
}

/** What a command works with once its stack is found. */
export interface Session extends Account {
  readonly stack: Stack;
  readonly pims: PimTable;
  readonly connections: ConnectionTable;
  /** Decrypts tokens, by the operator's own `kms:Decrypt`; only for what sends them to their PIM. */
  readonly decrypter: TokenDecrypter;
  readonly tokens: ConnectionTokens;
  readonly flows: FlowTable;
  readonly clientSecrets: ClientSecretStore;
  /** Which PIM addresses this stack accepts. */
  readonly pimUrlPolicy: PimUrlPolicy;
}

/** Finds the stack that a command is about. A command calls it once its arguments are what some stack takes. */
export type OpenSession = (command: Command) => Promise<Session>;

/** Signs in, for a command that comes before any stack. */
export type OpenAccount = (command: Command) => Promise<Account>;

/** Makes a command: its name, its help, its options and its action. */
export type DefineCommand = (open: OpenSession, openAccount: OpenAccount) => Command;

/** Opens sessions at this terminal; opening one throws an `OperatorError` when the stack cannot be found. */
export function sessionOpener(io: Io, now: Clock): OpenSession {
  const openAccount = accountOpener(io, now);
  return async (command) => {
    const account = await openAccount(command);
    const { clients } = account;
    const stack = await findStack(
      clients.cloudFormation,
      command.optsWithGlobals<GlobalFlags>().stack,
    );
    return {
      ...account,
      stack,
      ...storesOf(stack, clients, now),
      pimUrlPolicy: { dangerouslyAllowHttpOnLoopback: stack.stage === 'development' },
    };
  };
}

/** Opens accounts at this terminal; nothing is asked of AWS yet. */
export function accountOpener(io: Io, now: Clock): OpenAccount {
  return async (command) => {
    const flags = command.optsWithGlobals<GlobalFlags>();
    await requireProfile(flags.profile);
    const isJson = flags.json === true;
    return {
      io,
      now,
      clients: awsClients(flags),
      clientConfig: clientConfigOf(flags),
      isJson,
      report: (json, text) =>
        io.stdout.write(isJson ? `${JSON.stringify(json, undefined, 2)}\n` : text),
      warn: (text) => io.stderr.write(`warning: ${plain(text)}\n`),
    };
  };
}

function storesOf(stack: Stack, { dynamoDb, kms }: AwsClients, now: Clock) {
  const decrypter = new KmsTokenDecrypter(kms, stack.tokenKeyArn);
  return {
    pims: new PimTable(dynamoDb, stack.pimsTable),
    connections: new ConnectionTable(dynamoDb, stack.connectionsTable),
    decrypter,
    tokens: new ConnectionTokens(dynamoDb, stack.connectionsTable, decrypter),
    flows: new FlowTable(dynamoDb, stack.flowsTable),
    clientSecrets: new ClientSecretStore({
      dynamoDb,
      kms,
      table: stack.clientsTable,
      keyId: stack.clientSecretKeyArn,
      now,
    }),
  };
}

/** One client for each service. They connect when they are first used. */
export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly dynamoDb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
}

/**
 * How long one attempt waits for an answer to begin, in milliseconds. A person waits for it: three attempts end within
 * 15 seconds when the network is down. The slowest call, a page of a scan, begins to answer in less than a second.
 */
const ATTEMPT_MS = 5_000;

/** What every client of the AWS SDK gets. */
export type ClientConfig = ReturnType<typeof clientConfigOf>;

/**
 * The clients that the commands share. Region and credentials come from the flags, else from the environment and
 * `~/.aws`, as in the AWS CLI.
 */
export function awsClients(
  flags: Pick<GlobalFlags, 'profile' | 'region'>,
  attemptMs = ATTEMPT_MS,
): AwsClients {
  const config = clientConfigOf(flags, attemptMs);
  return {
    cloudFormation: new CloudFormationClient(config),
    dynamoDb: new DynamoDBClient(config),
    kms: new KMSClient(config),
    lambda: new LambdaClient(config),
  };
}

function clientConfigOf(
  { profile, region }: Pick<GlobalFlags, 'profile' | 'region'>,
  attemptMs = ATTEMPT_MS,
) {
  return {
    maxAttempts: 3,
    // Without `throwOnRequestTimeout` the SDK only warns when `requestTimeout` has passed, and waits on.
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: attemptMs,
      throwOnRequestTimeout: true,
      httpsAgent: new ProxyAwareAgent(process.env),
    },
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
}
