import type { IdToken } from '../pim/credentials.ts';
import type { IdTokenProblem } from '../pim/id-token.ts';
import type { Granted } from './exchange.ts';
import type { BrowserKey, ConsumedFlow } from './flow.ts';
import { ServiceError } from './ports.ts';
import { type RecordDeps, recordConnection } from './record.ts';
import type { Connected, OutcomeContext, Refused } from './result.ts';

/** Why nobody is logged in; the log has the word, and the runbook what it asks for. */
export type IdentityProblem =
  | IdTokenProblem
  /** The scope `openid` was granted, and the answer had no token. */
  | 'missing'
  | 'key-unreachable'
  | 'key-unusable'
  | 'not-saved'
  | 'defect';

/** An opening of the App in which the PIM says who opens it. */
export interface Opening {
  readonly flow: ConsumedFlow;
  readonly idToken: IdToken;
  /** Of the browser whose flow it is. */
  readonly browserKey: BrowserKey;
  /** Where the App wants the code. */
  readonly redirectUrl: string;
  /** The PIM, for good. */
  readonly tenantId: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
}

/** A login that is verified, and kept only when asked to. */
export interface Verified {
  readonly kind: 'verified';
  /** Lets the login wait for the App. */
  keep(): Promise<void>;
}

/** Nobody is logged in. */
export interface Unverified {
  readonly kind: 'unverified';
  readonly problem: IdentityProblem;
  /** What the log may say beside it. */
  readonly context?: Pick<
    OutcomeContext,
    'pimStatus' | 'connectionFailure' | 'dependency' | 'errorName'
  >;
}

/** Verifies who opens the App, and keeps that for a moment. */
export interface Logins {
  /** Within three seconds; never rejects. */
  verify(opening: Opening): Promise<Verified | Unverified>;
}

/** What connecting needs from the outside. */
export interface ConnectDeps extends RecordDeps {
  /** Absent where Apps are not told who opens them. */
  readonly logins?: Logins | undefined;
}

/**
 * Steps 9 and 10, and beside them who opens the App, if the App wants to know. The connection counts whatever comes of
 * that, and a login only with its connection.
 *
 * @param browserKeys those of the browser, among them that of the flow.
 */
export async function connect(
  flow: ConsumedFlow,
  granted: Granted,
  browserKeys: readonly BrowserKey[],
  deps: ConnectDeps,
): Promise<Connected | Refused> {
  const { logins } = deps;
  if (!logins || flow.loginUrl === undefined) return recordConnection(flow, granted, deps);
  const [recorded, identity] = await Promise.all([
    recordConnection(flow, granted, deps),
    identify(flow, granted, browserKeys, logins),
  ]);
  if (recorded.kind !== 'connected') return recorded;
  const connected = { ...recorded, appUrl: flow.loginUrl };
  const unverified = identity.kind === 'verified' ? await kept(identity) : identity;
  return unverified.kind === 'unverified' ? withoutLogin(connected, unverified) : connected;
}

/** The user has not agreed to `openid`, or a login waits. */
type NothingToTell = { readonly kind: 'nothing-to-tell' };

async function identify(
  flow: ConsumedFlow,
  { scopes, idToken, tokenRequestedAt: openedAt }: Granted,
  browserKeys: readonly BrowserKey[],
  logins: Logins,
): Promise<Verified | Unverified | NothingToTell> {
  const { redirectUrl, tenantId } = flow;
  const browserKey = browserKeys.find((key) => key.hash() === flow.browserHash);
  if (!scopes.includes('openid')) return { kind: 'nothing-to-tell' };
  if (!idToken) return { kind: 'unverified', problem: 'missing' };
  if (browserKey === undefined || redirectUrl === undefined || tenantId === undefined)
    return { kind: 'unverified', problem: 'defect' };
  return logins.verify({ flow, idToken, browserKey, redirectUrl, tenantId, openedAt });
}

async function kept(verified: Verified): Promise<NothingToTell | Unverified> {
  try {
    await verified.keep();
    return { kind: 'nothing-to-tell' };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return {
      kind: 'unverified',
      problem: 'not-saved',
      context: { dependency: error.dependency, errorName: error.causeName },
    };
  }
}

function withoutLogin(connected: Connected, { problem, context }: Unverified): Connected {
  return {
    ...connected,
    code: 'identity_unverified',
    context: { ...connected.context, ...context, identityProblem: problem },
  };
}

/** For the runbook, which is made from it. Apart from the words, so that no bundle carries these texts. */
export const IDENTITY_PROBLEM_TEXTS: Readonly<Record<IdentityProblem, string>> = {
  missing:
    'the PIM granted `openid` and sent no `id_token`. Its version may be too old, or a proxy changes its answers.',
  malformed: 'the `id_token` is no signed token. Look for a proxy that changes the PIM’s answers.',
  algorithm:
    'it is not signed by RS256. Somebody forges tokens, or the PIM is newer than this version.',
  signature:
    'its signature is not by the PIM’s key, also after the key was fetched afresh. Check that the address of the PIM leads to that PIM alone, and not to two.',
  issuer:
    'it was issued by another PIM. The PIM’s configured address is not the one that its users have in the browser: its administrator corrects it, or `pims move`.',
  audience:
    'it is for another client id. Compare the client id in the PIM with that of `pims show`.',
  expired: 'it ended before it arrived. Check the clock of the PIM.',
  'from-the-future': 'it was issued more than a minute from now. Check the clock of the PIM.',
  subject: 'it names nobody. The PIM may be newer than this version.',
  'key-unreachable':
    'the PIM did not send its public key within three seconds. Look at `connectionFailure`, and at the load of the PIM.',
  'key-unusable':
    'the PIM answered without a key; `pimStatus` is the HTTP status. With 500 it has no OpenID keys, which its administrator has to make; see `pim_answer_lost`.',
  'not-saved': 'DynamoDB did not take the login; see `store_unavailable`.',
  defect: 'a defect of this service. Report it with `errorName` and the version.',
};
