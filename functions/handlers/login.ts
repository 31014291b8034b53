import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomText } from '../activation/flow.ts';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  isSwitchedOn,
  LOGIN_VARIABLES,
  readEnvironment,
  readPageLanguages,
} from '../environment.ts';
import { loginEndpoint } from '../http/login-endpoint.ts';
import { CLIENT_CONFIG, withoutLog } from '../store/clients.ts';
import { loginTaker, loginWriter } from '../store/login-store.ts';
import { cachedPimDirectory, DynamoDbPimDirectory } from '../store/pim-directory.ts';
import { writeLine } from '../telemetry/log.ts';

const env = readEnvironment(process.env, LOGIN_VARIABLES);
const dynamoDb = withoutLog(new DynamoDBClient(CLIENT_CONFIG));

/** The Lambda function that tells an App who has opened it. */
export const handler = loginEndpoint({
  stack: env.STACK_NAME,
  take: loginTaker(dynamoDb, env.LOGINS_TABLE),
  put: loginWriter(dynamoDb, env.LOGINS_TABLE),
  pims: cachedPimDirectory(new DynamoDbPimDirectory(dynamoDb, env.PIMS_TABLE), Date.now),
  pimUrlPolicy: {
    dangerouslyAllowHttpOnLoopback: isSwitchedOn(
      process.env,
      DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
    ),
  },
  now: Date.now,
  random: randomText,
  languages: readPageLanguages(process.env),
  log: writeLine,
});
