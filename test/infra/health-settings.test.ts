import { Duration, Lazy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import {
  healthCheckProblems,
  healthCheckSettings,
} from '../../infra/configuration/health-settings.ts';

describe('the props of the health check', () => {
  it('switch it on, every six hours, unless told otherwise', () => {
    const settings = healthCheckSettings();
    expect(settings.enabled).toBe(true);
    expect(settings.every.toHours()).toBe(6);
    expect(healthCheckSettings({ enabled: false }).enabled).toBe(false);
  });

  it.each([Duration.hours(1), Duration.hours(6), Duration.days(7)])('may be %s', (every) => {
    expect(healthCheckProblems({ every })).toEqual([]);
  });

  // `instanceof` refused it: a CDK app that links this project has a copy of the CDK of its own.
  it('may be a Duration of another copy of the CDK', () => {
    const every = { toMinutes: () => 360, isUnresolved: () => false };
    expect(healthCheckProblems({ every })).toEqual([]);
  });

  it.each([null, 'no', { enabled: 'no' }, { every: 6 }])(
    'are refused where they are %j, which no type would let through',
    (props) => {
      expect(healthCheckProblems(props)).toEqual([
        { what: `healthCheck is ${JSON.stringify(props)}.`, fix: expect.any(String) },
      ]);
    },
  );

  const atDeployment = Duration.hours(Lazy.number({ produce: () => 6 }));

  it.each([Duration.minutes(59), Duration.days(8), Duration.seconds(3_601), atDeployment])(
    'may not be %s',
    (every) => {
      expect(healthCheckProblems({ every })).toMatchObject([
        { what: expect.stringContaining('healthCheck.every') },
      ]);
    },
  );
});
