import type { Construct } from 'constructs';
import {
  type CALLBACK_VARIABLES,
  LOGINS_TABLE,
  type VariablesOf,
} from '../../functions/environment.ts';
import { languageEnvironment } from '../configuration/language-settings.ts';
import type { ClientSecrets } from '../storage/client-secrets.ts';
import type { ConnectionsTable } from '../storage/connections-table.ts';
import type { FlowsTable } from '../storage/flows-table.ts';
import type { LoginsTable } from '../storage/logins-table.ts';
import type { TokenKey } from '../storage/token-key.ts';
import { type EndpointSettings, HandlerFunction, pimUrlEnvironment } from './handler-function.ts';

/** What the callback URL works with. */
export interface CallbackFunctionProps {
  readonly settings: EndpointSettings;
  readonly flows: FlowsTable;
  readonly connections: ConnectionsTable;
  readonly clientSecrets: ClientSecrets;
  readonly tokenKey: TokenKey;
  readonly logins?: LoginsTable | undefined;
}

/**
 * Answers the callback URL: consumes the flow, exchanges the code, saves the encrypted token. Beside its own log and
 * traces it may do exactly this, by the grants below:
 *
 * | what            | rights                                                                                        |
 * | --------------- | --------------------------------------------------------------------------------------------- |
 * | flows           | `UpdateItem`, `GetItem`, `PutItem`                                                              |
 * | connections     | `UpdateItem` that returns nothing, the attributes of a confirmation, or the fingerprint; no read |
 * | client secrets  | `GetItem`, and `kms:Decrypt` with their own key for a client id                                 |
 * | token key       | `kms:Encrypt` for a connection; it cannot decrypt a token                                       |
 * | logins, if any  | `PutItem` of a row that waits for a browser                                                     |
 */
export class CallbackFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, props: CallbackFunctionProps) {
    super(scope, id, {
      handler: 'callback',
      description: 'GET /callback: exchanges the authorization code and saves the encrypted token',
      environment: environment(props),
      without: props.logins ? [] : ['verify-login'],
      asksPims: true,
      face: props.settings.app,
      reservedConcurrency: props.settings.reservedConcurrency,
      settings: props.settings,
    });
    props.flows.grantConsume(this);
    props.connections.grantRecord(this);
    props.clientSecrets.grantRead(this);
    props.tokenKey.grantEncrypt(this);
    props.logins?.grantWait(this);
  }
}

function environment(props: CallbackFunctionProps): VariablesOf<typeof CALLBACK_VARIABLES> {
  return {
    FLOWS_TABLE: props.flows.table.tableName,
    CONNECTIONS_TABLE: props.connections.table.tableName,
    CLIENTS_TABLE: props.clientSecrets.table.tableName,
    CLIENT_SECRET_KEY_ID: props.clientSecrets.key.keyArn,
    TOKEN_KEY_ID: props.tokenKey.key.keyArn,
    ...(props.logins && { [LOGINS_TABLE]: props.logins.table.tableName }),
    ...pimUrlEnvironment(props.settings),
    ...languageEnvironment(props.settings),
  };
}
