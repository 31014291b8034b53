import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

const SCHEDULE = 'AWS::Scheduler::Schedule';

function schedulesOf(template: ReturnType<typeof synthesize>) {
  return resourcesOf(template, SCHEDULE).map(({ Properties }) => resolver(template)(Properties));
}

describe('what keeps the endpoints warm', () => {
  const template = synthesize();

  it('invokes both every four minutes, with an event that no request can be', () => {
    const schedule = (handler: string) => ({
      ScheduleExpression: 'rate(4 minutes)',
      Target: {
        Arn: `${handler}/Function/Aliaslive`,
        RoleArn: 'KeepWarm/Role.Arn',
        Input: '{"keepWarm":true}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
      },
    });
    expect(schedulesOf(template)).toMatchObject([schedule('Activate'), schedule('Callback')]);
  });

  it('may invoke these two functions and do nothing else', () => {
    const policies = resourcesOf(template, 'AWS::IAM::Policy');
    const policy = policies.find(({ name }) => name === 'KeepWarm/Role/DefaultPolicy');
    expect(resolver(template)(policy?.Properties)).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: ['Activate/Function/Aliaslive', 'Callback/Function/Aliaslive'],
          },
        ],
      },
    });
  });

  it('is trusted to the scheduler of this account alone', () => {
    const roles = resourcesOf(template, 'AWS::IAM::Role');
    const role = roles.find(({ name }) => name === 'KeepWarm/Role');
    expect(resolver(template)(role?.Properties)).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
          },
        ],
      },
    });
  });

  it('runs as often as the props say', () => {
    const hourly = synthesize({ keepWarm: { every: Duration.hours(1) } });
    const everyMinute = synthesize({ keepWarm: { every: Duration.minutes(1) } });
    expect(schedulesOf(hourly)).toMatchObject([
      { ScheduleExpression: 'rate(60 minutes)' },
      { ScheduleExpression: 'rate(60 minutes)' },
    ]);
    expect(schedulesOf(everyMinute)[0]).toMatchObject({ ScheduleExpression: 'rate(1 minute)' });
  });

  it('is left out with its role and its alarms when it is switched off', () => {
    const off = synthesize({ keepWarm: { enabled: false } });
    expect(schedulesOf(off)).toEqual([]);
    for (const type of ['AWS::IAM::Role', 'AWS::CloudWatch::Alarm'])
      expect(resourcesOf(off, type).filter(({ name }) => /KeepWarm/.test(name))).toEqual([]);
  });
});
