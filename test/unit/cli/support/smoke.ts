import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { isDeepStrictEqual } from 'node:util';
import { vi } from 'vitest';
import { RIGHTS, type RightsRequest } from '../../../../cli/smoke/rights.ts';
import {
  DynamoDbConnectionScanner,
  DynamoDbFindingRecorder,
} from '../../../../functions/health/check-store.ts';
import { pimProber } from '../../../../functions/health/pim-prober.ts';
import { sweepConnections } from '../../../../functions/health/sweep.ts';
import { answerAsPim } from '../../../../functions/simulated-pim.ts';
import { KmsTokenDecrypter } from '../../../../functions/store/kms-token-decrypter.ts';
import { connectProxy } from '../../../support/connect-proxy.ts';
import { KEY_ID } from '../../../support/fake-kms.ts';
import { httpServer, listen } from '../../../support/http-server.ts';
import { serverCertificate } from '../../../support/tls.ts';
import type { TestAws } from './aws.ts';
import { testDeployment } from './deployment.ts';

/** A development stage with its simulated PIM, and what happens in it by itself. */
export interface SmokeStage extends TestAws {
  readonly simulatedPim: string;
  /** The types of the events in the queue, whenever somebody looks. */
  events: string[];
  /** Whether a metric has arrived, by the name that it is asked for with. */
  hasMetric: (id: string) => boolean;
  /** What IAM says of a request. */
  isAllowed: (request: RightsRequest) => boolean;
}

/** Deploys one until the test ends. */
export async function smokeStage(
  damage?: Parameters<typeof testDeployment>[0],
): Promise<SmokeStage> {
  const { activateUrl: _url, requests: _requests, ...aws } = await testDeployment(damage);
  const { outputs, resources } = aws.cloudFormation;
  const stage: SmokeStage = {
    ...aws,
    simulatedPim: await startPim(() => outputs['CallbackUrl'] ?? ''),
    events: ['App Connected', 'App Opened'],
    hasMetric: () => true,
    isAllowed: (request) => request.isAllowed,
  };
  const queue = await startQueue(stage);
  outputs['SimulatedPimUrl'] = stage.simulatedPim;
  outputs['SimulatedPimEventsQueue'] = `${queue}/111122223333/events`;
  for (const place of ['HealthFunction', 'HealthRole', 'CallbackRole', 'ActivateRole'])
    resources[`Activation${place}0123ABCD`] = `AkeneoAppActivation-${place}`;
  aws.lambda.invoked = () => sweep(aws);
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', queue);
  vi.stubEnv('AWS_ENDPOINT_URL_IAM', await startIam(stage));
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH', await startCloudWatch(stage));
  return stage;
}

const HOST = 'abc123.execute-api.eu-west-1.amazonaws.com';

/** The same at an address of AWS, to which a proxy leads. */
export async function smokeStageOnAws(): Promise<SmokeStage> {
  const stage = await smokeStage();
  const { outputs } = stage.cloudFormation;
  const { port, host } = new URL(outputs['ActivateUrl'] ?? '');
  const server = createServer(await serverCertificate({ host: HOST }), (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = httpRequest({ port, method, path, headers: { ...headers, host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const { url: proxy } = await connectProxy({ target: await listen(server) });
  outputs['ActivateUrl'] = `https://${HOST}/activate`;
  outputs['CallbackUrl'] = `https://${HOST}/callback`;
  vi.stubEnv('HTTPS_PROXY', proxy);
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  return stage;
}

async function startPim(callbackUrl: () => string): Promise<string> {
  const { url } = await httpServer((response, { method, path, headers, body }) => {
    const { pathname, searchParams } = new URL(path, 'http://pim.example');
    const parameters = method === 'POST' ? new URLSearchParams(body) : searchParams;
    const { authorization = '' } = headers;
    const request = { method, path: pathname, parameters, authorization };
    const answer = answerAsPim(request, callbackUrl());
    response.writeHead(answer.statusCode, answer.headers).end(answer.body);
  });
  return url;
}

/** A queue of SQS that has the same events for everybody who looks. */
async function startQueue(stage: Pick<SmokeStage, 'events'>): Promise<string> {
  const { url } = await httpServer((response, { headers }) => {
    const isQuestion = String(headers['x-amz-target']).endsWith('.ReceiveMessage');
    const Messages = stage.events.map((type) => message({ 'detail-type': type, time: new Date() }));
    response.end(JSON.stringify(isQuestion ? { Messages } : {}));
  });
  return url;
}

function message(event: object) {
  const Body = JSON.stringify(event);
  const MD5OfBody = createHash('md5').update(Body).digest('hex');
  return { MessageId: 'any', ReceiptHandle: 'any', Body, MD5OfBody };
}

/** IAM, over its own protocol (AWS Query: forms in, XML out). It knows no request but those that smoke asks for. */
async function startIam(stage: Pick<SmokeStage, 'isAllowed'>): Promise<string> {
  const { url } = await httpServer((response, { body }) => {
    const asked = rightsRequest(new URLSearchParams(body));
    const decision = asked && stage.isAllowed(asked) ? 'allowed' : 'implicitDeny';
    response.end(
      `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member><EvalDecision>${decision}</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
    );
  });
  return url;
}

function rightsRequest(form: URLSearchParams): RightsRequest | undefined {
  const role = /([A-Z][a-z]+)Role$/.exec(form.get('PolicySourceArn') ?? '')?.[1];
  const action = form.get('ActionNames.member.1');
  const context = contextIn(form);
  return RIGHTS.find(
    (one) =>
      one.role === role && one.action === action && isDeepStrictEqual(context, { ...one.context }),
  );
}

function contextIn(form: URLSearchParams): Record<string, string | string[]> {
  const entries: [string, string | string[]][] = [];
  for (let index = 1; ; index += 1) {
    const member = (name: string) => `ContextEntries.member.${index}.${name}`;
    const key = form.get(member('ContextKeyName'));
    if (key === null) return Object.fromEntries(entries);
    const isValue = ([name]: [string, string]) => name.startsWith(member('ContextKeyValues.'));
    const [first = '', ...others] = [...form].filter(isValue).map(([, value]) => value);
    const isList = form.get(member('ContextKeyType')) === 'stringList';
    entries.push([key, isList ? [first, ...others] : first]);
  }
}

/** CloudWatch, with a value of each metric that has arrived. */
async function startCloudWatch(stage: Pick<SmokeStage, 'hasMetric'>): Promise<string> {
  const { url } = await httpServer((response, { body }) => {
    const { MetricDataQueries } = JSON.parse(body) as { MetricDataQueries: { Id: string }[] };
    const MetricDataResults = MetricDataQueries.map(({ Id }) => ({
      Id,
      Values: stage.hasMetric(Id) ? [1] : [],
    }));
    response.end(JSON.stringify({ MetricDataResults }));
  });
  return url;
}

/** As the deployed function does it. */
function sweep({ dynamoDb, kms }: TestAws): Promise<unknown> {
  const policy = { dangerouslyAllowHttpOnLoopback: true };
  return sweepConnections(
    { startedAt: Date.now(), segments: 1 },
    {
      connections: new DynamoDbConnectionScanner(dynamoDb, 'Connections', policy),
      findings: new DynamoDbFindingRecorder(dynamoDb, 'Connections'),
      prober: pimProber(),
      decrypter: new KmsTokenDecrypter(kms.client, KEY_ID),
      now: Date.now,
    },
  );
}
