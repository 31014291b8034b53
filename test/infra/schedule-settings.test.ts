import { Duration, Lazy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { HEALTH_CHECK, KEEP_WARM } from '../../infra/configuration/schedule-settings.ts';

describe('the props of the health check', () => {
  it('switch it on, every six hours, unless told otherwise', () => {
    const settings = HEALTH_CHECK.settings();
    expect(settings.enabled).toBe(true);
    expect(settings.every.toHours()).toBe(6);
    expect(HEALTH_CHECK.settings({ enabled: false }).enabled).toBe(false);
  });

  it.each([Duration.hours(1), Duration.hours(6), Duration.days(7)])('may be %s', (every) => {
    expect(HEALTH_CHECK.check({ every })).toEqual([]);
  });

  // `instanceof` refused it: a CDK app that links this project has a copy of the CDK of its own.
  it('may be a Duration of another copy of the CDK', () => {
    const every = { toMinutes: () => 360, isUnresolved: () => false };
    expect(HEALTH_CHECK.check({ every })).toEqual([]);
  });

  it.each([null, 'no', { enabled: 'no' }, { every: 6 }])(
    'are refused where they are %j, which no type would let through',
    (props) => {
      expect(HEALTH_CHECK.check(props)).toEqual([
        { what: `healthCheck is ${JSON.stringify(props)}.`, fix: expect.any(String) },
      ]);
    },
  );

  const atDeployment = Duration.hours(Lazy.number({ produce: () => 6 }));

  it.each([Duration.minutes(59), Duration.days(8), Duration.seconds(3_601), atDeployment])(
    'may not be %s',
    (every) => {
      expect(HEALTH_CHECK.check({ every })).toMatchObject([
        { what: expect.stringContaining('healthCheck.every') },
      ]);
    },
  );
});

describe('the props of keeping warm', () => {
  it('switch it on, every four minutes, unless told otherwise', () => {
    const settings = KEEP_WARM.settings();
    expect(settings.enabled).toBe(true);
    expect(settings.every.toMinutes()).toBe(4);
    expect(KEEP_WARM.settings({ enabled: false }).enabled).toBe(false);
  });

  it.each([1, 60])('may be every %i minutes', (minutes) => {
    expect(KEEP_WARM.check({ every: Duration.minutes(minutes) })).toEqual([]);
  });

  it.each([Duration.seconds(30), Duration.minutes(61)])('may not be %s', (every) => {
    expect(KEEP_WARM.check({ every })).toEqual([
      {
        what: expect.stringContaining('keepWarm.every'),
        fix: 'Write whole minutes, from Duration.minutes(1) to Duration.hours(1).',
      },
    ]);
  });
});
