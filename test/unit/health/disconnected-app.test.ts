import { describe, expect, it } from 'vitest';
import type { Check } from '../../../functions/health/check.ts';
import {
  DynamoDbConnectionScanner,
  DynamoDbFindingRecorder,
} from '../../../functions/health/check-store.ts';
import { pimProber } from '../../../functions/health/pim-prober.ts';
import { type SweepSummary, sweepConnections } from '../../../functions/health/sweep.ts';
import { KmsTokenDecrypter } from '../../../functions/store/kms-token-decrypter.ts';
import { LOCAL_PIM_URL_POLICY } from '../../../local/registration.ts';
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts';

const world = flowWorld();
let clock = Date.now();

/** Sweeps over the connections of a world; each sweep a little later than the one before. */
async function sweep({ app }: FlowWorld): Promise<{ checks: Check[]; summary: SweepSummary }> {
  const { client, address } = app.dynamoDb;
  const checks: Check[] = [];
  const { connections } = address.tables;
  clock += 1;
  const startedAt = clock;
  const summary = await sweepConnections(
    { startedAt, segments: 4, onCheck: (check) => void checks.push(check) },
    {
      connections: new DynamoDbConnectionScanner(client, connections, LOCAL_PIM_URL_POLICY),
      findings: new DynamoDbFindingRecorder(client, connections),
      decrypter: new KmsTokenDecrypter(app.kms.client, app.kms.address.keyId),
      prober: pimProber(),
      now: () => startedAt,
    },
  );
  return { checks, summary };
}

describe('an App that a PIM user disconnects', () => {
  it('is noticed by two sweeps, left alone after, and alive again once it is opened', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    expect((await sweep(world())).checks).toMatchObject([{ kind: 'checked', health: 'connected' }]);

    listed.pim.disconnect(listed.clientId);
    const [first, second, third] = [
      await sweep(world()),
      await sweep(world()),
      await sweep(world()),
    ];
    expect(first.checks).toMatchObject([{ kind: 'checked', health: 'disconnected' }]);
    expect(second.checks).toMatchObject([{ kind: 'died', health: 'disconnected' }]);
    expect(second.summary).toMatchObject({ died: 1, byHealth: { disconnected: 1 } });
    expect(third.checks).toEqual([]);
    expect((await world().connection(listed))?.text('status')).toBe('disconnected');

    await user.connect(listed.clientId);
    expect((await world().connection(listed))?.text('status')).toBe('connected');
    expect((await sweep(world())).checks).toMatchObject([{ kind: 'checked', health: 'connected' }]);
  });
});
