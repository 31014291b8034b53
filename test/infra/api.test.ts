import { describe, expect, it } from 'vitest';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

const template = synthesize();
const stage = theResource(template, 'AWS::ApiGatewayV2::Stage', 'Api/Stage').Properties;

/** Fields of an access log that can hold neither a query nor a cookie nor anything else that a client chooses. */
const HARMLESS_FIELDS = [
  'requestTime',
  'requestId',
  'identity.sourceIp',
  'routeKey',
  'status',
  'responseLength',
  'responseLatency',
  'integrationStatus',
  'integrationLatency',
  'integrationErrorMessage',
  'error.message',
];

function accessLogFormat(): string {
  const { Format } = stage['AccessLogSettings'] as { Format: string };
  return Format;
}

describe('the API', () => {
  it('has its GET routes and no other', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(
      ({ Properties }) => Properties['RouteKey'],
    );
    expect(routes).toEqual([
      'GET /activate',
      'GET /activate/{rest+}',
      'GET /callback',
      'GET /callback/{rest+}',
    ]);
  });

  it('sends each route to its function, in payload format 2.0', () => {
    const resolve = resolver(template);
    const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(
      ({ Properties }) => resolve(Properties),
    );
    expect(integrations).toMatchObject([
      { PayloadFormatVersion: '2.0', IntegrationUri: 'Activate/Function/Aliaslive' },
      { PayloadFormatVersion: '2.0', IntegrationUri: 'Callback/Function/Aliaslive' },
    ]);
  });

  it('answers by IPv4 and by IPv6', () => {
    const { Properties } = theResource(template, 'AWS::ApiGatewayV2::Api', 'Api/HttpApi');
    expect(Properties['IpAddressType']).toBe('dualstack');
  });

  it('serves at the root', () => {
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });

  it('is throttled, never to zero', () => {
    expect(stage['DefaultRouteSettings']).toEqual({
      DetailedMetricsEnabled: false,
      ThrottlingRateLimit: 25,
      ThrottlingBurstLimit: 10,
    });
  });

  it('takes other limits', () => {
    const other = synthesize({ throttle: { rateLimit: 5, burstLimit: 7 } });
    const { Properties } = theResource(other, 'AWS::ApiGatewayV2::Stage', 'Api/Stage');
    expect(Properties['DefaultRouteSettings']).toMatchObject({
      ThrottlingRateLimit: 5,
      ThrottlingBurstLimit: 7,
    });
  });
});

describe('the access log', () => {
  it('is JSON and forgets after 90 days', () => {
    expect(JSON.parse(accessLogFormat())).toMatchObject({ status: '$context.status' });
    const logs = theResource(template, 'AWS::Logs::LogGroup', 'Api/AccessLog');
    expect(logs.Properties['RetentionInDays']).toBe(90);
    expect(logs.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  // A group elsewhere takes a line of a policy that the whole account shares and that is full some day.
  it('is below /aws/vendedlogs/, under a name that no stack had before', () => {
    const logs = theResource(template, 'AWS::Logs::LogGroup', 'Api/AccessLog');
    const name = resolver(template)(logs.Properties['LogGroupName']);
    const uuid = 'part 2 of <AWS::StackId> split at /';
    expect(name).toMatch(/^\/aws\/vendedlogs\/apigateway\/[A-Za-z0-9-]{1,200}-</);
    expect(name).toMatch(new RegExp(`-<part 0 of <${uuid}> split at ->$`));
  });

  it('holds harmless fields only: the query has the code, a header the cookie', () => {
    const fields = [...accessLogFormat().matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
    expect(fields.length).toBeGreaterThan(0);
    expect(HARMLESS_FIELDS).toEqual(expect.arrayContaining(fields));
  });

  it('holds nothing but such fields and the stack’s name', () => {
    const values: unknown[] = Object.values(JSON.parse(accessLogFormat()) as object);
    const others = values.filter((value) => !/^\$context\.[\w.]+$/.test(String(value)));
    expect(others).toEqual(['AkeneoAppActivation']);
  });
});

describe('without a custom domain', () => {
  it('keeps the generated address on', () => {
    const { Properties } = theResource(template, 'AWS::ApiGatewayV2::Api', 'Api/HttpApi');
    expect(Properties['DisableExecuteApiEndpoint']).toBe(false);
  });
});
