import { createHash } from 'node:crypto';
import type { Agent } from 'node:https';
import {
  type KeepLogin,
  type Opening,
  type Unverified,
  withoutLogin,
} from '../activation/identity.ts';
import type { Clock, ServiceError } from '../activation/ports.ts';
import { type Claims, verifyIdToken } from '../pim/id-token.ts';
import type { PimUrlPolicy } from '../pim/pim-url.ts';
import { type NoKey, PublicKeys } from '../pim/public-keys.ts';
import { loginToItem } from '../tables/logins.ts';
import type { Item } from '../tables/row.ts';
import { type Login, WAITING_LIFETIME_MS, type WaitingLogin } from './login.ts';
import { seal, waitingPlace } from './seal.ts';

/** Writes a row of Logins, over an older one of the same browser and PIM. It throws a `ServiceError` when it cannot. */
export type PutLogin = (row: Item) => Promise<unknown>;

/** What verifying and keeping a login needs from the outside. */
export interface VerifyLoginDeps {
  readonly put: PutLogin;
  readonly pimUrlPolicy: PimUrlPolicy;
  readonly now: Clock;
  /** How HTTPS connections are made. */
  readonly agent?: Agent | undefined;
}

/** How long the PIM may take to send its key, in milliseconds; somebody waits for the page. */
const KEY_TIMEOUT_MS = 3_000;

/** Those of a warm function, which loads this module once. */
const keys = new PublicKeys();

/** Verifies who opens the App, and seals it for the browser that does. Asks the PIM for its key at most once. */
export async function verifyLogin(opening: Opening, deps: VerifyLoginDeps): Promise<KeepLogin> {
  try {
    const claims = await verifiedClaims(opening, deps);
    if ('problem' in claims) return async (connected) => withoutLogin(connected, claims);
    const row = waitingRow(opening, claims, deps.now());
    return async (connected) => {
      const failed = await notKept(deps.put(row));
      return failed ? withoutLogin(connected, failed) : connected;
    };
  } catch (error) {
    const errorName = error instanceof Error ? error.name : 'not an Error';
    const defect: Unverified = { problem: 'defect', context: { errorName } };
    return async (connected) => withoutLogin(connected, defect);
  }
}

/** A signature that does not fit a key in memory may fit the PIM's new one. */
async function verifiedClaims(
  { flow, granted: { idToken } }: Opening,
  { pimUrlPolicy, now, agent }: VerifyLoginDeps,
): Promise<Claims | Unverified> {
  if (!idToken) return { problem: 'missing' };
  const { pim, clientId } = flow;
  for (const fresh of [false, true]) {
    const found = await keys.find(pim, KEY_TIMEOUT_MS, { now: now(), fresh, agent });
    if (found.kind !== 'key') return withoutKey(found);
    const claims = verifyIdToken(idToken, found.key, { pim, clientId, pimUrlPolicy, now: now() });
    if (typeof claims !== 'string') return claims;
    if (claims !== 'signature' || found.isFresh) return { problem: claims };
  }
  return { problem: 'signature' };
}

function withoutKey(none: NoKey): Unverified {
  const { status, connectionFailure } = { connectionFailure: undefined, ...none };
  const isAnswer = none.kind === 'no-key' || none.failure === 'unexpected-answer';
  return {
    problem: isAnswer ? 'key-unusable' : 'key-unreachable',
    context: {
      ...(status !== undefined && { pimStatus: status }),
      ...(connectionFailure !== undefined && { connectionFailure }),
    },
  };
}

/** @throws {Error} for a flow without what the row of its PIM has beside a login URL. */
function waitingRow({ flow, granted, browserKeys }: Opening, claims: Claims, now: number): Item {
  const { redirectUrl, tenantId, browserHash } = flow;
  const browserKey = browserKeys.find((key) => key.hash() === browserHash);
  if (browserKey === undefined || redirectUrl === undefined || tenantId === undefined)
    throw new Error('The flow is incomplete.');
  const { sub, ...person } = claims;
  const login: Login = {
    pim: flow.pim.toString(),
    clientId: flow.clientId,
    sub: subjectOf(sub, tenantId),
    tenant: tenantId,
    ...person,
    emailVerified: false,
    openedAt: granted.tokenRequestedAt,
  };
  const place = waitingPlace(browserKey.reveal(), login.pim);
  const sealed = seal({ login, redirectUrl } satisfies WaitingLogin, place);
  return loginToItem({ id: place.id, sealed, expiresAt: now + WAITING_LIFETIME_MS });
}

/** Why a login could not be kept; nothing if it was. */
async function notKept(putting: Promise<unknown>): Promise<Unverified | undefined> {
  try {
    await putting;
    return undefined;
  } catch (error) {
    // Its class is in the bundle that has loaded this one, so `instanceof` does not know it here.
    const { dependency, causeName } = error as ServiceError;
    return { problem: 'not-saved', context: { dependency, errorName: causeName } };
  }
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
