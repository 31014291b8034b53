import { describe, expect, it } from 'vitest';
import { completeActivation } from '../../../functions/activation/complete.ts';
import { FailedFlows } from '../../../functions/activation/failed-flows.ts';
import { BrowserKey, randomText } from '../../../functions/activation/flow.ts';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { causeOf } from '../../../functions/activation/result.ts';
import type { Exchanged } from '../../../functions/pim/token-endpoint.ts';
import { activationWorld, QUERY } from './support/activation-world.ts';

type World = Parameters<typeof activationWorld>[0];

const SILENTLY = 900;
const WITH_THE_WIZARD = 5_000;

async function complete(behaviour: World) {
  const input = {
    parameters: new URLSearchParams(QUERY),
    browserKeys: [BrowserKey.generate(randomText)],
    callbackId: undefined,
    deadline: 0,
  };
  return completeActivation(input, activationWorld(behaviour).deps);
}

async function causeAfter(behaviour: World) {
  return causeOf(await complete(behaviour));
}

const FAILURES: readonly (readonly [Exchanged, 'pim' | 'credentials'])[] = [
  [{ kind: 'invalid_client' }, 'credentials'],
  [{ kind: 'refused' }, 'pim'],
  [{ kind: 'malformed-scopes' }, 'pim'],
  [{ kind: 'failed', failure: 'timeout' }, 'pim'],
  [{ kind: 'failed', failure: 'unexpected-answer', status: 404 }, 'pim'],
  [{ kind: 'failed', failure: 'unreachable', connectionFailure: 'name-not-found' }, 'pim'],
];

describe('a stranger with an invented code', () => {
  it.each(FAILURES)('wakes nobody where the exchange comes to %j', async (exchange) => {
    expect(await causeAfter({ exchange, consumedAfterMs: SILENTLY })).toBeUndefined();
  });

  it('wakes nobody with a code that the PIM does not know, however slow and often', async () => {
    const exchange = {
      kind: 'invalid_grant',
      codeIs: 'unknown-or-used',
      isAnswerLost: false,
    } as const;
    const failedFlows = new FailedFlows();
    for (const state of ['B', 'C', 'D', 'E']) {
      const flow = { state: state.repeat(43), consumedAfterMs: 600_000, failedFlows };
      expect(await complete({ exchange, ...flow })).toMatchObject({ code: 'code_unknown' });
      expect(await causeAfter({ exchange, ...flow })).toBeUndefined();
    }
  });
});

describe('an operator is called', () => {
  it.each(FAILURES)('when a person was there: %j', async (exchange, cause) => {
    expect(await causeAfter({ exchange, consumedAfterMs: WITH_THE_WIZARD })).toBe(cause);
  });

  it.each(FAILURES)('when three flows of one client failed: %j', async (exchange, cause) => {
    const failedFlows = new FailedFlows();
    const fail = (state: string) =>
      causeAfter({
        exchange,
        failedFlows,
        consumedAfterMs: SILENTLY,
        state: state.repeat(43),
      });
    expect([await fail('A'), await fail('B'), await fail('C')]).toEqual([
      undefined,
      undefined,
      cause,
    ]);
  });

  it('when a store fails, whoever came', async () => {
    const save = () => Promise.reject(new ServiceError('dynamodb', new Error('down')));
    expect(await causeAfter({ save, consumedAfterMs: SILENTLY })).toBe('store');
  });

  it('when codes are late, whoever came', async () => {
    const exchange = { kind: 'invalid_grant', codeIs: 'expired', isAnswerLost: false } as const;
    expect(await causeAfter({ exchange, consumedAfterMs: SILENTLY })).toBe('late-code');
  });
});

describe('the failed flows of a function', () => {
  const failing = (state: string, failedFlows: FailedFlows) =>
    causeAfter({
      exchange: { kind: 'invalid_client' },
      failedFlows,
      consumedAfterMs: SILENTLY,
      state: state.repeat(43),
    });

  it('count a flow once', async () => {
    const failedFlows = new FailedFlows();
    for (let again = 0; again < 5; again += 1)
      expect(await failing('A', failedFlows)).toBeUndefined();
  });

  it('are forgotten when one of the client succeeds', async () => {
    const failedFlows = new FailedFlows();
    for (const state of ['A', 'B']) await failing(state, failedFlows);
    expect(await complete({ failedFlows })).toMatchObject({ kind: 'connected' });
    expect(await failing('C', failedFlows)).toBeUndefined();
  });

  it('are kept for the hundred clients that failed last', () => {
    const failedFlows = new FailedFlows();
    const add = (clientId: string, id: string) =>
      failedFlows.add({ clientId, id } as Parameters<FailedFlows['add']>[0]);
    for (const id of ['1', '2']) add('first', id);
    for (let client = 0; client < 99; client += 1) add(`client ${client}`, '1');
    expect(add('first', '3')).toBe(true);
    for (let client = 0; client < 100; client += 1) add(`client ${client}`, '1');
    expect(add('first', '4')).toBe(false);
  });
});
