import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { ConnectionEvents } from '../../infra/compute/connection-events.ts';
import { settingsOf } from '../../infra/configuration/settings.ts';
import { durabilityOf } from '../../infra/durability.ts';
import { addSecurityChecks } from '../../infra/security-checks.ts';
import { ConnectionsTable } from '../../infra/storage/connections-table.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, testApp, theResource } from './support/synthesis.ts';

/** A stack with nothing but the events, the settings that they need, and the table that they are made from. */
function eventStack(hasOwnBus = false) {
  const app = testApp();
  const stack = new Stack(app, 'AkeneoAppActivation');
  const activation = new Construct(stack, 'Activation');
  const all = settingsOf(hasOwnBus ? { eventBus: new EventBus(activation, 'Bus') } : {});
  const { stage, logRetention, memorySize, tracing, eventBus } = all;
  const settings = { stage, logRetention, memorySize, tracing, ...(eventBus && { eventBus }) };
  const connections = new ConnectionsTable(activation, 'Connections', durabilityOf(all));
  const events = new ConnectionEvents(activation, 'Events', { settings, connections });
  expect(events.alarms).toHaveLength(6);
  return { app, stack };
}

const { stack } = eventStack();
const template = Template.fromStack(stack);
const resolve = resolver(template);
const propertiesOf = (type: string, name: string) =>
  resolve(theResource(template, type, name).Properties);
const DEFAULT_BUS = 'arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default';

describe('the role of the events', () => {
  it('reaches another bus, and no longer the default one, if it is told', () => {
    const own = Template.fromStack(eventStack(true).stack);
    const { Properties } = theResource(own, 'AWS::IAM::Policy', 'Events/Role/DefaultPolicy');
    const rights = JSON.stringify(resolver(own)(Properties));
    expect(rights).toContain('"Resource":"Bus.Arn"');
    expect(rights).not.toContain('event-bus/default');
  });
});

describe('the stream', () => {
  it('is read from its beginning, in order, and given up after 20 hours', () => {
    const { name } = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0] ?? {};
    expect(name).toBe('Events/Stream');
    expect(propertiesOf('AWS::Lambda::EventSourceMapping', 'Events/Stream')).toEqual({
      FunctionName: '<part 6 of Events/Function/Aliaslive split at :>:live',
      EventSourceArn: 'Connections/Table.StreamArn',
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      ParallelizationFactor: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 72_000,
      DestinationConfig: { OnFailure: { Destination: 'Events/Undelivered.Arn' } },
      MetricsConfig: { Metrics: ['EventCount'] },
    });
  });

  it('names what it gave up in an encrypted queue that refuses plain http', () => {
    expect(propertiesOf('AWS::SQS::Queue', 'Events/Undelivered')).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(propertiesOf('AWS::SQS::QueuePolicy', 'Events/Undelivered/Policy')).toMatchObject({
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });
});

describe('the function', () => {
  it('gets exactly the variables that its handler reads', () => {
    const { Properties } = theResource(template, 'AWS::Lambda::Function', 'Events/Function');
    expect(Properties).toMatchObject({ Timeout: 60, Runtime: 'nodejs24.x' });
    expect(resolve(Properties['Environment'])).toEqual({
      Variables: {
        STACK_NAME: 'AkeneoAppActivation',
        EVENT_BUS: DEFAULT_BUS,
        UNDELIVERED_QUEUE: 'Events/Undelivered',
      },
    });
    expect(resolve(Properties['LoggingConfig'])).toEqual({
      LogFormat: 'JSON',
      LogGroup: 'Events/Logs',
    });
  });

  it('forgets its log after 90 days', () => {
    expect(propertiesOf('AWS::Logs::LogGroup', 'Events/Logs')).toMatchObject({
      RetentionInDays: 90,
    });
  });
});

describe('the AwsSolutions rules', () => {
  it.each([false, true])('find nothing in it, with a bus of its own: %s', (hasOwnBus) => {
    const { app } = eventStack(hasOwnBus);
    addSecurityChecks(app);
    expect(() => app.synth()).not.toThrow();
  });
});
