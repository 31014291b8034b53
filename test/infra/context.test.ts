import { describe, expect, it } from 'vitest';
import { readContext } from '../../infra/configuration/context.ts';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { testApp } from './support/synthesis.ts';

type Context = Readonly<Record<string, unknown>>;

/** What a deployment with these settings is refused with. */
function refusalOf(context: Context): string {
  const app = testApp(context);
  try {
    const { stackName, props } = readContext(app.node);
    const stack = new AkeneoAppActivationStack(app, stackName, props);
    return stack.activation ? 'nothing' : 'no activation';
  } catch (error) {
    return error instanceof Error ? error.message : 'not an Error';
  }
}

const propsOf = (context: Context) => readContext(testApp(context).node).props;
const DEVELOPMENT = { stage: 'development' };

describe('the settings', () => {
  it('deploy production when there are none', () => {
    expect(propsOf({})).toEqual({});
    expect(refusalOf({})).toBe('nothing');
  });

  it('deploy a development stage with its switches', () => {
    expect(refusalOf({ ...DEVELOPMENT, dangerouslyDestroyTables: 'true' })).toBe('nothing');
  });

  it('mean the same on the command line and in the settings file', () => {
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
    ['monitoring', 'all', "'essential' or 'full'"],
    ['tracing', 'on', 'true or false'],
    ['memorySize', 'big', '128 to 10240'],
    ['memorySize', 64, '128 to 10240'],
    ['memorySize', '', '128 to 10240'],
    ['backEndAccounts', '111122223333;444455556666', 'separated by commas'],
  ])('are refused with %s=%j, and told what is allowed', (name, value, allowed) => {
    const message = refusalOf({ ...DEVELOPMENT, [name]: value });
    expect(message).toContain(`${name} `);
    expect(message).toContain(allowed);
    expect(message.match(/Fix: /g)).toHaveLength(1);
  });

  // The alarms told operators to raise `throttle` and `memorySize`, which the command line did not take.
  it('raise the limits of the API and the memory', () => {
    expect(propsOf({ throttleRate: '100', throttleBurst: 200, memorySize: '2048' })).toEqual({
      throttle: { rateLimit: 100, burstLimit: 200 },
      memorySize: 2048,
    });
  });

  it('ask for the dashboard and for traces', () => {
    const props = { monitoring: 'full', tracing: true };
    expect(propsOf({ monitoring: 'full', tracing: 'true' })).toEqual(props);
  });

  it('raise one limit of the API alone', () => {
    expect(propsOf({ throttleRate: '0.5' })).toEqual({
      throttle: { rateLimit: 0.5, burstLimit: 10 },
    });
    expect(propsOf({ throttleBurst: '60' })).toEqual({
      throttle: { rateLimit: 25, burstLimit: 60 },
    });
  });

  it.each([
    ['throttleRate', 'fast', 'throttle.rateLimit is "fast"'],
    ['throttleRate', 0, 'throttle.rateLimit is 0'],
    ['throttleRate', '', 'throttle.rateLimit is ""'],
    ['throttleRate', '-1', 'throttle.rateLimit is "-1"'],
    ['throttleBurst', '1.5', 'throttle.burstLimit is 1.5'],
    ['throttleBurst', 'Infinity', 'throttle.burstLimit is "Infinity"'],
  ])('are refused with %s=%j, and told how to write it', (name, value, problem) => {
    const message = refusalOf({ [name]: value });
    expect(message).toContain(problem);
    expect(message).toContain(`-c ${name}=`);
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
      throttleRate: 'fast',
      stackName: 'my_stack',
      memorysize: '512',
    });
    expect(message).toContain('stage is "prod"');
    expect(message).toContain('domainName is given without certificateArn');
    expect(message).toContain('customDomain.domainName is "Connect"');
    expect(message).toContain('Only one of hostedZoneId and hostedZoneName');
    expect(message).toContain('alarmEmail is "team"');
    expect(message).toContain('healthCheck is "no"');
    expect(message).toContain('throttle.rateLimit is "fast"');
    expect(message).toContain('stackName is "my_stack"');
    expect(message).toContain('memorysize is no setting');
  });
});
