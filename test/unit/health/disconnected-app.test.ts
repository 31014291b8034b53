import { describe, expect, it } from 'vitest';
import { DynamoDbConnectionScanner } from '../../../functions/health/dynamodb-connection-scanner.ts';
import { DynamoDbFindingRecorder } from '../../../functions/health/dynamodb-finding-recorder.ts';
import { pimProber } from '../../../functions/health/pim-prober.ts';
import { sweepConnections } from '../../../functions/health/sweep.ts';
import type { SweepSummary } from '../../../functions/health/tally.ts';
import type { Visit } from '../../../functions/health/visit.ts';
import { LOCAL_PIM_URL_POLICY } from '../../../local/local-app.ts';
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts';

const world = flowWorld();
let clock = Date.now();

/** Sweeps over the connections of a world; each sweep a little later than the one before. */
async function sweep({ app }: FlowWorld): Promise<{ visits: Visit[]; summary: SweepSummary }> {
  const { client, address } = app.dynamoDb;
  const visits: Visit[] = [];
  const { connections } = address.tables;
  clock += 1;
  const startedAt = clock;
  const summary = await sweepConnections(
    { startedAt, onVisit: (visit) => void visits.push(visit) },
    {
      connections: new DynamoDbConnectionScanner(client, connections, LOCAL_PIM_URL_POLICY),
      findings: new DynamoDbFindingRecorder(client, connections),
      decrypter: app.cipher,
      prober: pimProber(),
      now: () => startedAt,
    },
  );
  return { visits, summary };
}

describe('an App that a PIM user disconnects', () => {
  it('is noticed by two sweeps, left alone after, and alive again once it is opened', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    expect((await sweep(world())).visits).toMatchObject([{ kind: 'visited', health: 'connected' }]);

    listed.pim.disconnect(listed.clientId);
    const [first, second, third] = [
      await sweep(world()),
      await sweep(world()),
      await sweep(world()),
    ];
    expect(first.visits).toMatchObject([{ kind: 'visited', health: 'disconnected' }]);
    expect(second.visits).toMatchObject([{ kind: 'died', health: 'disconnected' }]);
    expect(second.summary).toMatchObject({ died: 1, byHealth: { disconnected: 1 } });
    expect(third.visits).toEqual([]);
    expect((await world().connection(listed))?.text('status')).toBe('disconnected');

    await user.connect(listed.clientId);
    expect((await world().connection(listed))?.text('status')).toBe('connected');
    expect((await sweep(world())).visits).toMatchObject([{ kind: 'visited', health: 'connected' }]);
  });
});
