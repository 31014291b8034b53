import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EVENTS_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { EVENT_SOURCE } from '../../functions/events/app-event.ts';
import { EVENT_METRICS } from '../../functions/telemetry/metrics.ts';
import type { Bus } from '../configuration/props.ts';
import type { Settings } from '../configuration/settings.ts';
import { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import { counted } from '../monitoring/metrics.ts';
import type { ConnectionsTable } from '../storage/connections-table.ts';
import { type FunctionSettings, HandlerFunction } from './handler-function.ts';

const ALARM_PERIOD = Duration.minutes(5);

/** What events are made from, and where they go. */
export interface ConnectionEventsProps {
  /** Its `eventBus` gets the events. */
  readonly settings: FunctionSettings & Pick<Settings, 'eventBus'>;
  readonly connections: ConnectionsTable;
}

/**
 * Tells other services what becomes of connections: see `docs/events.md`.
 *
 * Events are made from the table's stream and not by the function that writes the row: a function that ends between the
 * write and the event would leave a connection without one. The stream has every write for a day, in order.
 *
 * A batch that fails is tried again for 20 hours, from the first record that was not told. What is still not told by
 * then is named in a queue, with four hours left to read it from the stream. The function itself names there an event
 * that EventBridge can never take, and goes on.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html Retained records}
 */
export class ConnectionEvents extends HandlerFunction {
  /** The bus that gets the events. */
  public readonly bus: Bus;
  /** Names the records that were given up by shard and sequence numbers, and single events by PIM and client ID. */
  public readonly undelivered: Queue;
  /** Hands the stream of the table to the function. */
  public readonly mapping: EventSourceMapping;
  /** For events that are late, given up, or cannot be made. */
  public readonly alarms: readonly ExplainedAlarm[];

  /** @throws {Error} when the table has no stream. */
  constructor(scope: Construct, id: string, props: ConnectionEventsProps) {
    const { settings, connections } = props;
    const bus = settings.eventBus ?? defaultBus(scope);
    super(scope, id, {
      handler: 'events',
      description: 'Publishes what becomes of connections as events',
      environment: {},
      follows: settings.eventBus && nameOf(settings.eventBus),
      settings,
    });
    this.bus = bus;
    this.undelivered = this.#undelivered();
    this.#tell({ EVENT_BUS: bus.eventBusArn, UNDELIVERED_QUEUE: this.undelivered.queueUrl });
    this.mapping = this.#consume(streamOf(connections));
    this.alarms = this.#alarms();
  }

  #undelivered(): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue itself, of a stream; an alarm watches it.',
    });
    return queue;
  }

  /** The queue is part of the construct, so it is there only after the function. */
  #tell(variables: VariablesOf<typeof EVENTS_VARIABLES>): void {
    for (const [name, value] of Object.entries(variables))
      this.function.addEnvironment(name, value);
  }

  #grant(streamArn: string): void {
    grantReadStream(streamArn, this);
    grantPublish(this.bus, this);
    grantReport(this.undelivered, this);
  }

  /** One batch of a shard at a time, so that the changes of a connection are told one after the other. */
  #consume(eventSourceArn: string): EventSourceMapping {
    const destination = this.undelivered.queueArn;
    this.#grant(eventSourceArn);
    return new EventSourceMapping(this, 'Stream', {
      target: this.alias,
      eventSourceArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(20),
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      // Not `SqsDlq`, which would add two rights that Lambda does not use.
      onFailure: { bind: () => ({ destination }) },
    });
  }

  #alarms(): ExplainedAlarm[] {
    const maximum = { statistic: 'Maximum', period: ALARM_PERIOD };
    const age = this.function.metric('IteratorAge', maximum);
    const waiting = this.undelivered.metricApproximateNumberOfMessagesVisible(maximum);
    const { stackName } = Stack.of(this);
    const malformed = counted(EVENT_METRICS.malformed, stackName, ALARM_PERIOD);
    return [
      ExplainedAlarm.ofService(this, 'events-late', age),
      ExplainedAlarm.ofService(this, 'events-given-up', waiting),
      ExplainedAlarm.ofService(this, 'events-malformed', malformed),
      ExplainedAlarm.ofService(this, 'events-not-invoked', notInvoked(this.mapping)),
      ...ExplainedAlarm.ofFunction(this, this),
    ];
  }
}

/**
 * Batches that Lambda could not hand to the function. `IteratorAge` does not tell: it is measured when a batch is handed
 * over.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics Metrics of mappings}
 */
function notInvoked(mapping: EventSourceMapping): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'FailedInvokeEventCount',
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: 'Sum',
    period: ALARM_PERIOD,
  });
}

function defaultBus(scope: Construct): Bus {
  const bus = { service: 'events', resource: 'event-bus', resourceName: 'default' };
  return { eventBusArn: Stack.of(scope).formatArn(bus) };
}

/** Its ARN may be longer than the description of a version. */
function nameOf({ eventBusArn }: Bus): string {
  return Fn.select(1, Fn.split('/', eventBusArn));
}

function streamOf({ table }: ConnectionsTable): string {
  if (table.tableStreamArn) return table.tableStreamArn;
  throw new Error('The table of connections has no stream to make events from.');
}

/** Lets Lambda read the stream in the function's name; it gives no right to the table itself. */
function grantReadStream(streamArn: string, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    resourceArns: [streamArn],
  });
}

/**
 * Lets a function publish events of this source, and of no other. One call has up to ten events, so the key holds a set;
 * `ForAllValues` alone would also hold for a request without the key, hence `Null`.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html Conditions of EventBridge}
 */
function grantPublish(bus: Bus, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE },
      Null: { 'events:source': 'false' },
    },
  });
}

/** Lets the function, and Lambda in its name, report what was given up. */
function grantReport(queue: Pick<IQueue, 'queueArn'>, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['sqs:SendMessage'],
    resourceArns: [queue.queueArn],
  });
}
