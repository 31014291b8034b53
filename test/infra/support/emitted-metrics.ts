import type { Template } from 'aws-cdk-lib/assertions';
import { OUTCOMES, type OutcomeCode } from '../../../functions/activation/outcomes.ts';
import { publicationLine } from '../../../functions/events/stream-consumer.ts';
import { checkLine, healthLines, summaryLine } from '../../../functions/health/scheduled-sweep.ts';
import { SweepCounts } from '../../../functions/health/sweep.ts';
import { outcomeLine } from '../../../functions/telemetry/log.ts';
import { resolver } from './resolve.ts';
import { resourcesOf, theResource } from './synthesis.ts';

/** The stack whose functions write the lines. */
const STACK = 'AkeneoAppActivation';

type Line = Readonly<Record<string, unknown>>;

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

interface FilterProperties {
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

/** A metric with its dimensions and their values, which is what CloudWatch tells metrics apart by. */
export function series(
  namespace: string,
  metric: string,
  dimensions: readonly (readonly [string, unknown])[],
): string {
  const sorted = dimensions.map(([name, value]) => `${name}=${String(value)}`).sort();
  return `${namespace} ${metric} ${sorted.join(' ')}`;
}

/** Every metric that the functions write, as their own lines have it. */
export function emittedSeries(): readonly string[] {
  return [...outcomeLines(), ...sweepLines(), publishedLine()].flatMap((line) => seriesIn(line));
}

/**
 * Every metric that a filter makes from a log.
 *
 * @throws {Error} when a filter reads a field that the lines of its log do not have.
 */
export function filteredSeries(template: Template): readonly string[] {
  const samples: Readonly<Record<string, Line>> = {
    'Api/AccessLog': accessLogLine(template),
    'Callback/Logs': JSON.parse(keyFailureLine()) as Line,
    'Health/Logs': JSON.parse(failedCheckLine()) as Line,
  };
  const resolve = resolver(template);
  return resourcesOf(template, 'AWS::Logs::MetricFilter').flatMap(({ Properties }) => {
    const filter = resolve(Properties) as FilterProperties;
    return seriesOfFilter(filter, samples[filter.LogGroupName] ?? {});
  });
}

function seriesOfFilter(filter: FilterProperties, sample: Line): string[] {
  fieldOf(sample, /\$\.\w+/.exec(filter.FilterPattern)?.[0] ?? '');
  return filter.MetricTransformations.map(({ MetricNamespace, MetricName, Dimensions }) =>
    series(
      MetricNamespace,
      MetricName,
      Dimensions.map(({ Key, Value }) => [Key, fieldOf(sample, Value)]),
    ),
  );
}

function fieldOf(sample: Line, selector: string): unknown {
  const value = sample[selector.replace('$.', '')];
  if (value === undefined) throw new Error(`No line of that log has ${selector}.`);
  return value;
}

function accessLogLine(template: Template): Line {
  const { Properties } = theResource(template, 'AWS::ApiGatewayV2::Stage', 'Api/Stage');
  const { Format } = Properties['AccessLogSettings'] as { readonly Format: string };
  return JSON.parse(Format) as Line;
}

function outcomeLines(): string[] {
  // `Object.keys` forgets the literal keys of the table.
  const codes = Object.keys(OUTCOMES) as OutcomeCode[];
  return codes.flatMap((code) =>
    (['activate', 'callback'] as const).map((endpoint) => outcomeLine(record(code, endpoint))),
  );
}

function record(code: OutcomeCode, endpoint: 'activate' | 'callback') {
  const request = { requestId: 'r', invocationId: 'i', coldStart: false };
  const { cause } = OUTCOMES[code];
  const times = { startedAt: 0, durationMs: 1 };
  return { ...request, ...times, stack: STACK, code, cause, endpoint, context: {} };
}

/** Of a callback that could not encrypt a token. */
function keyFailureLine(): string {
  const context = { dependency: 'kms', errorName: 'DisabledException' } as const;
  return outcomeLine({ ...record('token_not_saved', 'callback'), context });
}

function failedCheckLine(): string {
  const check = { kind: 'failed', pim: 'p', clientId: 'c', problem: 'DisabledException' } as const;
  return checkLine(check, 1, SWEEP) ?? '';
}

const SWEEP = { stack: STACK, invocationId: 'i', at: 0 };

function sweepLines(): string[] {
  const context = { ...SWEEP, due: 0, durationMs: 1 };
  const summary = new SweepCounts().summary(true);
  return [summaryLine(summary, context), ...healthLines(summary, context)];
}

function publishedLine(): string {
  const nothing = { records: 0, published: [], givenUp: [], refusals: [], malformed: [] };
  return publicationLine({ ...nothing, stack: STACK, invocationId: 'i', at: 0 });
}

function seriesIn(text: string): string[] {
  const line = JSON.parse(text) as Line & {
    readonly _aws: { readonly CloudWatchMetrics: readonly Directive[] };
  };
  return line._aws.CloudWatchMetrics.flatMap((directive) => seriesOfDirective(directive, line));
}

function seriesOfDirective({ Namespace, Dimensions, Metrics }: Directive, line: Line): string[] {
  for (const { Name } of Metrics) fieldOf(line, Name);
  return Dimensions.flatMap((names) => {
    const values = names.map((name) => [name, fieldOf(line, name)] as const);
    return Metrics.map(({ Name }) => series(Namespace, Name, values));
  });
}
