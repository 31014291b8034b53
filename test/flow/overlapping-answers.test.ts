import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { startLocalApp } from '../../local/local-app.ts';
import { readStoredConnection } from '../../local/stored-connection.ts';
import { BrowserSession } from '../../simulator/user/index.ts';
import { marked } from '../support/canary.ts';
import { httpServer } from '../support/http-server.ts';

const CLIENT_ID = 'client';
const INVALID = { code: 401, message: 'The access token provided is invalid.' };

/**
 * A PIM that is asked for two tokens at once. It answers the second request first; the scopes change, and its answer to
 * the first request holds the token that lives.
 */
async function pimThatAnswersInReverse(trialStatus: number) {
  const tokens = { slow: marked('token', 86), quick: marked('token', 86) };
  const held: ServerResponse[] = [];
  const answer = (response: ServerResponse, accessToken: string) =>
    response.end(
      JSON.stringify({ access_token: accessToken, token_type: 'bearer', scope: 'read_products' }),
    );
  const pim = await httpServer((response, { path, headers }) => {
    if (!path.endsWith('/oauth2/token')) {
      const isLive = headers.authorization === `Bearer ${tokens.slow}`;
      const [status, body] = isLive
        ? [trialStatus, { version: '7', edition: 'CE' }]
        : [401, INVALID];
      return void response.writeHead(status).end(JSON.stringify(body));
    }
    if (held.push(response) > 1) answer(response, tokens.quick);
  });
  const release = () => held[0] && answer(held[0], tokens.slow);
  return { pim, tokens, release, isHolding: () => held.length > 0 };
}

async function twoTabs(trialStatus = 200) {
  const { pim, tokens, release, isHolding } = await pimThatAnswersInReverse(trialStatus);
  const lines: string[] = [];
  const app = await startLocalApp({ port: 0, log: (line) => lines.push(line) });
  onTestFinished(() => app.close());
  const scopes = parseScope('read_products');
  const clientSecret = marked('secret', 86);
  const registration = { pim: pim.url, clientId: CLIENT_ID, clientSecret, scopes };
  await app.register({ ...registration, isAppStoreApp: true });
  const callback = async (session: BrowserSession) => {
    const page = await session.get(`${app.activateUrl}?pim_url=${encodeURIComponent(pim.url)}`);
    const state = new URL(page.headers.get('location') ?? '').searchParams.get('state');
    return session.get(`${app.callbackUrl}?code=${marked('code', 86)}&state=${state}`);
  };
  const slow = callback(new BrowserSession());
  await expect.poll(isHolding, { interval: 5 }).toBe(true);
  const quick = await callback(new BrowserSession());
  release();
  const statuses = [quick.status, (await slow).status];
  const stored = await readStoredConnection(app, { pimUrl: pim.url, clientId: CLIENT_ID });
  const outcomes = lines.map((line) => (JSON.parse(line) as { message: string }).message);
  return { tokens, statuses, stored: stored?.accessToken.reveal(), outcomes };
}

describe('two answers of a PIM that arrive in the reverse order of their requests', () => {
  // Both users saw "connected"; the stored token answered 401, and the live one was thrown away.
  it('leave the token stored that the PIM takes', async () => {
    const { tokens, statuses, stored } = await twoTabs();
    expect(statuses).toEqual([303, 303]);
    expect(stored).toBe(tokens.slow);
  });

  it('leave the row as it is when the PIM does not say which token it takes', async () => {
    const { tokens, statuses, stored, outcomes } = await twoTabs(503);
    expect(statuses).toEqual([303, 503]);
    expect(outcomes.at(-1)).toBe('token_not_saved');
    expect(stored).toBe(tokens.quick);
  });
});
