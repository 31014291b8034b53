import type { IncomingMessage, Server } from 'node:http';
import { FailedFlows } from '../../../../functions/activation/failed-flows.ts';
import { randomText } from '../../../../functions/activation/flow.ts';
import { PATHS } from '../../../../functions/environment.ts';
import { callbackEndpoint } from '../../../../functions/http/callback-endpoint.ts';
import { activateEndpoint, type Handler } from '../../../../functions/http/endpoint.ts';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../../../../functions/pim/token-endpoint.ts';
import { tryToken } from '../../../../functions/pim/token-trial.ts';
import { DynamoDbConnectionStore } from '../../../../functions/store/connection-store.ts';
import { DynamoDbFlowStore } from '../../../../functions/store/flow-store.ts';
import { KmsTokenCipher } from '../../../../functions/store/kms-token-cipher.ts';
import { DynamoDbPimDirectory } from '../../../../functions/store/pim-directory.ts';
import { createGateway } from '../../../../local/gateway.ts';
import { KEY_ID } from '../../../support/fake-kms.ts';
import { storedSecrets, type TestAws, testAws } from './aws.ts';
import { serve } from './http-server.ts';

/** A development stack whose two URLs are served by the real handlers. */
interface TestDeployment extends TestAws {
  readonly activateUrl: string;
  /** What reached the API, oldest first. */
  readonly requests: readonly IncomingMessage[];
}

/** Below `localhost`, as an emulator of API Gateway names its APIs. */
const HOST = 'abc123.execute-api.localhost';

/** Deploys it until the test ends. @param damage changes what the API answers, as a proxy in front of it would. */
export async function testDeployment(
  damage: (name: string, value: string) => string = (_name, value) => value,
): Promise<TestDeployment> {
  const aws = await testAws({ Stage: 'development' });
  const requests: IncomingMessage[] = [];
  const gateway = damaged(createGateway(routesOf(aws)), damage);
  gateway.prependListener('request', (request) => void requests.push(request));
  const { port } = await serve(gateway);
  const activateUrl = `http://${HOST}:${port}/activate`;
  const { outputs } = aws.cloudFormation;
  Object.assign(outputs, {
    ActivateUrl: activateUrl,
    CallbackUrl: activateUrl.replace('activate', 'callback'),
  });
  return { ...aws, activateUrl, requests };
}

function routesOf({ dynamoDb, kms }: TestAws): Readonly<Record<string, Handler>> {
  const pimUrlPolicy = { dangerouslyAllowHttpOnLoopback: true };
  const shared = {
    stack: 'AkeneoAppActivation',
    flows: new DynamoDbFlowStore(dynamoDb, 'Flows', pimUrlPolicy),
    pimUrlPolicy,
    now: Date.now,
    random: randomText,
    log: () => {},
  };
  const activate = { ...shared, pims: new DynamoDbPimDirectory(dynamoDb, 'Pims') };
  const callback = { ...shared, ...exchangeDeps({ dynamoDb, kms }) };
  return {
    ...forRoutes(PATHS.activate, activateEndpoint(activate)),
    ...forRoutes(PATHS.callback, callbackEndpoint(callback)),
  };
}

function forRoutes(paths: readonly string[], handler: Handler) {
  return Object.fromEntries(paths.map((path) => [`GET ${path}`, handler]));
}

/** What the callback needs beyond the activation. */
function exchangeDeps({ dynamoDb, kms }: Pick<TestAws, 'dynamoDb' | 'kms'>) {
  return {
    connections: new DynamoDbConnectionStore(dynamoDb, 'Connections'),
    secrets: storedSecrets({ dynamoDb, kms }),
    cipher: new KmsTokenCipher(kms.client, KEY_ID),
    tokenEndpoint: tokenEndpoint(),
    failedFlows: new FailedFlows(),
    tokenTrial: tryToken,
    budget: EXCHANGE_BUDGET,
  };
}

function damaged(server: Server, damage: (name: string, value: string) => string): Server {
  return server.prependListener('request', (_request, response) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      setHeader(
        name,
        [value].flat().map((text) => damage(name, String(text))),
      );
  });
}
