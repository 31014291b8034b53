import { expect, it } from 'vitest';
import type { OutcomeCode } from '../../functions/activation/outcomes.ts';
import { flowWorld } from '../support/flow-world.ts';

const world = flowWorld();

/** What a person orders on the page of the simulated PIM, and the outcome that the App comes to. */
const ORDERED: readonly [string, OutcomeCode][] = [
  ['slow', 'pim_timeout'],
  ['unreachable', 'pim_unreachable'],
  ['error', 'pim_unexpected_answer'],
  ['refused', 'pim_refused_request'],
  ['wrong-secret', 'client_credentials_refused'],
  ['expired-code', 'pim_refused_code'],
  ['disconnected', 'client_credentials_refused'],
  ['fewer-scopes', 'connected_with_missing_scopes'],
  ['denied', 'authorization_denied'],
  ['invented-code', 'code_unknown'],
  ['no-code', 'code_malformed'],
  ['two-codes', 'callback_parameter_repeated'],
];

const XHR = { 'x-requested-with': 'XMLHttpRequest' };

it.each(ORDERED)(
  'the ordered fault %s leads to %s, and then all is well',
  async (name, outcome) => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const menu = `${listed.pim.url}/rest/simulator/faults`;
    await user.session.post(menu, `name=${name}`, { headers: XHR });
    const before = world().log.length;
    await user.connect(listed.clientId);
    const outcomes = world()
      .log.slice(before)
      .map(({ message }) => message);
    expect(outcomes.at(outcome.startsWith('connected') ? -2 : -1)).toBe(outcome);

    await user.session.delete(menu, { headers: XHR });
    await user.connect(listed.clientId);
    expect(['connection_shown', 'opened_again']).toContain(world().log.at(-1)?.['message']);
  },
);

it('what is ordered is listed until it has happened or is taken back', async () => {
  const { pim } = await world().startPim();
  const { session } = world().user({ pim, clientId: '' });
  const menu = `${pim.url}/rest/simulator/faults`;
  const ordered = async () => {
    const { body } = await session.get(menu, { headers: XHR });
    return (JSON.parse(body) as { ordered: string[] }).ordered;
  };
  expect(await ordered()).toEqual([]);
  await session.post(menu, 'name=slow', { headers: XHR });
  await session.post(menu, 'name=error', { headers: XHR });
  expect(await ordered()).toEqual(['The PIM answers 500']);
  expect((await session.post(menu, 'name=nothing', { headers: XHR })).status).toBe(422);
  await session.delete(menu, { headers: XHR });
  expect(await ordered()).toEqual([]);
});
