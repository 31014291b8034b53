import type { Command } from 'commander';
import type { Clock } from '../functions/activation/ports.ts';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { KmsTokenDecrypter, type TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import { type AwsClients, awsClients } from './aws/clients.ts';
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

/** What a command works with once its stack is found. */
export interface Session {
  readonly io: Io;
  readonly now: Clock;
  readonly stack: Stack;
  readonly clients: AwsClients;
  readonly pims: PimTable;
  readonly connections: ConnectionTable;
  /** Decrypts tokens, by the operator's own `kms:Decrypt`; only for what sends them to their PIM. */
  readonly decrypter: TokenDecrypter;
  readonly tokens: ConnectionTokens;
  readonly flows: FlowTable;
  readonly vault: ClientSecretStore;
  /** Which PIM addresses this stack accepts. */
  readonly pimUrlPolicy: PimUrlPolicy;
  /** Prints the result of the command: for a program with `--json`, else for a person. */
  report(json: unknown, text: string): void;
  /** Tells a person something that is not the result. */
  warn(text: string): void;
}

/** Finds the stack that a command is about; called by the command when its arguments are what some stack takes. */
export type OpenSession = (command: Command) => Promise<Session>;

/** Opens sessions at this terminal; opening one throws an `OperatorError` when the stack cannot be found. */
export function sessionOpener(io: Io, now: Clock): OpenSession {
  return async (command) => {
    const flags = command.optsWithGlobals<GlobalFlags>();
    const clients = awsClients(flags);
    const stack = await findStack(clients.cloudFormation, flags.stack);
    return {
      io,
      now,
      stack,
      clients,
      ...storesOf(stack, clients),
      pimUrlPolicy: { dangerouslyAllowHttpOnLoopback: stack.stage === 'development' },
      report: (json, text) =>
        io.stdout.write(flags.json ? `${JSON.stringify(json, undefined, 2)}\n` : text),
      warn: (text) => io.stderr.write(`warning: ${text}\n`),
    };
  };
}

function storesOf(stack: Stack, { dynamoDb, kms, secretsManager }: AwsClients) {
  const decrypter = new KmsTokenDecrypter(kms, stack.tokenKeyArn);
  return {
    pims: new PimTable(dynamoDb, stack.pimsTable),
    connections: new ConnectionTable(dynamoDb, stack.connectionsTable),
    decrypter,
    tokens: new ConnectionTokens(dynamoDb, stack.connectionsTable, decrypter),
    flows: new FlowTable(dynamoDb, stack.flowsTable),
    vault: new ClientSecretStore(secretsManager, stack.clientSecretsPrefix),
  };
}
