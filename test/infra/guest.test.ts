import { CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation } from '../../infra/index.ts';
import { resolver } from './support/resolve.ts';
import { findingsOf } from './support/security-findings.ts';
import { resourcesOf, testApp } from './support/synthesis.ts';

/** A stack of somebody else. */
const foreignStack = () => new Stack(testApp(), 'Theirs');
const outputsOf = (stack: Stack) => Object.keys(Template.fromStack(stack).findOutputs('*'));

describe('the construct in a stack of somebody else', () => {
  // Its outputs had fixed names, and a stack with an output `Stage` of its own could not be synthesized.
  it('leaves names to the outputs of the stack', () => {
    const stack = foreignStack();
    for (const name of ['CallbackUrl', 'Stage', 'TokenKeyArn'])
      new CfnOutput(stack, name, { value: 'theirs' }).overrideLogicalId(name);
    const { outputs } = new AkeneoAppActivation(stack, 'my-activation');
    expect(outputs.node.path).toBe('Theirs/my-activation/Outputs');
    expect(outputsOf(stack)).toEqual(
      expect.arrayContaining(['CallbackUrl', 'myactivationCallbackUrl', 'myactivationStage']),
    );
  });

  it('may stand in several stacks, nested ones too', () => {
    const app = testApp();
    const parent = new Stack(app, 'Parent');
    const others = [new Stack(app, 'One'), new Stack(app, 'Two')];
    const stacks = [parent, new NestedStack(parent, 'Nested'), ...others];
    const activations = stacks.map((stack) => new AkeneoAppActivation(stack, 'Activation'));
    expect(activations).toHaveLength(4);
    expect(findingsOf(app)).toBe('nothing');
    for (const stack of stacks) {
      const tables = resourcesOf(Template.fromStack(stack), 'AWS::DynamoDB::GlobalTable');
      expect(tables).toHaveLength(4);
    }
  });

  it('refuses a second one in the same stack, whose metrics and alarms would be those of the first', () => {
    const stack = foreignStack();
    const first = new AkeneoAppActivation(stack, 'First');
    expect(() => new AkeneoAppActivation(stack, 'Second')).toThrow(
      `Theirs/Second is a second activation beside ${first.node.path}`,
    );
  });
});

describe('the parameters of Systems Manager', () => {
  it('hold what the outputs hold, below the name of the stack', () => {
    const stack = foreignStack();
    const { stage } = new AkeneoAppActivation(stack, 'Activation');
    const template = Template.fromStack(stack);
    const resolve = resolver(template);
    const parameters = resourcesOf(template, 'AWS::SSM::Parameter').map(({ Properties }) => [
      Properties['Name'],
      resolve(Properties['Value']),
    ]);
    const outputs = Object.entries(template.findOutputs('*')).map(([name, output]) => [
      `/akeneo-app-activation/Theirs/${name.replace('Activation', '')}`,
      resolve((output as { readonly Value: unknown }).Value),
    ]);
    expect(stage).toBe('production');
    expect(new Map(parameters as [])).toEqual(new Map(outputs as []));
  });
});

describe('the alarms', () => {
  it('go to a topic of the stack, beside the mail or alone', () => {
    for (const mail of [{}, { alarmEmail: 'team@example.com' }]) {
      const stack = foreignStack();
      const alarmTopic = new Topic(stack, 'OnCall');
      const { monitoring } = new AkeneoAppActivation(stack, 'Activation', { alarmTopic, ...mail });
      const topics = [monitoring.topic, alarmTopic].filter((topic) => topic !== undefined);
      const told = topics.map(({ topicArn }) => stack.resolve(topicArn) as unknown);
      const alarms = resourcesOf(Template.fromStack(stack), 'AWS::CloudWatch::Alarm');
      expect(alarms).toHaveLength(monitoring.alarms.length);
      for (const { Properties } of alarms)
        expect(Properties).toMatchObject({ AlarmActions: told, OKActions: told });
    }
  });
});

describe('the metrics', () => {
  const stack = foreignStack();
  const activation = new AkeneoAppActivation(stack, 'Activation');

  it('are those of the gateway, of the causes and of the handler', () => {
    expect(activation.metricRequests()).toMatchObject({
      namespace: 'AWS/ApiGateway',
      metricName: 'Count',
    });
    expect(activation.metricCallbackDuration()).toMatchObject({
      namespace: 'AkeneoAppActivation',
      metricName: 'Duration',
      dimensions: { Stack: 'Theirs', Endpoint: 'callback' },
      statistic: 'p90',
    });
    const { expression, usingMetrics } = activation.metricFailures();
    const filled = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
    expect(expression).toBe(filled.join(' + '));
    expect(Object.values(usingMetrics)).toEqual(
      ['credentials', 'late-code', 'pim', 'store', 'bug'].map((Cause) =>
        expect.objectContaining({ metricName: 'Requests', dimensions: { Stack: 'Theirs', Cause } }),
      ),
    );
  });
});
