import { describe, expect, it } from 'vitest';
import { BrowserKey, type Flow, State } from '../../../functions/activation/flow.ts';
import { malformed, wellFormed } from '../../../functions/pim/malformed.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { flowToItem, readFlow } from '../../../functions/tables/flows.ts';
import { text, time } from '../../../functions/tables/row.ts';
import { pimUrl } from '../../support/pim-url.ts';

const DEPLOYED = { dangerouslyAllowHttpOnLoopback: false };
const LOCAL = { dangerouslyAllowHttpOnLoopback: true };

const state = State.generate(() => 's'.repeat(43));
const key = BrowserKey.generate(() => 'k'.repeat(43));
const flow: Flow = {
  id: state.hash(),
  pim: pimUrl('https://pim.example/tenant'),
  clientId: 'client',
  scopes: parseScope('openid read_products'),
  browserHash: key.hash(),
  attempt: 2,
  startedAt: 1_700_000_000_123,
  expiresAt: 1_700_001_800_000,
};
const row = flowToItem(flow);

/** PIM addresses are compared by their text. */
const told = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the row of a flow', () => {
  it.each([
    ['without an app URL', flow],
    ['with an app URL', { ...flow, appUrl: 'https://app.example/' }],
  ])('reads as it was written, %s', (_case, written) => {
    const stored = readFlow(flowToItem(written), DEPLOYED);
    expect(told(stored)).toEqual({ status: 'pending', flow: told(written) });
  });

  it('holds hashes, never the state or the cookie themselves', () => {
    expect(JSON.stringify(row)).not.toMatch(/s{43}|k{43}/);
  });

  it('tells when it was consumed', () => {
    const consumed = { ...row, status: text('consumed'), consumedAt: time(1_700_000_001_000) };
    expect(readFlow(consumed, DEPLOYED)).toMatchObject({
      status: 'consumed',
      flow: { clientId: 'client', consumedAt: 1_700_000_001_000 },
    });
  });

  it.each([
    ['no status', 'status', { status: undefined }],
    ['no time of consumption', 'consumedAt', { status: text('consumed') }],
    ['a state hash of another shape', 'stateHash', { stateHash: text('SECRET') }],
    ['a PIM address with credentials', 'pim', { pim: text('https://SECRET@pim.example') }],
  ])('with %s is refused by the name of the attribute alone', (_case, name, change) => {
    expect(readFlow({ ...row, ...change }, DEPLOYED)).toEqual(
      malformed(`A row of Flows has no usable "${name}".`),
    );
  });

  it('has its PIM checked under the policy of today', () => {
    const local = { ...row, pim: text('http://localhost:8080') };
    expect(wellFormed(readFlow(local, LOCAL)).flow.pim.toString()).toBe('http://localhost:8080');
    expect(readFlow(local, DEPLOYED)).toEqual(malformed('A row of Flows has no usable "pim".'));
  });
});
