import { describe, expect, it } from 'vitest';
import { BrowserKey, State } from '../../../functions/activation/flow.ts';
import { OUTCOMES } from '../../../functions/activation/outcomes.ts';
import { type Connected, refused, type Shown } from '../../../functions/activation/result.ts';
import { writeResponse } from '../../../functions/http/response.ts';
import english from '../../../functions/pages/languages/en.ts';
import { contentSecurityPolicy } from '../../../functions/pages/style.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { pimUrl } from '../../support/pim-url.ts';

const HTML = { wantsJson: false, depth: 0, requestId: 'request-7' };
const JSON_WANTED = { ...HTML, wantsJson: true };
const KEY = BrowserKey.generate(() => 'k'.repeat(43));
const FLOW_ID = State.generate(() => 's'.repeat(43)).hash();
const context = { pim: pimUrl('https://pim.example'), clientId: 'client', attempt: 1 };
const shown: Shown = { kind: 'shown', code: 'already_connected', context };
const connected: Connected = { kind: 'connected', code: 'connected', flowId: FLOW_ID, context };
const toPim = {
  kind: 'redirect',
  code: 'authorization_requested',
  location: 'https://pim.example/connect/apps/v1/authorize?state=s',
  context,
} as const;

describe('writeResponse', () => {
  it.each([
    ['a refusal', refused('pim_not_listed', context)],
    ['a connection', shown],
  ])('writes %s as JSON of exactly four members when it is asked for', async (_case, result) => {
    const { statusCode, headers, body = '' } = await writeResponse(result, JSON_WANTED);
    const { title, next } = english.outcome[result.code];
    expect(statusCode).toBe(OUTCOMES[result.code].status);
    expect(headers?.['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({ code: result.code, title, next, requestId: 'request-7' });
    expect(Object.keys(JSON.parse(body) as object)).toHaveLength(4);
  });

  it('writes a page in UTF-8 under its policy', async () => {
    const { statusCode, headers, body } = await writeResponse(refused('flow_expired'), HTML);
    expect(statusCode).toBe(410);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy({}),
    });
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it('sends the browser to the PIM, with a cookie only if it needs one', async () => {
    const response = await writeResponse({ ...toPim, newBrowserKey: KEY }, HTML);
    expect(response).toMatchObject({ statusCode: 302, headers: { location: toPim.location } });
    expect(response.cookies).toEqual([
      `__Host-akeneo-app-browser-${KEY.hash().slice(0, 8)}=${'k'.repeat(43)}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    ]);
    expect(response.body).toBeUndefined();
    expect(await writeResponse(toPim, HTML)).not.toHaveProperty('cookies');
  });

  it('redirects a program, too', async () => {
    expect(await writeResponse(toPim, JSON_WANTED)).toEqual(await writeResponse(toPim, HTML));
  });

  it('sends a connected browser to the page of its flow when the App has none', async () => {
    const location = await locationOf(connected);
    const seenFrom = 'https://api.example/stage/callback?code=c&state=s';
    expect(new URL(location, seenFrom).href).toBe(
      `https://api.example/stage/callback?flow=${FLOW_ID}`,
    );
  });

  it.each([
    ['https://app.example', 'https://app.example/?pim_url=https%3A%2F%2Fpim.example'],
    [
      'https://app.example/?a=b%20c',
      'https://app.example/?a=b%20c&pim_url=https%3A%2F%2Fpim.example',
    ],
    ['https://app.example/?', 'https://app.example/?pim_url=https%3A%2F%2Fpim.example'],
    [
      'https://app.example/x#/home',
      'https://app.example/x?pim_url=https%3A%2F%2Fpim.example#/home',
    ],
    [
      'https://app.example/?pim_url=a&b=c',
      'https://app.example/?b=c&pim_url=https%3A%2F%2Fpim.example',
    ],
  ])('tells the App at %s which PIM it was', async (appUrl, location) => {
    const response = await writeResponse({ ...connected, appUrl }, HTML);
    expect(response).toMatchObject({ statusCode: 303, headers: { location } });
  });

  it('tells the App which rights are missing', async () => {
    const missing = { ...context, missingScopes: parseScope('write_products read_assets') };
    const code = 'connected_with_missing_scopes';
    const appUrl = 'https://app.example/';
    const { searchParams } = new URL(
      await locationOf({ ...connected, code, appUrl, context: missing }),
    );
    expect(Object.fromEntries(searchParams)).toEqual({
      pim_url: 'https://pim.example',
      missing_scopes: 'read_assets write_products',
    });
  });

  // Relative to the callback, "callback?flow=…" led from /callback/<id> to /callback/callback.
  it('leads from a PIM’s own callback URL to the page of the flow, and back to the start', async () => {
    const seenFrom = 'https://api.example/stage/callback/abc?code=c&state=s';
    const location = await locationOf(connected);
    expect(new URL(location, seenFrom).href).toBe(
      `https://api.example/stage/callback/abc?flow=${FLOW_ID}`,
    );
    const expired = refused('flow_expired', context);
    const { body = '' } = await writeResponse(expired, { ...HTML, depth: 1 });
    const href = /href="([^"]*activate[^"]*)"/.exec(body)?.[1] ?? '';
    expect(new URL(href, seenFrom).href).toBe(
      'https://api.example/stage/activate?pim_url=https%3A%2F%2Fpim.example',
    );
    const { body: below } = await writeResponse(expired, { ...HTML, depth: 2 });
    expect(below).toContain('href="../../activate?');
  });
});

describe('failureUrl', () => {
  const branding = { failureUrl: 'https://app.example/failed?a=b' };

  it('gets the users of listed PIMs, with what happened', async () => {
    const response = await writeResponse(refused('pim_timeout', context), { ...HTML, branding });
    expect(response.statusCode).toBe(303);
    const { origin, pathname, searchParams } = new URL(String(response.headers?.['location']));
    expect(origin + pathname).toBe('https://app.example/failed');
    expect(Object.fromEntries(searchParams)).toEqual({
      a: 'b',
      error: 'pim_timeout',
      request_id: 'request-7',
      pim_url: 'https://pim.example',
    });
  });

  it.each([
    ['somebody whose PIM is not listed', refused('pim_not_listed', { pim: context.pim }), HTML],
    ['somebody of whom nothing is known', refused('state_unknown'), HTML],
    ['a program', refused('pim_timeout', context), JSON_WANTED],
    ['somebody who is connected', shown, HTML],
  ])('does not get %s', async (_who, result, options) => {
    const { statusCode } = await writeResponse(result, { ...options, branding });
    expect(statusCode).toBe(OUTCOMES[result.code].status);
  });
});

async function locationOf(result: Connected): Promise<string> {
  return String((await writeResponse(result, HTML)).headers?.['location']);
}
