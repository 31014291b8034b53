import { describe, expect, it, onTestFinished } from 'vitest';
import { BrowserKey, type Flow, randomText, State } from '../../functions/activation/flow.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { DynamoDbFlowStore } from '../../functions/store/flow-store.ts';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { pimUrl } from '../support/pim-url.ts';

/** Operations that race; more on demand: `RACES=20000 npm run test:fuzz`. */
const RACES = Number(process.env['RACES'] ?? 1_000);
const CALLERS = 10;
const NOW = Date.now();
const POLICY = { dangerouslyAllowHttpOnLoopback: false };
const ID = 'a'.repeat(26);

function newFlow(browserHash: string, callbackId: string | undefined): Flow {
  return {
    id: State.generate(randomText).hash(),
    pim: pimUrl('https://pim.example'),
    clientId: 'client',
    scopes: parseScope('read_products'),
    browserHash,
    attempt: 1,
    startedAt: NOW,
    expiresAt: NOW + 60_000,
    ...(callbackId !== undefined && { callbackId }),
  };
}

describe(`${RACES} callers who race for flows`, () => {
  it('get each flow once, and only at its own callback URL with a key of its browser', async () => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    const store = new DynamoDbFlowStore(db.client, db.address.tables.flows, POLICY);
    const [own, other] = [
      BrowserKey.generate(randomText).hash(),
      BrowserKey.generate(randomText).hash(),
    ];
    const rounds = Array.from({ length: Math.ceil(RACES / CALLERS) }, (_, round) => round);
    for (const round of rounds) {
      const callbackId = round % 2 === 0 ? ID : undefined;
      const flow = newFlow(own, callbackId);
      await store.put(flow);
      const outcomes = await Promise.all(
        Array.from({ length: CALLERS }, async (_, caller) => {
          const isOwn = caller % 2 === 0;
          const browserHashes = caller % 3 === 0 ? [other, own] : [isOwn ? own : other];
          const at = caller % 5 === 4 ? 'b'.repeat(26) : callbackId;
          const { kind } = await store.consume(flow.id, { browserHashes, callbackId: at }, NOW);
          return { kind, mayWin: browserHashes.includes(own) && at === callbackId };
        }),
      );
      const won = outcomes.filter(({ kind }) => kind === 'consumed');
      expect(won).toEqual([{ kind: 'consumed', mayWin: true }]);
    }
  });
});
