import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  HEALTH_VARIABLES,
  isSwitchedOn,
  PIM_CERTIFICATE_AUTHORITIES,
  readBeside,
  readEnvironment,
} from '../environment.ts';
import { DynamoDbConnectionScanner, DynamoDbFindingRecorder } from '../health/check-store.ts';
import { pimProber } from '../health/pim-prober.ts';
import { scheduledSweep } from '../health/scheduled-sweep.ts';
import { pimAgent } from '../pim/pim-agent.ts';
import { CLIENT_CONFIG, withoutLog } from '../store/clients.ts';
import { KmsTokenDecrypter } from '../store/kms-token-decrypter.ts';
import { writeLine } from '../telemetry/log.ts';

const env = readEnvironment(process.env, HEALTH_VARIABLES);
const dynamoDb = withoutLog(new DynamoDBClient(CLIENT_CONFIG));
const pimUrlPolicy = {
  dangerouslyAllowHttpOnLoopback: isSwitchedOn(process.env, DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK),
};

const agent = pimAgent(process.env, readBeside(process.env, PIM_CERTIFICATE_AUTHORITIES));

/** The Lambda function that checks every connection on a schedule. */
export const handler = scheduledSweep({
  stack: env.STACK_NAME,
  connections: new DynamoDbConnectionScanner(dynamoDb, env.CONNECTIONS_TABLE, pimUrlPolicy),
  findings: new DynamoDbFindingRecorder(dynamoDb, env.CONNECTIONS_TABLE),
  decrypter: new KmsTokenDecrypter(withoutLog(new KMSClient(CLIENT_CONFIG)), env.TOKEN_KEY_ID),
  prober: pimProber({ agent }),
  now: Date.now,
  log: writeLine,
});
