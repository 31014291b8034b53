import { describe, expect, it } from 'vitest';
import { readContext, readStackName } from '../../infra/configuration/context.ts';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { testApp } from './support/synthesis.ts';

type Context = Readonly<Record<string, unknown>>;

/** What a deployment with these settings is refused with. */
function refusalOf(context: Context): string {
  const app = testApp(context);
  try {
    const stack = new AkeneoAppActivationStack(app, 'Test', readContext(app.node));
    return stack.activation ? 'nothing' : 'no activation';
  } catch (error) {
    return error instanceof Error ? error.message : 'not an Error';
  }
}

const propsOf = (context: Context) => readContext(testApp(context).node);
const nameOf = (context: Context) => readStackName(testApp(context).node);
const DEVELOPMENT = { stage: 'development' };

describe('the settings', () => {
  it('deploy production when there are none', () => {
    expect(propsOf({})).toEqual({});
    expect(refusalOf({})).toBe('nothing');
  });

  it('deploy a development stage with its switches', () => {
    expect(refusalOf({ ...DEVELOPMENT, dangerouslyDestroyTables: 'true' })).toBe('nothing');
  });

  it('mean the same on the command line and in cdk.context.json', () => {
    const accounts = ['111122223333', '444455556666'];
    const props = { ...DEVELOPMENT, backEndAccounts: accounts, dangerouslyDestroyTables: false };
    expect(propsOf({ ...props, backEndAccounts: accounts.join(), healthCheck: 'on' })).toEqual(
      props,
    );
    expect(propsOf({ ...props, dangerouslyDestroyTables: 'false' })).toEqual(props);
  });

  it('switch the health check off by one word', () => {
    expect(propsOf({ healthCheck: 'off' })).toEqual({ healthCheck: { enabled: false } });
  });

  it.each([
    ['healthCheck', 'false', '-c healthCheck=off'],
    ['healthCheck', false, '-c healthCheck=off'],
    ['dangerouslyDestroyTables', 'yes', 'true or false'],
    ['dangerouslyDestroyTables', '', 'true or false'],
    ['dangerouslyAllowHttpPimOnLoopback', 1, 'true or false'],
    ['stage', 'prod', "'production' or 'development'"],
    ['alarmEmail', '', 'one address'],
    ['backEndAccounts', '111122223333;444455556666', 'separated by commas'],
  ])('are refused with %s=%j, and told what is allowed', (name, value, allowed) => {
    const message = refusalOf({ ...DEVELOPMENT, [name]: value });
    expect(message).toContain(`${name} `);
    expect(message).toContain(allowed);
    expect(message.match(/Fix: /g)).toHaveLength(1);
  });

  it('are refused in production for what they say, not for what they might mean', () => {
    const message = refusalOf({ dangerouslyDestroyTables: 'yes' });
    expect(message).toContain('dangerouslyDestroyTables is "yes"');
    expect(message.match(/Fix: /g)).toHaveLength(1);
  });

  it.each(['certificateArn', 'hostedZoneId', 'hostedZoneName'])(
    'are refused with %s and no domain for it',
    (name) => {
      const message = refusalOf({ [name]: 'a' });
      expect(message).toContain('without domainName');
      expect(message.match(/Fix: /g)).toHaveLength(1);
    },
  );

  // A zone without an id was ignored, so that nobody got the record that was asked for.
  it.each([
    ['with half a zone', { hostedZoneId: '', hostedZoneName: 'example.com' }, 'Only one of'],
    ['with a strange zone', { hostedZoneId: 'Z1', hostedZoneName: 'a.org' }, 'does not hold'],
  ])('are refused %s', (_, zone, problem) => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
    const message = refusalOf({ domainName: 'connect.example.com', certificateArn, ...zone });
    expect(message).toContain(problem);
    expect(message.match(/Fix: /g)).toHaveLength(1);
  });

  it('are refused with all problems at once', () => {
    const message = refusalOf({
      stage: 'prod',
      domainName: 'Connect',
      hostedZoneId: 'Z1',
      alarmEmail: 'team',
      healthCheck: 'no',
    });
    expect(message).toContain('stage is "prod"');
    expect(message).toContain('domainName is given without certificateArn');
    expect(message).toContain('customDomain.domainName is "Connect"');
    expect(message).toContain('Only one of hostedZoneId and hostedZoneName');
    expect(message).toContain('alarmEmail is "team"');
    expect(message).toContain('healthCheck is "no"');
  });
});

describe('the name of the stack', () => {
  it('is another one by default in development, so that a forgotten name never meets production', () => {
    expect(nameOf({})).toBe('AkeneoAppActivation');
    expect(nameOf({ stage: 'production' })).toBe('AkeneoAppActivation');
    expect(nameOf(DEVELOPMENT)).toBe('AkeneoAppActivationDev');
  });

  it.each(['my_stack', '1st', ''])('is refused when it is %j', (stackName) => {
    expect(() => nameOf({ stackName })).toThrow(`stackName is "${stackName}"`);
  });

  it('is the given one, so that there can be a second stack', () => {
    expect(nameOf({ stackName: 'Second' })).toBe('Second');
    expect(nameOf({ ...DEVELOPMENT, stackName: 'AkeneoAppActivation' })).toBe(
      'AkeneoAppActivation',
    );
  });
});
