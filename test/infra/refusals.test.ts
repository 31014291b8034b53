import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation } from '../../infra/akeneo-app-activation.ts';
import type { AkeneoAppActivationProps } from '../../infra/configuration/props.ts';
import type { CustomDomainProps } from '../../infra/custom-domain.ts';
import { testApp } from './support/synthesis.ts';

/** What the synthesis of a construct is refused with. */
function refusalOf(
  props: AkeneoAppActivationProps | ((stack: Stack) => AkeneoAppActivationProps),
): string {
  const stack = new Stack(testApp(), 'Test');
  return messageOf(
    () =>
      new AkeneoAppActivation(
        stack,
        'Activation',
        typeof props === 'function' ? props(stack) : props,
      ),
  );
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : 'not an Error';
  }
  return 'nothing';
}

function domain(stack: Stack, zoneName?: string): CustomDomainProps {
  const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', certificateArn);
  const zone = { hostedZoneId: 'Z1', zoneName: zoneName ?? 'example.com' };
  const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', zone);
  return { domainName: 'connect.example.com', certificate, ...(zoneName && { hostedZone }) };
}

describe('production', () => {
  it('refuses every dangerous switch in one message that says how to go on', () => {
    const message = refusalOf({
      dangerouslyAllowHttpPimOnLoopback: true,
      dangerouslyDestroyTables: true,
    });
    expect(message).toContain('dangerouslyAllowHttpPimOnLoopback is switched on');
    expect(message).toContain('dangerouslyDestroyTables is switched on');
    expect(message.match(/Fix: .*stage: 'development'/g)).toHaveLength(2);
  });

  it('is the stage of whoever says nothing', () => {
    expect(refusalOf({ dangerouslyDestroyTables: true })).toContain('the stage is production');
    expect(refusalOf({})).toBe('nothing');
  });
});

describe('development', () => {
  it('accepts the dangerous switches', () => {
    const switches = { dangerouslyAllowHttpPimOnLoopback: true, dangerouslyDestroyTables: true };
    expect(refusalOf({ stage: 'development', ...switches })).toBe('nothing');
  });
});

describe('props', () => {
  it.each([
    ['a throttle of zero', { throttle: { rateLimit: 0, burstLimit: 1 } }, 'throttle.rateLimit'],
    ['no burst', { throttle: { rateLimit: 1, burstLimit: 0 } }, 'throttle.burstLimit'],
    ['half a request', { throttle: { rateLimit: 1, burstLimit: 1.5 } }, 'throttle.burstLimit'],
    ['no concurrency', { reservedConcurrency: 0 }, 'reservedConcurrency is 0'],
    ['too little memory', { memorySize: 64 }, 'memorySize'],
    ['an e-mail that is none', { alarmEmail: 'team' }, 'alarmEmail is "team"'],
    ['half an account', { backEndAccounts: ['1111'] }, 'backEndAccounts has "1111"'],
    ['no account', { backEndAccounts: [''] }, 'backEndAccounts has ""'],
  ])('with %s are refused', (_, props, expected) => {
    expect(refusalOf(props)).toContain(expected);
  });

  it.each(['https://a.example.com', 'Connect.example.com', 'a.example.com/x', '', 'localhost'])(
    'with the domain %j are refused',
    (domainName) => {
      const message = refusalOf((stack) => ({ customDomain: { ...domain(stack), domainName } }));
      expect(message).toContain('customDomain.domainName is');
    },
  );

  it('with a domain whose URLs no PIM could keep are refused', () => {
    const longest = `${'a.'.repeat(104)}com`;
    const callbackUrl = `https://${longest}/callback/${'a'.repeat(26)}`;
    const refused = (domainName: string) =>
      refusalOf((stack) => ({ customDomain: { ...domain(stack), domainName } }));
    expect(callbackUrl).toHaveLength(255);
    expect(refused(longest)).toBe('nothing');
    expect(refused(`a${longest}`)).toContain('longer than 211 characters');
  });

  it('with a zone that does not hold the domain are refused', () => {
    expect(refusalOf((stack) => ({ customDomain: domain(stack, 'example.org') }))).toContain(
      'customDomain.hostedZone is example.org',
    );
    expect(refusalOf((stack) => ({ customDomain: domain(stack, 'example.com') }))).toBe('nothing');
  });

  it('are refused with all problems at once', () => {
    const message = refusalOf({
      dangerouslyDestroyTables: true,
      memorySize: 1,
      alarmEmail: 'team',
      throttle: { rateLimit: -1, burstLimit: -1 },
    });
    expect(message.match(/Fix: /g)).toHaveLength(5);
  });
});

// The CDK ended it in a stack trace that names the topic and not the setting.
describe('a stack whose name is too long for the sender of the alarms', () => {
  const activationIn = (stackName: string, props: AkeneoAppActivationProps) => () =>
    new AkeneoAppActivation(new Stack(testApp(), 'Test', { stackName }), 'Activation', props);
  const alarmEmail = 'team@example.com';

  it('is refused, and told what fits', () => {
    expect(messageOf(activationIn('a'.repeat(90), { alarmEmail }))).toBe('nothing');
    const message = messageOf(activationIn('a'.repeat(91), { alarmEmail }));
    expect(message).toContain('stackName has 91 characters');
    expect(message).toContain('Choose a name of at most 90 characters, or leave alarmEmail out.');
    expect(message.match(/Fix: /g)).toHaveLength(1);
  });

  it('is fine with 128 characters, the most that CloudFormation takes, if nobody gets mails', () => {
    expect(messageOf(activationIn('a'.repeat(128), { monitoring: 'full' }))).toBe('nothing');
  });
});
