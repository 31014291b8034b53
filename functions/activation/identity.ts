import type { IdTokenProblem } from '../pim/id-token.ts';
import type { Granted } from './exchange.ts';
import type { BrowserKey, ConsumedFlow } from './flow.ts';
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

/** An opening of the App whose user has agreed to be named. */
export interface Opening {
  readonly flow: ConsumedFlow;
  readonly granted: Granted;
  /** Those of the browser, among them that of the flow. */
  readonly browserKeys: readonly BrowserKey[];
}

/** Nobody is logged in. */
export interface Unverified {
  readonly problem: IdentityProblem;
  /** What the log may say beside it. */
  readonly context?: Pick<
    OutcomeContext,
    'pimStatus' | 'connectionFailure' | 'dependency' | 'errorName'
  >;
}

/** Lets a verified login wait for the App, once its connection is saved, and says what came of it. */
export type KeepLogin = (connected: Connected) => Promise<Connected>;

/** Verifies who opens the App, within three seconds. Neither it nor what it gives ever rejects. */
export type VerifyLogin = (opening: Opening) => Promise<KeepLogin>;

/** What connecting needs from the outside. */
export interface ConnectDeps extends RecordDeps {
  /** Absent where Apps are not told who opens them. */
  readonly verifyLogin?: VerifyLogin | undefined;
}

/**
 * Steps 9 and 10, and beside them who opens the App, if the App wants to know and its user has agreed. The connection
 * counts whatever comes of that, and a login only with its connection.
 *
 * This much of it is in every bundle of callback. All else is in a module beside it: `functions/login/logins.ts`.
 */
export async function connect(opening: Opening, deps: ConnectDeps): Promise<Connected | Refused> {
  const { flow, granted } = opening;
  const { verifyLogin } = deps;
  const recording = recordConnection(flow, granted, deps);
  if (!verifyLogin || flow.loginUrl === undefined) return recording;
  const isNamed = granted.scopes.includes('openid');
  const [recorded, keep] = await Promise.all([recording, isNamed && verifyLogin(opening)]);
  if (recorded.kind !== 'connected') return recorded;
  const connected = { ...recorded, appUrl: flow.loginUrl };
  return keep ? keep(connected) : connected;
}

/** The App is opened, and nobody logged in. */
export function withoutLogin(connected: Connected, { problem, context }: Unverified): Connected {
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
