import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackDeps } from '../../functions/activation/complete.ts';
import { FailedFlows } from '../../functions/activation/failed-flows.ts';
import { BrowserKey, type Flow, randomText, State } from '../../functions/activation/flow.ts';
import { OUTCOMES, type OutcomeCode } from '../../functions/activation/outcomes.ts';
import type { FlowStore, StoredFlow } from '../../functions/activation/ports.ts';
import { callbackEndpoint } from '../../functions/http/callback-endpoint.ts';
import { activateEndpoint } from '../../functions/http/endpoint.ts';
import { callbackIdOf } from '../../functions/pim/callback-id.ts';
import { AccessToken, ClientSecret } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { EXCHANGE_BUDGET } from '../../functions/pim/token-endpoint.ts';
import { marked, marksIn } from '../support/canary.ts';
import { pimUrl } from '../support/pim-url.ts';
import { RUNS } from './runs.ts';

const PIM = pimUrl('https://my.pim.example');
const OWN_ID = callbackIdOf(PIM);
const NOW = Date.parse('2026-11-30T12:00:00Z');
const CONTEXT = { awsRequestId: 'i', getRemainingTimeInMillis: () => 15_000 };

/** A flow store in memory, with the conditions of the real one. */
function memoryFlows(): FlowStore & { readonly stored: Map<string, StoredFlow> } {
  const stored = new Map<string, StoredFlow>();
  return {
    stored,
    put: async (flow) => void stored.set(flow.id, { status: 'pending', flow }),
    find: async (id) => stored.get(id),
    show: async () => true,
    consume: async (id, { browserHashes, callbackId }, now) => {
      const found = stored.get(id);
      if (!found) return { kind: 'unknown' };
      const { flow } = found;
      if (!browserHashes.includes(flow.browserHash)) return { kind: 'other-browser' };
      if (flow.callbackId !== callbackId) return { kind: 'other-callback-url' };
      if (found.status === 'consumed') return { kind: 'used', flow: found.flow };
      if (flow.expiresAt <= now) return { kind: 'expired', flow };
      const consumed = { ...flow, consumedAt: now, wasShown: false };
      stored.set(id, { status: 'consumed', flow: consumed });
      return { kind: 'consumed', flow: consumed };
    },
  };
}

/** Both endpoints on memory: what they log, and the flows for which a PIM was asked for a token. */
function world(callbackId: string | undefined) {
  const flows = memoryFlows();
  const lines: string[] = [];
  const exchanged: string[] = [];
  const common = {
    stack: 's',
    flows,
    now: () => NOW,
    random: randomText,
    log: (line: string) => void lines.push(line),
  };
  const registration = {
    clientId: 'client',
    scopes: parseScope('read_products'),
    ...(callbackId !== undefined && { callbackId }),
  };
  const activate = activateEndpoint({
    ...common,
    pims: { find: async (pim) => (pim.toString() === PIM.toString() ? registration : undefined) },
    pimUrlPolicy: { dangerouslyAllowHttpOnLoopback: false },
  });
  const deps: CallbackDeps = {
    ...common,
    secrets: { find: async () => wellFormed(ClientSecret.parse(marked('secret', 86))) },
    tokenEndpoint: {
      open: (pim) => async () => {
        exchanged.push(pim.toString());
        const accessToken = wellFormed(AccessToken.parse(marked('token', 86)));
        return { kind: 'granted', accessToken, scopes: registration.scopes, tokenRequestedAt: NOW };
      },
    },
    failedFlows: new FailedFlows(),
    connections: {
      reopen: async () => true,
      save: async () => true,
      storedFingerprint: async () => undefined,
      replace: async () => true,
      confirm: async () => ({ grantedScopes: registration.scopes, firstConnectedAt: NOW }),
    },
    cipher: { keyId: 'key', encrypt: async () => new Uint8Array() },
    tokenTrial: async () => 'unclear',
  };
  const callback = callbackEndpoint({ ...common, ...deps, budget: EXCHANGE_BUDGET });
  return { activate, callback, flows, lines, exchanged };
}

function eventOf(query: string, cookies: readonly string[], accept: string, id?: string) {
  const event = {
    rawPath: id === undefined ? '/callback' : `/callback/${id}`,
    rawQueryString: query,
    cookies: [...cookies],
    headers: { accept },
    ...(id !== undefined && { pathParameters: { rest: id } }),
    requestContext: { requestId: 'r' },
  };
  // The parts of the event that the endpoints read.
  return event as unknown as APIGatewayProxyEventV2;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.webUrl(),
  fc.ipV6(),
);
const anyQuery = fc.oneof(
  anyText,
  fc.array(fc.tuple(anyText, anyText)).map((pairs) => new URLSearchParams(pairs).toString()),
);
const anyCookies = fc.array(
  fc.oneof(
    anyText,
    anyText.map((value) => `__Host-akeneo-app-browser-kkkkkkkk=${value}`),
    fc
      .stringMatching(/^[\w-]{43}$/)
      .map((key) => `__Host-akeneo-app-browser-${key.slice(0, 8)}=${key}`),
  ),
  { maxLength: 12 },
);
const accept = fc.constantFrom('text/html', 'application/json', '*/*', '');

/** What is wrong with an answer, whatever the request: each has a known outcome, no secret, and the headers of a page. */
function problemsOf(response: Response, line = '{}'): readonly string[] {
  const code = codeOf(line);
  const { 'cache-control': cacheControl, 'referrer-policy': referrerPolicy } =
    response.headers ?? {};
  return [
    ...(code === 'internal_error' ? ['a defect'] : []),
    ...(OUTCOMES[code]?.status === response.statusCode ? [] : ['a status of another outcome']),
    ...marksIn(`${line}${response.body ?? ''}`),
    ...(cacheControl === 'no-store' && referrerPolicy === 'no-referrer' ? [] : ['no guard']),
  ];
}

type Response = Awaited<ReturnType<ReturnType<typeof world>['activate']>>;

function codeOf(line = '{}'): OutcomeCode {
  return (JSON.parse(line) as { message: OutcomeCode }).message;
}

describe(`${RUNS} requests of any kind`, () => {
  it('to the activation URL: only the registered PIM is ever reached', async () => {
    const { activate, lines } = world(OWN_ID);
    const pims = fc.oneof(
      anyText.map((text) => `pim_url=${encodeURIComponent(text)}`),
      fc
        .constantFrom(PIM.toString(), `${PIM.toString()}/`, 'HTTPS://MY.PIM.EXAMPLE:443')
        .map((url) => `pim_url=${encodeURIComponent(url)}`),
      anyQuery,
    );
    await fc.assert(
      fc.asyncProperty(pims, anyCookies, accept, async (query, cookies, wanted) => {
        lines.length = 0;
        const response = await activate(eventOf(query, cookies, wanted), CONTEXT);
        expect(problemsOf(response, lines[0])).toEqual([]);
        const code = codeOf(lines[0]);
        const location = String(response.headers?.['location'] ?? '');
        expect(location.startsWith(`${PIM.toString()}/connect/apps/v1/authorize?`)).toBe(
          code === 'authorization_requested',
        );
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['a PIM’s own callback URL', OWN_ID],
    ['the plain callback URL', undefined],
  ])(
    'to %s: a code is only exchanged for a flow of this browser and this URL',
    async (_where, callbackId) => {
      const { callback, flows, lines, exchanged } = world(callbackId);
      const key = 'K'.repeat(43);
      const cookie = `__Host-akeneo-app-browser-${key.slice(0, 8)}=${key}`;
      let state = 0;
      const ids = fc.oneof(
        {
          weight: 2,
          arbitrary: fc.constantFrom(
            undefined,
            OWN_ID,
            callbackIdOf(pimUrl('https://other.example')),
          ),
        },
        { weight: 1, arbitrary: anyText },
      );
      const requests = fc.record({
        query: fc.oneof(
          anyQuery,
          anyText.map((code) => `code=${encodeURIComponent(code)}&state=STATE`),
          fc.constant('code=abc&state=STATE'),
        ),
        cookies: fc.oneof(
          anyCookies,
          anyCookies.map((cookies) => [cookie, ...cookies]),
        ),
        id: ids,
        accept,
      });
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          state += 1;
          const text = String(state).padStart(43, 'S');
          const flow = flowOf(text, key, callbackId);
          flows.stored.clear();
          await flows.put(flow);
          lines.length = exchanged.length = 0;
          const query = request.query.replace('STATE', text);
          const response = await callback(
            eventOf(query, request.cookies, request.accept, request.id),
            CONTEXT,
          );
          expect(problemsOf(response, lines[0])).toEqual([]);
          // A slash at the end is as none.
          const id = request.id?.replace(/\/$/, '') || undefined;
          const mayBeExchanged = request.cookies.slice(0, 8).includes(cookie) && id === callbackId;
          expect(mayBeExchanged || exchanged.length === 0).toBe(true);
          expect(exchanged.filter((pim) => pim !== PIM.toString())).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
  );
});

function flowOf(state: string, browserKey: string, callbackId: string | undefined): Flow {
  return {
    id: wellFormed(State.parse(state)).hash(),
    pim: PIM,
    clientId: 'client',
    scopes: parseScope('read_products'),
    browserHash: wellFormed(BrowserKey.parse(browserKey)).hash(),
    attempt: 1,
    startedAt: NOW - 1_000,
    expiresAt: NOW + 60_000,
    ...(callbackId !== undefined && { callbackId }),
  };
}
