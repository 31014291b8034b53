import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { streamConsumer } from '../../../functions/events/stream-consumer.ts';
import { text } from '../../../functions/tables/row.ts';
import { marksIn } from '../../support/canary.ts';
import { httpServer } from '../../support/http-server.ts';
import { busAt, type FakeEventBridge, fakeEventBridge } from './support/event-bridge.ts';
import { fakeQueue } from './support/queue.ts';
import { RECORDED_AT, recordedTable } from './support/recorded-table.ts';

/** Brings a batch to the function as Lambda does. */
async function deliver(
  records: readonly DynamoDBRecord[],
  { bus }: Pick<FakeEventBridge, 'bus'>,
  queueStatus = 200,
) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const { undelivered, messages } = await fakeQueue(queueStatus);
  const consume = streamConsumer({ bus, undelivered, stack: 'Stack', now: () => 0, log });
  const { batchItemFailures } = await consume({ Records: [...records] }, { awsRequestId: 'i-1' });
  return {
    failedAt: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    lines,
    messages,
    logged: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const [BEFORE, LARGE, AFTER] = ['https://a.example', 'https://b.example', 'https://c.example'];

/** Three connections, of which the second was granted more than fits into an event. */
async function tableWithALargeRow() {
  const table = await recordedTable();
  await table.save({ pim: BEFORE });
  const granted = Array.from({ length: 8_000 }, (_, index) => `${'s'.repeat(24)}_${index}`);
  const large = await table.save({ pim: LARGE, granted: granted.join(' ') });
  await table.save({ pim: AFTER });
  return { records: table.records, large };
}

const pimIn = (detail: string) => (JSON.parse(detail) as { pim: string }).pim;
const sequenceNumber = (record?: DynamoDBRecord) => record?.dynamodb?.SequenceNumber;

describe('a batch of the stream', () => {
  it('is published with source, type, time and bus', async () => {
    const table = await recordedTable();
    await table.save();
    const bridge = await fakeEventBridge();
    const { failedAt, logged } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([]);
    expect(bridge.accepted).toEqual([
      {
        EventBusName: 'default',
        Source: 'akeneo-app-activation',
        DetailType: 'App Connected',
        Detail: expect.stringContaining('"pim":"https://pim.example"'),
        Time: RECORDED_AT,
      },
    ]);
    expect(logged).toMatchObject([
      { level: 'INFO', message: 'events_published', PublishedEvents: 1, 'App Connected': 1 },
    ]);
  });

  it('of health checks alone calls nobody and logs nothing', async () => {
    const table = await recordedTable();
    await table.save();
    const checked = await table.set({ health: text('connected') });
    const bridge = await fakeEventBridge();
    expect(await deliver([checked], bridge)).toMatchObject({ failedAt: [], lines: [] });
    expect(bridge.calls).toEqual([]);
  });

  it('ends at the first refused entry, and names its record', async () => {
    const table = await recordedTable();
    for (const pim of ['https://a.example', 'https://b.example', 'https://c.example'])
      await table.save({ pim });
    const bridge = await fakeEventBridge(({ Detail }) =>
      Detail.includes('b.example') ? 'ThrottlingException' : undefined,
    );
    const { failedAt, logged } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([sequenceNumber(table.records[1])]);
    expect(logged).toMatchObject([
      { level: 'WARN', RefusedEvents: 1, PublishedEvents: 2, refusals: ['ThrottlingException'] },
    ]);
  });

  it('sends no later event of a connection while an earlier one is refused', async () => {
    const table = await recordedTable();
    await table.save();
    await table.reopen();
    const bridge = await fakeEventBridge(() => 'InternalFailure');
    const { failedAt } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([sequenceNumber(table.records[0])]);
    expect(bridge.calls).toHaveLength(1);
  });

  it('is kept whole when EventBridge does not answer', async () => {
    const table = await recordedTable();
    await table.save();
    const bridge = await fakeEventBridge(undefined, () => false);
    const { failedAt, logged } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([sequenceNumber(table.records[0])]);
    expect(logged).toMatchObject([{ message: 'events_refused', PublishedEvents: 0 }]);
  });

  it('is kept when the answer says nothing of an entry', async () => {
    const table = await recordedTable();
    await table.save();
    const { url } = await httpServer((response) => response.end('{}'));
    const { failedAt, logged } = await deliver(table.records, { bus: busAt(url) });
    expect(failedAt).toEqual([sequenceNumber(table.records[0])]);
    expect(logged).toMatchObject([{ refusals: ['NoAnswer'] }]);
  });

  it('skips a malformed record with an error in the log, and publishes the others', async () => {
    const table = await recordedTable();
    await table.save();
    await table.set({ status: text('on holiday') });
    await table.save({ pim: 'https://other.example' });
    const bridge = await fakeEventBridge();
    const { failedAt, logged } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([]);
    expect(bridge.accepted).toHaveLength(2);
    expect(logged).toMatchObject([
      {
        level: 'ERROR',
        MalformedRecords: 1,
        problems: ['A row of Connections has no usable "status".'],
      },
    ]);
  });

  // An event of 390 KB was refused again and again, and held up those of every other PIM for 20 hours.
  it('reports an event that is too large for EventBridge, and publishes the others', async () => {
    const { records, large } = await tableWithALargeRow();
    const bridge = await fakeEventBridge();
    const { failedAt, messages, logged, lines } = await deliver(records, bridge);
    expect(failedAt).toEqual([]);
    expect(bridge.accepted.map(({ Detail }) => pimIn(Detail))).toEqual([BEFORE, AFTER]);
    const named = {
      reason: 'EventTooLarge',
      type: 'App Connected',
      pim: LARGE,
      clientId: 'client',
    };
    expect(messages).toEqual([{ ...named, sequenceNumber: sequenceNumber(large) }]);
    expect(logged).toMatchObject([{ level: 'ERROR', PublishedEvents: 2, givenUp: [named] }]);
    expect(lines.join('').length).toBeLessThan(2_000);
  });

  it('waits for the queue when that does not take the event', async () => {
    const { records, large } = await tableWithALargeRow();
    const bridge = await fakeEventBridge();
    const { failedAt, logged } = await deliver(records, bridge, 400);
    expect(failedAt).toEqual([sequenceNumber(large)]);
    expect(logged).toMatchObject([{ RefusedEvents: 1, refusals: ['QueueDoesNotExist'] }]);
  });

  it('reports nothing while an earlier event is refused, however often it is delivered', async () => {
    const { records } = await tableWithALargeRow();
    const bridge = await fakeEventBridge(() => 'ThrottlingException');
    const { failedAt, messages } = await deliver(records, bridge);
    expect(failedAt).toEqual([sequenceNumber(records[0])]);
    expect(messages).toEqual([]);
  });

  it('reports an event whose content EventBridge refuses', async () => {
    const table = await recordedTable();
    await table.save();
    const bridge = await fakeEventBridge(() => 'MalformedDetail');
    const { failedAt, messages } = await deliver(table.records, bridge);
    expect(failedAt).toEqual([]);
    expect(messages).toMatchObject([{ reason: 'MalformedDetail', type: 'App Connected' }]);
  });

  it('shows no token in events, log or answer', async () => {
    const table = await recordedTable();
    await table.save();
    await table.save({ granted: 'write_categories' });
    await table.remove();
    const bridge = await fakeEventBridge();
    const delivered = await deliver(table.records, bridge);
    expect(bridge.accepted).toHaveLength(4);
    expect(marksIn(JSON.stringify({ ...delivered, calls: bridge.calls }))).toEqual([]);
  });
});
