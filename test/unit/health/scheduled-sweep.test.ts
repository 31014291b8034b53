import { describe, expect, it } from 'vitest';
import {
  DynamoDbConnectionScanner,
  DynamoDbFindingRecorder,
} from '../../../functions/health/check-store.ts';
import { STOPPING_RESERVE_MS, scheduledSweep } from '../../../functions/health/scheduled-sweep.ts';
import { marksIn } from '../../support/canary.ts';
import { type Answer, httpServer } from '../../support/http-server.ts';
import { type HealthWorld, healthWorld, POLICY } from './support/health-world.ts';

const TIME = '2026-03-02T00:00:00Z';
const PLENTY_MS = 15 * 60_000;
const SIX_HOURS_MS = 6 * 3_600_000;

const answer =
  (status: number, body: object): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const ALIVE = answer(200, { version: '7.0.4', edition: 'CE' });
const REPLACED = answer(401, { code: 401, message: 'The access token provided is invalid.' });
const FORBIDDEN = answer(403, { code: 403, message: 'Access forbidden.' });

/** Invokes the function as Lambda does, and keeps its log. */
function lambda(world: HealthWorld, changes: Partial<HealthWorld['deps']> = {}) {
  const lines: string[] = [];
  let clock = Date.parse(TIME);
  const handler = scheduledSweep({
    ...world.deps,
    now: () => clock,
    ...changes,
    // Each is a request, which the embedded DynamoDB answers from the whole table.
    segments: 4,
    stack: 'Stack',
    log: (line) => void lines.push(line),
  });
  return {
    lines,
    /** A second after the event was due. */
    invoke: (time = TIME, getRemainingTimeInMillis = () => PLENTY_MS) => {
      clock = Date.parse(time) + 1_000;
      const context = { awsRequestId: 'i-1', getRemainingTimeInMillis };
      return handler({ time, everyMs: SIX_HOURS_MS }, context);
    },
    invokeByHand: () =>
      handler({}, { awsRequestId: 'i-1', getRemainingTimeInMillis: () => PLENTY_MS }),
    logged: (message: string) => parsed(lines).filter((line) => line['message'] === message),
  };
}

/** Which connections have been checked since {@link TIME}. */
async function checkedIn(world: HealthWorld, pim: string, clientIds: string[]): Promise<string> {
  const checked: string[] = [];
  for (const clientId of clientIds) {
    const { checkedAt = '' } = await world.row(pim, clientId);
    if (Date.parse(checkedAt) > Date.parse(TIME)) checked.push(clientId);
  }
  return checked.join(' ');
}

function parsed(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a scheduled sweep', () => {
  it('logs one summary with its metrics, and the connections by health', async () => {
    const world = await healthWorld();
    const pims = await Promise.all([ALIVE, ALIVE, FORBIDDEN, REPLACED].map(httpServer));
    for (const { url } of pims) await world.connect(url);
    const { invoke, logged, lines } = lambda(world);
    await invoke();
    expect(logged('health_sweep_completed')).toEqual([
      expect.objectContaining({
        level: 'INFO',
        Stack: 'Stack',
        FailedChecks: 0,
        DeadConnections: 0,
        checks: 4,
        connected: 2,
        forbidden: 1,
        replaced: 1,
        unreachable: 0,
        invocationId: 'i-1',
      }),
    ]);
    const byHealth = logged('connections_by_health');
    expect(byHealth.map(({ Health, Connections }) => [Health, Connections])).toEqual([
      ['connected', 2],
      ['disconnected', 0],
      ['replaced', 1],
      ['forbidden', 1],
      ['unreachable', 0],
      ['not-a-pim', 0],
    ]);
    expect(byHealth[0]).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Dimensions: [['Stack', 'Health']] }] },
    });
    expect(lines).toHaveLength(7);
  });

  it('logs a connection once, when its token is found dead for the second time', async () => {
    const world = await healthWorld();
    const { url } = await httpServer(REPLACED);
    await world.connect(url);
    const { invoke, logged } = lambda(world);
    await invoke('2026-03-02T00:00:00Z');
    await invoke('2026-03-02T00:00:00Z');
    expect(logged('connection_dead')).toEqual([]);
    await invoke('2026-03-02T06:00:00Z');
    await invoke('2026-03-02T12:00:00Z');
    expect(logged('connection_dead')).toEqual([
      expect.objectContaining({ level: 'WARN', pim: url, clientId: 'client', health: 'replaced' }),
    ]);
  });

  it('fails in good order when its time runs out, and goes on where it was in the next attempt', async () => {
    const world = await healthWorld();
    const { url, received } = await httpServer(ALIVE);
    for (const clientId of ['a', 'b', 'c']) await world.connect(url, { clientId });
    const { invoke, logged } = lambda(world);
    await expect(invoke(TIME, () => STOPPING_RESERVE_MS)).rejects.toThrow('Out of time');
    expect(logged('health_sweep_stopped')).toMatchObject([{ level: 'WARN' }]);
    await invoke();
    await invoke();
    expect(received).toHaveLength(3);
  });

  it('says how long a connection has waited for its check', async () => {
    const world = await healthWorld();
    await world.connect((await httpServer(ALIVE)).url);
    const { invoke, logged } = lambda(world);
    for (const time of [TIME, '2026-03-02T06:00:00Z', '2026-03-02T18:00:00Z']) await invoke(time);
    expect(logged('health_sweep_completed')).toMatchObject([
      { CheckInterval: 0, ConnectionsLeft: 0 },
      { CheckInterval: SIX_HOURS_MS, ConnectionsLeft: 0 },
      { CheckInterval: 2 * SIX_HOURS_MS, ConnectionsLeft: 0 },
    ]);
  });

  it('checks those first that have waited longest, and says how many it has not reached', async () => {
    const world = await healthWorld();
    const { url, received } = await httpServer(ALIVE);
    const lastChecks = {
      a: '2026-03-01T18:00:00.000Z',
      b: '2026-02-01T00:00:00.000Z',
      c: '2026-03-01T00:00:00.000Z',
      never: undefined,
      unreadable: 'yesterday',
      // In its place, as its token never decrypts; it keeps nobody else from being checked.
      broken: '2026-01-01T00:00:00.000Z',
    };
    for (const [clientId, checkedAt] of Object.entries(lastChecks)) {
      await world.connect(url, { clientId });
      if (checkedAt) await world.change(url, { checkedAt: { S: checkedAt } }, clientId);
    }
    await world.change(url, { encryptedToken: { B: Buffer.from('of another row') } }, 'broken');
    const { invoke, logged } = lambda(world);
    const order: string[] = [];
    for (const pings of [2, 3, 4]) {
      const remainingMs = () => (received.length < pings ? PLENTY_MS : STOPPING_RESERVE_MS);
      await expect(invoke(TIME, remainingMs)).rejects.toThrow('Out of time');
      order.push(await checkedIn(world, url, Object.keys(lastChecks)));
    }
    expect(order).toEqual(['never unreadable', 'b never unreadable', 'b c never unreadable']);
    expect(logged('health_sweep_stopped').map((line) => line['ConnectionsLeft'])).toEqual([
      4, 2, 1,
    ]);
  });

  it('checks all others when a token does not decrypt, and says which did not', async () => {
    const world = await healthWorld();
    const [good, bad] = await Promise.all([ALIVE, ALIVE].map(httpServer));
    await world.connect(good?.url ?? '');
    await world.connect(bad?.url ?? '');
    await world.change(bad?.url ?? '', { encryptedToken: { B: Buffer.from('of another row') } });
    const { invokeByHand, logged } = lambda(world);
    const summary = await invokeByHand();
    expect(summary).toMatchObject({ failed: 1, byHealth: { connected: 1 } });
    expect(logged('check_failed')).toMatchObject([{ level: 'ERROR', pim: bad?.url }]);
    expect(bad?.received).toEqual([]);
  });

  it('names the error of DynamoDB when findings cannot be recorded', async () => {
    const world = await healthWorld();
    await world.connect((await httpServer(ALIVE)).url);
    const { client } = world.db;
    const findings = new DynamoDbFindingRecorder(client, 'NoSuchTable');
    const { invoke, logged } = lambda(world, { findings });
    await invoke();
    expect(logged('check_failed')).toMatchObject([{ problem: 'ResourceNotFoundException' }]);
    expect(logged('health_sweep_completed')).toMatchObject([{ level: 'WARN', FailedChecks: 1 }]);
  });

  it('fails as an outage when the table cannot be read, so that it is tried again', async () => {
    const world = await healthWorld();
    const connections = new DynamoDbConnectionScanner(world.db.client, 'Deleted', POLICY);
    await expect(lambda(world, { connections }).invoke()).rejects.toHaveProperty(
      'name',
      'ServiceError',
    );
  });

  it('shows no token, whatever the PIMs answer', async () => {
    const world = await healthWorld();
    const echo: Answer = (response, { headers }) => {
      response.writeHead(401, { 'x-echo': String(headers.authorization) });
      response.end(JSON.stringify({ message: `invalid: ${headers.authorization}` }));
    };
    for (const { url } of await Promise.all([echo, REPLACED, ALIVE].map(httpServer)))
      await world.connect(url);
    const { invoke, lines } = lambda(world);
    const summary = await invoke();
    expect(lines.length).toBeGreaterThan(0);
    expect(marksIn([...lines, JSON.stringify(summary)].join('\n'))).toEqual([]);
  });
});
