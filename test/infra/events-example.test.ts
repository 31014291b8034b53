import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, it } from 'vitest';
import { onDisconnection } from '../../docs/examples/event-rule.ts';
import { testApp } from './support/synthesis.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

it('the example rule is in the documentation as it is compiled', () => {
  expect(read('docs/events.md')).toContain(read('docs/examples/event-rule.ts').trim());
});

it('the example rule hands the disconnections to the function', () => {
  const stack = new Stack(testApp(), 'Example');
  const cleanUp = new LambdaFunction(stack, 'CleanUp', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
  });
  onDisconnection(stack, cleanUp);
  const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
  expect(rules).toMatchObject([
    {
      Properties: {
        EventPattern: {
          source: ['akeneo-app-activation'],
          'detail-type': ['App Disconnected'],
          detail: { reason: ['disconnected', 'removed'] },
        },
        Targets: [{ RetryPolicy: { MaximumRetryAttempts: 10 } }],
      },
    },
  ]);
});
