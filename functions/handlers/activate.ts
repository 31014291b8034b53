import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomText } from '../activation/flow.ts';
import {
  ACTIVATE_VARIABLES,
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  isSwitchedOn,
  readEnvironment,
  readPageLanguages,
} from '../environment.ts';
import { activateEndpoint } from '../http/endpoint.ts';
import { CLIENT_CONFIG, withoutLog } from '../store/clients.ts';
import { DynamoDbFlowStore } from '../store/flow-store.ts';
import { cachedPimDirectory, DynamoDbPimDirectory } from '../store/pim-directory.ts';
import { writeLine } from '../telemetry/log.ts';

const env = readEnvironment(process.env, ACTIVATE_VARIABLES);
const dynamoDb = withoutLog(new DynamoDBClient(CLIENT_CONFIG));
const pimUrlPolicy = {
  dangerouslyAllowHttpOnLoopback: isSwitchedOn(process.env, DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK),
};

/** The activation URL's Lambda function. */
export const handler = activateEndpoint({
  stack: env.STACK_NAME,
  pims: cachedPimDirectory(new DynamoDbPimDirectory(dynamoDb, env.PIMS_TABLE), Date.now),
  flows: new DynamoDbFlowStore(dynamoDb, env.FLOWS_TABLE, pimUrlPolicy),
  pimUrlPolicy,
  now: Date.now,
  random: randomText,
  languages: readPageLanguages(process.env),
  log: writeLine,
});
