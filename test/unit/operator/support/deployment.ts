import type { IncomingMessage, Server } from 'node:http';
import { activateEndpoint } from '../../../../functions/activate/endpoint.ts';
import { randomText } from '../../../../functions/random-text.ts';
import { DynamoDbFlowStore } from '../../../../functions/store/dynamodb-flow-store.ts';
import { DynamoDbPimDirectory } from '../../../../functions/store/dynamodb-pim-directory.ts';
import { createGateway } from '../../../../local/gateway/gateway.ts';
import { type TestAws, testAws } from './aws.ts';
import { serve } from './http-server.ts';

/** A development stack whose activation URL is served by the real handler. */
export interface TestDeployment extends TestAws {
  readonly activateUrl: string;
  /** What reached the API, oldest first. */
  readonly requests: readonly IncomingMessage[];
}

/** Below `localhost`, as an emulator of API Gateway names its APIs. */
const HOST = 'abc123.execute-api.localhost';

/** @param spoil changes what the API answers, as a proxy in front of it would. */
export async function testDeployment(
  spoil: (name: string, value: string) => string = (_name, value) => value,
): Promise<TestDeployment> {
  const policy = { dangerouslyAllowHttpOnLoopback: true };
  const aws = await testAws({ Stage: 'development' });
  const handler = activateEndpoint({
    stack: 'AkeneoAppActivation',
    pims: new DynamoDbPimDirectory(aws.dynamoDb, 'Pims'),
    flows: new DynamoDbFlowStore(aws.dynamoDb, 'Flows', policy),
    pimUrlPolicy: policy,
    now: Date.now,
    random: randomText,
    log: () => {},
  });
  const requests: IncomingMessage[] = [];
  const gateway = spoiled(createGateway({ 'GET /activate': handler }), spoil);
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

function spoiled(server: Server, spoil: (name: string, value: string) => string): Server {
  return server.prependListener('request', (_request, response) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      setHeader(
        name,
        [value].flat().map((text) => spoil(name, String(text))),
      );
  });
}
