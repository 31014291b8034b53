import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { HOURS } from '../../docs/prices.ts';
import {
  ALARM_METRICS,
  FLOOD,
  HEALTH,
  KEYS,
  LOG_MONTHS,
  MEMORY_MB,
  ROUTE_METRICS,
  SERIES,
  WARM,
} from '../../docs/usage.ts';
import { emittedSeries } from './support/emitted-metrics.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

interface AlarmProperties {
  readonly MetricName?: string;
  readonly Metrics?: readonly { readonly MetricStat?: object }[];
}

const template = synthesize();
const every = synthesize({
  monitoring: 'full',
  tracing: true,
  alarmEmail: 'team@example.com',
  customDomain: {
    domainName: 'connect.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
  },
});

/** An alarm on an expression is billed for each metric in it. */
function alarmMetricsOf(of: Template): number {
  return resourcesOf(of, 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => Properties as AlarmProperties)
    .map(({ Metrics }) => Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1)
    .reduce((sum, count) => sum + count, 0);
}

describe('the cost table counts what is deployed:', () => {
  it('every metric of every alarm', () => {
    expect(alarmMetricsOf(every)).toBe(ALARM_METRICS);
  });

  it('every metric that a function writes, and every one that is made from a log', () => {
    const { filters, ...written } = SERIES;
    const sum = Object.values(written).reduce((total, count) => total + count, 0);
    expect(new Set(emittedSeries()).size).toBe(sum);
    const names = resourcesOf(template, 'AWS::Logs::MetricFilter').map(({ Properties }) =>
      JSON.stringify(Properties['MetricTransformations']),
    );
    expect(new Set(names).size).toBe(filters);
  });

  it('every key', () => {
    expect(resourcesOf(template, 'AWS::KMS::Key')).toHaveLength(KEYS);
  });

  it('every route, and one dashboard, where they are asked for', () => {
    expect(resourcesOf(every, 'AWS::ApiGatewayV2::Route')).toHaveLength(ROUTE_METRICS.routes);
    expect(resourcesOf(every, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  it('the memory of the functions, and how long their logs are kept', () => {
    const { Properties } = theResource(template, 'AWS::Lambda::Function', 'Callback/Function');
    expect(Properties).toMatchObject({ MemorySize: MEMORY_MB });
    const logs = theResource(template, 'AWS::Logs::LogGroup', 'Callback/Logs');
    expect(logs.Properties).toMatchObject({ RetentionInDays: LOG_MONTHS * 30 });
  });

  it('how often connected PIMs are checked', () => {
    const { Properties } = theResource(template, 'AWS::Events::Rule', 'Health/Schedule');
    expect(Properties).toMatchObject({
      ScheduleExpression: `rate(${HOURS / HEALTH.sweeps} hours)`,
    });
  });

  it('how often the endpoints are kept warm', () => {
    const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
    expect(schedules).toHaveLength(WARM.functions);
    for (const { Properties } of schedules)
      expect(Properties).toMatchObject({
        ScheduleExpression: `rate(${WARM.everyMinutes} minutes)`,
      });
  });

  it('what the gateway lets through', () => {
    const { Properties } = theResource(template, 'AWS::ApiGatewayV2::Stage', 'Api/Stage');
    const { rate, burst } = FLOOD.letThrough;
    const limits = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
    expect(Properties).toMatchObject({ DefaultRouteSettings: limits });
  });
});
