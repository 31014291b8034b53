import { describe, expect, it } from 'vitest';
import { parseFlowId } from '../../../functions/activation/flow.ts';
import { ServiceError } from '../../../functions/activation/ports.ts';
import type { DueConnection, MalformedConnection } from '../../../functions/health/check.ts';
import { DynamoDbConnectionScanner } from '../../../functions/health/check-store.ts';
import { type Health, nextStatus } from '../../../functions/health/health.ts';
import { isMalformed, wellFormed } from '../../../functions/pim/malformed.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { DynamoDbConnectionStore } from '../../../functions/store/connection-store.ts';
import { number, text } from '../../../functions/tables/row.ts';
import { type HealthWorld, healthWorld, POLICY } from './support/health-world.ts';

const PIM = 'https://pim.example';
const FIRST = Date.parse('2026-03-02T00:00:00.000Z');
const SECOND = Date.parse('2026-03-02T06:00:00.000Z');

/** The rows of a segment, or of the whole table, that are due for a sweep. */
async function due({ deps }: HealthWorld, startedAt: number, segment = { index: 0, of: 1 }) {
  const rows: (DueConnection | MalformedConnection)[] = [];
  for await (const row of deps.connections.scan(segment, startedAt)) rows.push(row);
  return rows;
}

async function theDue(world: HealthWorld, startedAt: number): Promise<DueConnection> {
  const [connection] = await due(world, startedAt);
  if (!connection || isMalformed(connection)) throw new Error('nothing to check');
  return connection;
}

/** Records what a check has found a second after its sweep began. */
function record(
  { deps }: HealthWorld,
  connection: DueConnection,
  health: Health,
  sweepStartedAt: number,
) {
  const next = nextStatus(health, connection.consecutiveInvalid);
  const checkedAt = sweepStartedAt + 1_000;
  return deps.findings.record({ connection, health, next, checkedAt, sweepStartedAt });
}

async function check(world: HealthWorld, health: Health, sweepStartedAt: number) {
  return record(world, await theDue(world, sweepStartedAt), health, sweepStartedAt);
}

/** The App is opened again, as the callback records it. */
async function reopen(world: HealthWorld): Promise<void> {
  const { client, address } = world.db;
  const store = new DynamoDbConnectionStore(client, address.tables.connections);
  const connection = await theDue(world, SECOND);
  const flowId = wellFormed(parseFlowId('f'.repeat(43)));
  if (!flowId) throw new Error('not a flow id');
  const isReopened = await store.reopen({
    ...connection,
    requestedScopes: parseScope('read_products'),
    grantedScopes: parseScope('read_products'),
    flowId,
    tokenRequestedAt: FIRST + 5_000,
  });
  expect(isReopened).toBe(true);
}

describe('a finding', () => {
  it('is on the record with its time, and leaves all else as it was', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    const before = await world.row(PIM);
    expect(await check(world, 'unreachable', FIRST)).toBe(true);
    expect(await world.row(PIM)).toEqual({
      ...before,
      health: 'unreachable',
      checkedAt: '2026-03-02T00:00:01.000Z',
    });
  });

  it('ends a connection at the second invalid answer, with the time', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    await check(world, 'disconnected', FIRST);
    expect(await world.row(PIM)).toMatchObject({ status: 'connected', consecutiveInvalid: '1' });
    await check(world, 'disconnected', SECOND);
    expect(await world.row(PIM)).toMatchObject({
      status: 'disconnected',
      statusAt: '2026-03-02T06:00:01.000Z',
      health: 'disconnected',
    });
    expect(await due(world, Date.now())).toEqual([]);
  });

  it('resets the count when the PIM accepts the token again', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    await check(world, 'replaced', FIRST);
    await check(world, 'connected', SECOND);
    expect(await world.row(PIM)).not.toHaveProperty('consecutiveInvalid');
  });

  it('counts once for a sweep, however often its event is delivered', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    const connection = await theDue(world, FIRST);
    expect(await record(world, connection, 'replaced', FIRST)).toBe(true);
    expect(await record(world, connection, 'replaced', FIRST)).toBe(false);
    expect(await due(world, FIRST)).toEqual([]);
    expect(await world.row(PIM)).toMatchObject({ consecutiveInvalid: '1', status: 'connected' });
  });

  it('is dropped when the token was renewed meanwhile', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    await check(world, 'replaced', FIRST);
    const connection = await theDue(world, SECOND);
    await world.connect(PIM);
    const renewed = await world.row(PIM);
    expect(await record(world, connection, 'replaced', SECOND)).toBe(false);
    expect(await world.row(PIM)).toEqual(renewed);
  });

  it('is dropped when the App was opened meanwhile with the same token, which is alive, then', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    await check(world, 'replaced', FIRST);
    const connection = await theDue(world, SECOND);
    await reopen(world);
    expect(await record(world, connection, 'replaced', SECOND)).toBe(false);
    const row = await world.row(PIM);
    expect(row).toMatchObject({ status: 'connected' });
    for (const forgotten of ['health', 'checkedAt', 'consecutiveInvalid'])
      expect(row).not.toHaveProperty(forgotten);
  });

  it('is dropped when somebody else has marked the connection, or removed it', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    const connection = await theDue(world, FIRST);
    await world.change(PIM, { status: text('disconnected') });
    expect(await record(world, connection, 'connected', FIRST)).toBe(false);
    const removed = { ...connection, clientId: 'removed' };
    expect(await record(world, removed, 'connected', FIRST)).toBe(false);
    expect(await world.row(PIM, 'removed')).toEqual({});
  });
});

describe('the scan', () => {
  it('finds connected rows alone, in whichever segment', async () => {
    const world = await healthWorld();
    const pims = Array.from({ length: 30 }, (_, index) => `https://pim-${index}.example`);
    for (const pim of pims) await world.connect(pim);
    await world.change('https://pim-0.example', { status: text('disconnected') });
    await world.change('https://pim-1.example', { status: text('replaced') });
    const segments = Array.from({ length: 8 }, (_, index) => due(world, FIRST, { index, of: 8 }));
    const found = (await Promise.all(segments)).flat().map(({ pim }) => pim.toString());
    expect(found.sort()).toEqual(pims.slice(2).sort());
  });

  it('names a row that was changed by hand, without its values', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    await world.change(PIM, { tokenFingerprint: number(7) });
    const problem = 'A row of Connections has no usable "tokenFingerprint".';
    const row = { kind: 'malformed', pim: PIM, clientId: 'client', problem };
    expect(await due(world, FIRST)).toEqual([row]);
  });

  it('names a row whose PIM today’s policy would not send a token to', async () => {
    const world = await healthWorld();
    await world.connect('http://localhost:8080');
    const { client, address } = world.db;
    const policy = { dangerouslyAllowHttpOnLoopback: false };
    const connections = new DynamoDbConnectionScanner(client, address.tables.connections, policy);
    const rows = await due({ ...world, deps: { ...world.deps, connections } }, FIRST);
    expect(rows).toMatchObject([{ kind: 'malformed', problem: 'pim: not-https' }]);
  });

  it('is an outage when the table is not there', async () => {
    const world = await healthWorld();
    const connections = new DynamoDbConnectionScanner(world.db.client, 'Deleted', POLICY);
    const scan = due({ ...world, deps: { ...world.deps, connections } }, FIRST);
    await expect(scan).rejects.toBeInstanceOf(ServiceError);
  });

  // A day ahead by a wrong clock, and no sweep came by for a day.
  it('takes a check that is dated far ahead for none', async () => {
    const world = await healthWorld();
    await world.connect(PIM);
    expect(await check(world, 'connected', FIRST + 3 * 86_400_000)).toBe(true);
    expect(await due(world, FIRST)).toHaveLength(1);
    expect(await check(world, 'connected', FIRST)).toBe(true);
    expect(await due(world, FIRST)).toHaveLength(0);
  });
});
