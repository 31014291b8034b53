import { type App, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { readContext } from '../../infra/configuration/context.ts';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { findingsOf } from './support/security-findings.ts';
import { testApp } from './support/synthesis.ts';

/** The app of the command line, with the given context. */
function activation(context: Record<string, string>): App {
  const app = testApp(context);
  const { stackName, props } = readContext(app.node);
  const stack = new AkeneoAppActivationStack(app, stackName, props);
  expect(stack.activation).toBeDefined();
  return app;
}

const DOMAIN = {
  domainName: 'connect.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
  hostedZoneId: 'Z1',
  hostedZoneName: 'example.com',
};

const OTHERS = {
  alarmEmail: 'team@example.com',
  backEndAccounts: '111122223333',
  monitoring: 'full',
  tracing: 'true',
};

describe('the AwsSolutions rules', () => {
  it.each([
    ['production', {}],
    ['production with everything', { ...DOMAIN, ...OTHERS }],
    ['development', { stage: 'development', dangerouslyDestroyTables: 'true' }],
    ['development with everything', { stage: 'development', simulatedPim: 'true', ...OTHERS }],
  ])('find nothing in %s', (_, context) => {
    expect(findingsOf(activation(context))).toBe('nothing');
  });

  it('find nothing in a stack with a fixed account and region', () => {
    const app = testApp();
    const env = { account: '111122223333', region: 'eu-west-1' };
    const stack = new AkeneoAppActivationStack(app, 'Activation', { env });
    expect(stack.region).toBe('eu-west-1');
    expect(findingsOf(app)).toBe('nothing');
  });

  it('fail the synthesis of an app that breaks one', () => {
    const app = testApp();
    const bucket = new CfnBucket(new Stack(app, 'Careless'), 'Bucket');
    expect(bucket.logicalId).toBeDefined();
    expect(findingsOf(app)).toContain('AwsSolutions-S1');
  });
});
