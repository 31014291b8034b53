import { createHash } from 'node:crypto';
import type { Agent } from 'node:https';
import type { Opening, Unverified } from '../activation/identity.ts';
import type { Clock } from '../activation/ports.ts';
import { type Claims, type IdTokenProblem, verifyIdToken } from '../pim/id-token.ts';
import type { PimUrlPolicy } from '../pim/pim-url.ts';
import { type NoKey, PublicKeys } from '../pim/public-keys.ts';
import { type Login, WAITING_LIFETIME_MS, type WaitingLogin } from './login.ts';
import { seal, waitingPlace } from './seal.ts';

/** What verifying needs beside the opening. */
export interface VerifyDeps {
  readonly pimUrlPolicy: PimUrlPolicy;
  readonly now: Clock;
  /** How HTTPS connections are made. */
  readonly agent?: Agent | undefined;
}

/** A row of Logins, to be written. */
export interface LoginRow {
  readonly id: string;
  readonly sealed: Uint8Array;
  readonly codeChallenge?: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** For both questions to the PIM, in milliseconds; somebody waits for the page. */
const BUDGET_MS = 3_000;

/** Those of a warm function, which loads this module once. */
const keys = new PublicKeys();

/** Verifies who opens the App, and seals it for the browser that does. Asks the PIM for its key at most twice. */
export async function verifyLogin(
  opening: Opening,
  deps: VerifyDeps,
): Promise<LoginRow | Unverified> {
  const claims = await verified(opening, deps);
  if ('kind' in claims) return claims;
  const { flow, browserKey, redirectUrl } = opening;
  const place = waitingPlace(browserKey.reveal(), flow.pim.toString());
  const waiting: WaitingLogin = { login: loginOf(opening, claims), redirectUrl };
  return {
    id: place.id,
    sealed: seal(waiting, place),
    expiresAt: deps.now() + WAITING_LIFETIME_MS,
  };
}

/** A signature that does not fit a key in memory may fit the PIM's new one. */
async function verified(
  { flow, idToken }: Opening,
  { pimUrlPolicy, now, agent }: VerifyDeps,
): Promise<Claims | Unverified> {
  const { pim, clientId } = flow;
  const deadline = now() + BUDGET_MS;
  for (const fresh of [false, true]) {
    const found = await keys.find(pim, deadline - now(), { now: now(), fresh, agent });
    if (found.kind !== 'key') return unverifiedKey(found);
    const expected = { pim, clientId, pimUrlPolicy, now: now() };
    const claims = verifyIdToken(idToken, found.key, expected);
    if (typeof claims !== 'string') return claims;
    if (claims !== 'signature' || found.isFresh) return unverified(claims);
  }
  return unverified('signature');
}

function unverified(problem: IdTokenProblem): Unverified {
  return { kind: 'unverified', problem };
}

function unverifiedKey(none: NoKey): Unverified {
  const { status, connectionFailure } = { connectionFailure: undefined, ...none };
  const isAnswer = none.kind === 'no-key' || none.failure === 'unexpected-answer';
  return {
    kind: 'unverified',
    problem: isAnswer ? 'key-unusable' : 'key-unreachable',
    context: {
      ...(status !== undefined && { pimStatus: status }),
      ...(connectionFailure !== undefined && { connectionFailure }),
    },
  };
}

function loginOf({ flow, tenantId, openedAt }: Opening, { sub, ...person }: Claims): Login {
  return {
    pim: flow.pim.toString(),
    clientId: flow.clientId,
    sub: subjectOf(sub, tenantId),
    tenant: tenantId,
    ...person,
    emailVerified: false,
    openedAt,
  };
}

/**
 * A person by what the PIM calls them and by the tenant, so two PIMs never have a person in common.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#PairwiseAlg OpenID Connect Core, section 8.1}
 */
function subjectOf(sub: string, tenantId: string): string {
  return createHash('sha256')
    .update(`akeneo-app-activation subject\n${tenantId}\n${sub}`)
    .digest('base64url');
}
