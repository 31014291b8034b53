import type { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_BUDGET } from '../../functions/pim/token-endpoint.ts';
import { CLIENT_CONFIG } from '../../functions/store/clients.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

const FUNCTION = 'AWS::Lambda::Function';
const KEPT_ONCE_IN_USE = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const template = synthesize();
const resolve = resolver(template);

function variablesOf(endpoint: string, of = template): unknown {
  const { Properties } = theResource(of, FUNCTION, `${endpoint}/Function`);
  return resolve(Properties['Environment']);
}

describe.each(['Activate', 'Callback', 'Health', 'Events'])('%s', (endpoint) => {
  const { Properties } = theResource(template, FUNCTION, `${endpoint}/Function`);

  it('runs on Node 24 on arm64 with enough of a processor', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Handler: 'index.handler',
    });
  });

  it('writes JSON to a log group of its own, which forgets after 90 days', () => {
    expect(resolve(Properties['LoggingConfig'])).toEqual({
      LogFormat: 'JSON',
      LogGroup: `${endpoint}/Logs`,
    });
    const logs = theResource(template, 'AWS::Logs::LogGroup', `${endpoint}/Logs`);
    expect(logs).toMatchObject(KEPT_ONCE_IN_USE);
    expect(logs.Properties).toMatchObject({ RetentionInDays: 90 });
  });

  it('is traced only if that is asked for, without a layer or library', () => {
    expect(Properties).not.toHaveProperty('TracingConfig');
    const traced = theResource(synthesize({ tracing: true }), FUNCTION, `${endpoint}/Function`);
    expect(traced.Properties).toMatchObject({ TracingConfig: { Mode: 'Active' } });
    expect(traced.Properties).not.toHaveProperty('Layers');
  });
});

describe('reservedConcurrency', () => {
  const reserved = (of: Template) =>
    resourcesOf(of, 'AWS::Lambda::Function').flatMap(({ name, Properties }) => {
      const { ReservedConcurrentExecutions: count } = Properties;
      return count === undefined ? [] : [[name, count]];
    });

  it('is nothing by default', () => {
    expect(reserved(template)).toEqual([]);
  });

  it('is kept for each endpoint, and for no other function', () => {
    expect(reserved(synthesize({ reservedConcurrency: 20 }))).toEqual([
      ['Activate/Function', 20],
      ['Callback/Function', 20],
    ]);
  });
});

describe('Activate', () => {
  it('gets exactly the variables that its handler reads', () => {
    expect(variablesOf('Activate')).toEqual({
      Variables: {
        STACK_NAME: 'AkeneoAppActivation',
        PIMS_TABLE: 'Pims/Table',
        FLOWS_TABLE: 'Flows/Table',
      },
    });
  });

  it('gives up after both calls to DynamoDB were given up, retries and all', () => {
    const { maxAttempts, requestHandler } = CLIENT_CONFIG;
    const { Properties } = theResource(template, FUNCTION, 'Activate/Function');
    const worstMs = 2 * maxAttempts * requestHandler.requestTimeout;
    expect(Number(Properties['Timeout']) * 1000).toBeGreaterThan(worstMs + 2_000);
  });
});

describe('Callback', () => {
  it('gets exactly the variables that its handler reads', () => {
    expect(variablesOf('Callback')).toEqual({
      Variables: {
        STACK_NAME: 'AkeneoAppActivation',
        FLOWS_TABLE: 'Flows/Table',
        CONNECTIONS_TABLE: 'Connections/Table',
        CLIENTS_TABLE: 'ClientSecrets/Table',
        CLIENT_SECRET_KEY_ID: 'ClientSecrets/Key.Arn',
        TOKEN_KEY_ID: 'TokenKey/Key.Arn',
      },
    });
  });

  it('gives up between the end of the exchange and the death of the code', () => {
    const { Properties } = theResource(template, FUNCTION, 'Callback/Function');
    const timeout = Number(Properties['Timeout']) * 1000;
    expect(timeout).toBeGreaterThan(EXCHANGE_BUDGET.totalMs + 5_000);
    expect(timeout).toBeLessThan(30_000);
  });
});

describe('a development stage', () => {
  const development = synthesize({
    stage: 'development',
    dangerouslyAllowHttpPimOnLoopback: true,
    memorySize: 512,
    logRetention: RetentionDays.ONE_WEEK,
  });

  it.each(['Activate', 'Callback', 'Health'])('lets %s accept PIMs at plain http', (endpoint) => {
    expect(variablesOf(endpoint, development)).toMatchObject({
      Variables: { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true' },
    });
  });

  it('takes its logs with it', () => {
    const logs = theResource(development, 'AWS::Logs::LogGroup', 'Activate/Logs');
    expect(logs.DeletionPolicy).toBe('Delete');
  });

  it('takes other memory and another retention', () => {
    const { Properties } = theResource(development, FUNCTION, 'Callback/Function');
    expect(Properties['MemorySize']).toBe(512);
    const logs = theResource(development, 'AWS::Logs::LogGroup', 'Callback/Logs');
    expect(logs.Properties['RetentionInDays']).toBe(7);
  });
});
