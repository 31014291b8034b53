import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { HealthCheck } from '../../infra/compute/health-check.ts';
import type { AkeneoAppActivationProps } from '../../infra/configuration/props.ts';
import { settingsOf } from '../../infra/configuration/settings.ts';
import { durabilityOf, keptOnceInUse } from '../../infra/durability.ts';
import { addSecurityChecks } from '../../infra/security-checks.ts';
import { ConnectionsTable } from '../../infra/storage/connections-table.ts';
import { TokenKey } from '../../infra/storage/token-key.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, testApp, theResource } from './support/synthesis.ts';

/** A stack with nothing but a health check and what it needs. */
function checkedStack(every = Duration.hours(6), props: AkeneoAppActivationProps = {}) {
  const app = testApp();
  const stack = new Stack(app, 'AkeneoAppActivation');
  const activation = new Construct(stack, 'Activation');
  const settings = settingsOf(props);
  const connections = new ConnectionsTable(activation, 'Connections', durabilityOf(settings));
  const tokenKey = new TokenKey(activation, 'TokenKey', keptOnceInUse(true));
  const check = new HealthCheck(activation, 'Health', { settings, connections, tokenKey, every });
  expect(check.alarms).toHaveLength(5);
  return { app, stack };
}

const { stack } = checkedStack();
const template = Template.fromStack(stack);
const resolve = resolver(template);
const propertiesOf = (type: string, name: string) =>
  resolve(theResource(template, type, name).Properties);

describe('the schedule', () => {
  it('starts a sweep that is named by its time, and says when the next one comes', () => {
    expect(propertiesOf('AWS::Events::Rule', 'Health/Schedule')).toMatchObject({
      ScheduleExpression: 'rate(6 hours)',
      State: 'ENABLED',
      Targets: [
        {
          Arn: 'Health/Function/Aliaslive',
          InputTransformer: {
            InputTemplate: '{"time":<time>,"everyMs":21600000}',
            InputPathsMap: { time: '$.time' },
          },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
  });

  it('is tried three times in all, which always fits before the next sweep', () => {
    expect(resourcesOf(template, 'AWS::Lambda::EventInvokeConfig')).toMatchObject([
      { Properties: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 } },
    ]);
    const ofAlias = '<part 7 of Health/Function/Aliaslive split at :>';
    const [config] = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');
    expect(resolve(config?.Properties['Qualifier'])).toBe(ofAlias);
    const hourly = Template.fromStack(checkedStack(Duration.hours(1)).stack);
    expect(resourcesOf(hourly, 'AWS::Lambda::EventInvokeConfig')).toMatchObject([
      { Properties: { MaximumEventAgeInSeconds: 3_600 } },
    ]);
  });
});

describe('the sign of life', () => {
  it.each([
    [Duration.hours(1), { Period: 7_200, EvaluationPeriods: 1 }],
    [Duration.hours(12), { Period: 86_400, EvaluationPeriods: 1 }],
    [Duration.days(1), { Period: 86_400, EvaluationPeriods: 2 }],
    [Duration.days(7), { Period: 86_400, EvaluationPeriods: 7 }],
  ])('is missed after two periods of %s, or after a week', (every, limits) => {
    const { Properties } = theResource(
      Template.fromStack(checkedStack(every).stack),
      'AWS::CloudWatch::Alarm',
      'Health/health-not-run',
    );
    expect(Properties).toMatchObject({
      MetricName: 'Invocations',
      TreatMissingData: 'breaching',
      ...limits,
    });
  });
});

describe('the function', () => {
  it('has a quarter of an hour and exactly the variables that its handler reads', () => {
    const { Properties } = theResource(template, 'AWS::Lambda::Function', 'Health/Function');
    expect(Properties).toMatchObject({
      Timeout: 900,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
    expect(resolve(Properties['Environment'])).toEqual({
      Variables: {
        STACK_NAME: 'AkeneoAppActivation',
        CONNECTIONS_TABLE: 'Connections/Table',
        TOKEN_KEY_ID: 'TokenKey/Key.Arn',
      },
    });
    expect(resolve(Properties['LoggingConfig'])).toEqual({
      LogFormat: 'JSON',
      LogGroup: 'Health/Logs',
    });
  });

  it('checks PIMs at plain http in a development stack that allows them', () => {
    const { stack: development } = checkedStack(Duration.hours(6), {
      stage: 'development',
      dangerouslyAllowHttpPimOnLoopback: true,
    });
    const { Properties } = theResource(
      Template.fromStack(development),
      'AWS::Lambda::Function',
      'Health/Function',
    );
    expect(Properties).toHaveProperty(
      'Environment.Variables.DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK',
      'true',
    );
  });

  it.each([
    [128, 1_024],
    [2_048, 2_048],
  ])('has memory for 100,000 connections when others have %i MiB', (memorySize, own) => {
    const { Properties } = theResource(
      Template.fromStack(checkedStack(Duration.hours(6), { memorySize }).stack),
      'AWS::Lambda::Function',
      'Health/Function',
    );
    expect(Properties['MemorySize']).toBe(own);
  });

  it('forgets its log after 90 days', () => {
    expect(propertiesOf('AWS::Logs::LogGroup', 'Health/Logs')).toMatchObject({
      RetentionInDays: 90,
    });
  });
});

describe('the alarm of failed checks', () => {
  it.each([
    [Duration.hours(1), 3_600],
    [Duration.hours(12), 43_200],
    [Duration.days(7), 86_400],
  ])('looks back over a round of %s, as far as CloudWatch does', (every, seconds) => {
    const alarm = theResource(
      Template.fromStack(checkedStack(every).stack),
      'AWS::CloudWatch::Alarm',
      'Health/health-visits-failed',
    );
    expect(alarm.Properties['Period']).toBe(seconds);
  });
});

describe('the AwsSolutions rules', () => {
  it('find nothing in it', () => {
    const { app } = checkedStack();
    addSecurityChecks(app);
    expect(() => app.synth()).not.toThrow();
  });
});
