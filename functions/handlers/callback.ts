import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { FailedFlows } from '../activation/failed-flows.ts';
import { randomText } from '../activation/flow.ts';
import {
  CALLBACK_VARIABLES,
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  isSwitchedOn,
  LOGINS_TABLE,
  PIM_CERTIFICATE_AUTHORITIES,
  readBeside,
  readEnvironment,
  readPageLanguages,
} from '../environment.ts';
import { callbackEndpoint } from '../http/callback-endpoint.ts';
import { loadedLogins } from '../login/logins.ts';
import { pimAgent } from '../pim/pim-agent.ts';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../pim/token-endpoint.ts';
import { tryToken } from '../pim/token-trial.ts';
import { DynamoDbClientSecrets, KmsClientSecretDecrypter } from '../store/client-secrets.ts';
import { CLIENT_CONFIG, withoutLog } from '../store/clients.ts';
import { DynamoDbConnectionStore } from '../store/connection-store.ts';
import { DynamoDbFlowStore } from '../store/flow-store.ts';
import { KmsTokenCipher } from '../store/kms-token-cipher.ts';
import { loginWriter } from '../store/login-store.ts';
import { writeLine } from '../telemetry/log.ts';

const env = readEnvironment(process.env, CALLBACK_VARIABLES);
const dynamoDb = withoutLog(new DynamoDBClient(CLIENT_CONFIG));
const kms = withoutLog(new KMSClient(CLIENT_CONFIG));
const pimUrlPolicy = {
  dangerouslyAllowHttpOnLoopback: isSwitchedOn(process.env, DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK),
};

const agent = pimAgent(process.env, readBeside(process.env, PIM_CERTIFICATE_AUTHORITIES));

const loginsTable = process.env[LOGINS_TABLE];

/** The callback URL's Lambda function. */
export const handler = callbackEndpoint({
  stack: env.STACK_NAME,
  flows: new DynamoDbFlowStore(dynamoDb, env.FLOWS_TABLE, pimUrlPolicy),
  connections: new DynamoDbConnectionStore(dynamoDb, env.CONNECTIONS_TABLE),
  secrets: new DynamoDbClientSecrets(
    dynamoDb,
    env.CLIENTS_TABLE,
    new KmsClientSecretDecrypter(kms, env.CLIENT_SECRET_KEY_ID),
  ),
  cipher: new KmsTokenCipher(kms, env.TOKEN_KEY_ID),
  tokenEndpoint: tokenEndpoint({ agent }),
  failedFlows: new FailedFlows(),
  verifyLogin:
    loginsTable === undefined
      ? undefined
      : loadedLogins({
          put: loginWriter(dynamoDb, loginsTable),
          pimUrlPolicy,
          now: Date.now,
          agent,
        }),
  tokenTrial: (pim, token) => tryToken(pim, token, agent),
  budget: EXCHANGE_BUDGET,
  now: Date.now,
  random: randomText,
  languages: readPageLanguages(process.env),
  log: writeLine,
});
