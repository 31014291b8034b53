import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  type SimulatedPim,
  type SimulatedPimOptions,
  startSimulatedPim,
} from '../../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import { sharedKeyPairs } from '../../support/key-pairs.ts';

/** The App of these tests, as registered at the PIM. */
export interface TestApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A PIM with one App and a manager at a browser; it closes when the test ends. */
export interface TestPim {
  readonly pim: SimulatedPim;
  readonly app: TestApp;
  readonly user: PimUser;
}

/** Where the App of these tests gets its codes. Nothing listens there. */
export const CALLBACK_URL = 'http://app.example.com/callback';

/** A PIM of its own for one test. */
export async function testPim(
  options: SimulatedPimOptions = {},
  urls: { activateUrl?: string; callbackUrl?: string } = {},
): Promise<TestPim> {
  const pim = await startSimulatedPim({ openIdKeyPair: sharedKeyPairs(), ...options });
  onTestFinished(() => pim.close());
  const app = pim.registerApp({
    name: 'Test App',
    activateUrl: 'http://app.example.com/activate',
    callbackUrl: CALLBACK_URL,
    ...urls,
  });
  return { pim, app, user: new PimUser(new BrowserSession(), pim.url) };
}

/** A clock that stands still until it is moved. */
export function testClock(): { now: () => number; advance: (ms: number) => void } {
  let time = Date.UTC(2030, 0, 1);
  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
    },
  };
}

/** The authorize URL that an App makes. */
export function authorizeUrl(
  { pim, app }: Pick<TestPim, 'pim' | 'app'>,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    ...parameters,
  });
  return `${pim.url}/connect/apps/v1/authorize?${query.toString()}`;
}

/** Goes through authorize, with every confirmation, to a code. */
export async function obtainCode(
  test: TestPim,
  scope = 'read_products',
  user: PimUser = test.user,
): Promise<string> {
  const step = await user.authorize(authorizeUrl(test, { scope }));
  if (step.kind === 'callback') return codeIn(step.url);
  if (step.kind === 'wizard') return codeIn(await user.confirm(step.clientId));
  if (step.kind === 'consent') return codeIn(await user.consent(step.clientId));
  throw new Error(`No code: ${JSON.stringify(step)}`);
}

/** The code in a callback URL. */
export function codeIn(callbackUrl: string): string {
  return new URL(callbackUrl).searchParams.get('code') ?? '';
}

/** The form that an App posts to exchange a code. */
export function tokenForm(app: TestApp, code: string): Record<string, string> {
  const identifier = 'a1b2c3';
  return {
    client_id: app.clientId,
    code,
    grant_type: 'authorization_code',
    code_identifier: identifier,
    code_challenge: createHash('sha256').update(`${identifier}${app.clientSecret}`).digest('hex'),
  };
}

/** Posts a form to the token endpoint. */
export function postToken(pim: SimulatedPim, form: Record<string, string>): Promise<Response> {
  return fetch(`${pim.url}/connect/apps/v1/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
}

/** The members of a token response. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly scope: string;
  readonly id_token?: string;
}

/** Goes all the way to a token. */
export async function obtainToken(
  test: TestPim,
  scope = 'read_products',
  user: PimUser = test.user,
): Promise<TokenResponse> {
  const code = await obtainCode(test, scope, user);
  const response = await postToken(test.pim, tokenForm(test.app, code));
  return (await response.json()) as TokenResponse;
}

/** Asks the web API for something. */
export function getResource(
  pim: SimulatedPim,
  name: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${pim.url}/api/rest/v1/${name}`, { headers });
}

/** The header that carries a token. */
export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}
