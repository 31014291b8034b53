import { Aspects, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation, type AkeneoAppActivationProps } from '../../infra/index.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, testApp, theResource } from './support/synthesis.ts';

const FUNCTIONS = ['Activate', 'Callback', 'Health', 'Events'] as const;
const VERSION = 'AWS::Lambda::Version';
const template = synthesize();
const resolve = resolver(template);

/** What somebody does to an activation in an app of their own. */
type Change = (activation: AkeneoAppActivation) => void;

function templateWith(props: AkeneoAppActivationProps, change: Change): Template {
  const stack = new Stack(testApp(), 'Theirs');
  change(new AkeneoAppActivation(stack, 'Activation', props));
  return Template.fromStack(stack);
}

/** The version of each function; a new one has another logical id. */
function versionsIn(of: Template): readonly string[] {
  const versions = resourcesOf(of, VERSION);
  return FUNCTIONS.map((name) => {
    const version = versions.find((one) => one.name.startsWith(`${name}/`));
    return version?.logicalId ?? 'none';
  });
}

const BEFORE = versionsIn(templateWith({ stage: 'development' }, () => undefined));

/** The functions of which a deployment publishes a new version. */
function published(props: AkeneoAppActivationProps = {}, change: Change = () => undefined) {
  const after = versionsIn(templateWith({ stage: 'development', ...props }, change));
  return FUNCTIONS.filter((_, index) => BEFORE[index] !== after[index]);
}

describe.each(FUNCTIONS)('%s', (name) => {
  it('serves by a published version, to which an alias leads', () => {
    const { Properties } = theResource(
      template,
      'AWS::Lambda::Alias',
      `${name}/Function/Aliaslive`,
    );
    expect(resolve(Properties)).toMatchObject({
      FunctionName: `${name}/Function`,
      FunctionVersion: `${name}/Function/CurrentVersion.Version`,
      Name: 'live',
    });
  });

  // A version of a failed deployment must go: CloudFormation cannot publish it once more at the next attempt.
  it('keeps its versions, except one of a deployment that failed', () => {
    const version = theResource(template, VERSION, `${name}/Function/CurrentVersion`);
    expect(version).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is invoked by its alias only', () => {
    const own = /^AWS::(Lambda::(Function|Version|Alias|EventInvokeConfig)|CloudWatch::)/;
    const others = resourcesOf(template).filter(({ Type }) => !own.test(Type));
    const texts = others.map(({ Properties }) => JSON.stringify(resolve(Properties)));
    const named = new Set(texts.flatMap((text) => text.match(/\w+\/Function[\w./]*/g) ?? []));
    expect([...named].filter((one) => one.startsWith(name))).toEqual([
      `${name}/Function/Aliaslive`,
    ]);
  });
});

describe('a new version is published of', () => {
  it.each<[string, AkeneoAppActivationProps, readonly string[]]>([
    ['every function with other memory', { memorySize: 2048 }, FUNCTIONS],
    ['every function with tracing', { tracing: true }, FUNCTIONS],
    [
      'the functions that read PIM URLs with another switch for them',
      { dangerouslyAllowHttpPimOnLoopback: true },
      ['Activate', 'Callback', 'Health'],
    ],
    [
      'the events with another bus',
      { eventBus: { eventBusArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/other' } },
      ['Events'],
    ],
    [
      'no function with another concurrency, which all versions share',
      { reservedConcurrency: 20 },
      [],
    ],
    [
      'no function with what is beside it',
      { alarmEmail: 'a@example.com', logRetention: RetentionDays.ONE_DAY },
      [],
    ],
  ])('%s', (_, props, functions) => {
    expect(published(props)).toEqual(functions);
  });

  it('a function that gets another variable after it was made', () => {
    const setProxy: Change = ({ callback }) =>
      void callback.function.addEnvironment('NODE_USE_ENV_PROXY', '1');
    expect(published({}, setProxy)).toEqual(['Callback']);
  });

  it('a function that somebody’s aspect changes', () => {
    const lessTime: Change = ({ health }) => {
      const visit = (node: IConstruct) => {
        if (node instanceof CfnFunction) node.timeout = 600;
      };
      if (health) Aspects.of(health).add({ visit });
    };
    expect(published({}, lessTime)).toEqual(['Health']);
  });

  it('no function with other tags, which no version has', () => {
    expect(published({}, (activation) => Tags.of(activation).add('team', 'a'))).toEqual([]);
  });

  // The logical id is made of references, not of what they lead to; so CloudFormation has to see what that is.
  it('the events when their bus is replaced', () => {
    const stack = new Stack(testApp(), 'Theirs');
    const eventBus = new EventBus(stack, 'Bus', { eventBusName: 'renamed' });
    const { events } = new AkeneoAppActivation(stack, 'Activation', { eventBus });
    const of = Template.fromStack(stack);
    const { Properties } = theResource(of, VERSION, 'Events/Function/CurrentVersion');
    const arn: unknown = stack.resolve(events.bus.eventBusArn);
    expect(JSON.stringify(Properties['Description'])).toContain(JSON.stringify(arn));
  });
});
