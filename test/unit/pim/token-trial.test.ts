import { describe, expect, it, onTestFinished } from 'vitest';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { tryToken } from '../../../functions/pim/token-trial.ts';
import { type FaultKind, startSimulatedPim } from '../../../simulator/index.ts';
import { marked } from '../../support/canary.ts';
import { closedPort, httpServer } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';

const secret = marked('token', 86);
const token = wellFormed(AccessToken.parse(secret));
const INVALID = 'The access token provided is invalid.';

async function trialAt(status: number, body: object) {
  const pim = await httpServer((response) => response.writeHead(status).end(JSON.stringify(body)));
  return { result: await tryToken(pimUrl(pim.url), token), received: pim.received };
}

describe('a trial of a token', () => {
  it('asks once, with the token in the header alone', async () => {
    const { result, received } = await trialAt(200, { version: '7.0.4', edition: 'CE' });
    expect(result).toBe('accepted');
    expect(received).toMatchObject([
      { path: '/api/rest/v1/system-information', headers: { authorization: `Bearer ${secret}` } },
    ]);
  });

  it.each([
    ['the PIM does not know it', INVALID, 'refused'],
    [
      'the App was disconnected',
      `${INVALID} Your app has been disconnected from that PIM.`,
      'refused',
    ],
    ['the answer is not the PIM’s', 'Unauthorized', 'unclear'],
  ])('after a 401, when %s', async (_case, message, expected) => {
    expect((await trialAt(401, { code: 401, message })).result).toBe(expected);
  });

  it.each([301, 403, 404, 429, 500, 503])('says nothing for certain after a %d', async (status) => {
    const { result, received } = await trialAt(status, {});
    expect(result).toBe('unclear');
    expect(received).toHaveLength(1);
  });

  // Any 200 counted as the PIM's, so a proxy's page let a dead token replace the live one.
  it('says nothing for certain after a 200 that no PIM gives', async () => {
    expect((await trialAt(200, { maintenance: true })).result).toBe('unclear');
  });

  it.each<[string, FaultKind]>([
    ['resets the connection', { kind: 'reset' }],
    ['answers without end', { kind: 'huge-body' }],
    ['takes longer than two seconds', { kind: 'slow', ms: 4_000 }],
  ])('says nothing for certain when the PIM %s', async (_case, fault) => {
    const pim = await startSimulatedPim();
    onTestFinished(() => pim.close());
    pim.orderFault({ at: 'api', ...fault });
    expect(await tryToken(pimUrl(pim.url), token)).toBe('unclear');
  });

  it('says nothing for certain when nobody is there', async () => {
    const url = await closedPort();
    expect(await tryToken(pimUrl(url), token)).toBe('unclear');
  });
});
