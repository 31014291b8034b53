import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../functions/events/app-event.ts';
import { eventsOf } from '../../functions/events/events-of.ts';
import { readStreamRecord } from '../../functions/events/stream-record.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { text } from '../../functions/tables/row.ts';
import { type Entry, fakeEventBridge } from '../unit/events/support/event-bridge.ts';
import { recordedTable } from '../unit/events/support/recorded-table.ts';

const RUNNER = fileURLToPath(new URL('./support/run-handler.ts', import.meta.url));
const PIMS = Array.from({ length: 12 }, (_, number) => `https://pim-${number}.example`);

/** Invokes the function in a process of its own. */
function invoke(records: readonly DynamoDBRecord[], endpoint: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', RUNNER], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {
      STACK_NAME: 'Stack',
      EVENT_BUS: 'default',
      UNDELIVERED_QUEUE: 'https://sqs.eu-west-1.amazonaws.com/111122223333/undelivered',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint,
    },
  });
  child.stdin?.end(JSON.stringify({ Records: records }));
  return child;
}

/** What became of twelve connections: connected, opened with other scopes, disconnected. */
async function manyChanges(): Promise<DynamoDBRecord[]> {
  const table = await recordedTable();
  for (const pim of PIMS) await table.save({ pim });
  for (const pim of PIMS) await table.save({ pim, granted: 'write_categories' });
  for (const pim of PIMS) await table.set({ status: text('disconnected') }, { pim });
  return table.records;
}

const detailOf = ({ Detail }: Entry) => JSON.parse(Detail) as EventDetail;

/** What a consumer sees that drops an event when it knows its id. */
function firstArrivals(entries: readonly Entry[]): EventDetail[] {
  const details = entries.map(detailOf);
  return details.filter(({ id }, index) => details.findIndex((one) => one.id === id) === index);
}

/** Kills the function at a call that EventBridge accepts but the function never hears of; then replays. */
async function killAndReplay(records: readonly DynamoDBRecord[], atCall: number) {
  let running: ChildProcess | undefined;
  const bridge = await fakeEventBridge(undefined, (call) => {
    if (call === atCall) running?.kill('SIGKILL');
    return call !== atCall;
  });
  running = invoke(records, bridge.url);
  expect(await once(running, 'exit')).toEqual([null, 'SIGKILL']);
  const toldBefore = bridge.accepted.length;
  running = invoke(records, bridge.url);
  expect(await once(running, 'exit')).toEqual([0, null]);
  return { accepted: bridge.accepted, toldBefore };
}

describe('a function that is killed half-way', () => {
  it('loses no event when its batch is brought again; the same ones have the same id', async () => {
    const records = await manyChanges();
    const { accepted, toldBefore } = await killAndReplay(records, 3);
    const expected = records.flatMap((record) => eventsOf(wellFormed(readStreamRecord(record))));
    expect(toldBefore).toBeGreaterThan(0);
    expect(toldBefore).toBeLessThan(expected.length);
    expect(accepted).toHaveLength(toldBefore + expected.length);
    const bySequence = (one: EventDetail, other: EventDetail) =>
      one.sequence < other.sequence ? -1 : 1;
    expect(firstArrivals(accepted).sort(bySequence)).toEqual(expected.map(({ detail }) => detail));
  });

  it('tells the events of a connection in their order, by arrival and by sequence', async () => {
    const { accepted } = await killAndReplay(await manyChanges(), 4);
    for (const pim of PIMS) {
      const ofPim = accepted.filter((entry) => detailOf(entry).pim === pim);
      const sequences = firstArrivals(ofPim).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted());
      expect(sequences).toHaveLength(4);
    }
  });
});
