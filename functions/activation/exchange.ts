import type { AuthorizationCode, ClientSecret } from '../pim/credentials.ts';
import type { InvalidGrant } from '../pim/oauth.ts';
import type { PimFailure } from '../pim/send.ts';
import type { Exchanged, TokenEndpoint } from '../pim/token-endpoint.ts';
import type { Flow, RandomText } from './flow.ts';
import type { ClientSecrets, Clock } from './ports.ts';
import { contextOf, type Refused, refused } from './result.ts';

/** What the exchange of a code needs from the outside. */
export interface ExchangeDeps {
  readonly secrets: ClientSecrets;
  readonly tokenEndpoint: TokenEndpoint;
  readonly random: RandomText;
  readonly now: Clock;
}

/** A token, its scopes, and when the PIM was asked for them. */
export type Granted = Extract<Exchanged, { kind: 'granted' }>;

/**
 * The code of a real authorization is of no use any more: it came too late, or the PIM has used it up in a request that
 * it gave no usable answer. Asking the PIM again yields a new one.
 */
export interface CodeGone {
  readonly kind: 'code-gone';
  readonly why: 'late' | 'answer-lost';
}

/**
 * Steps 6 to 8: the client's secret, the token request, the answer.
 *
 * An `invalid_client` may only mean that the secret was rotated after it was cached. The PIM does not
 * burn the code on a failed challenge, so the secret is read afresh and the exchange tried once more:
 * a rotation costs no user an error. It is tried again with an unchanged secret as well: for an App of the
 * App Store the PIM also says `invalid_client` when its own question to Akeneo failed.
 *
 * @param deadline epoch milliseconds by which the exchange has to be over.
 */
export async function exchangeCode(
  flow: Flow,
  code: AuthorizationCode,
  deadline: number,
  deps: ExchangeDeps,
): Promise<Granted | CodeGone | Refused> {
  const { pim, clientId } = flow;
  const ask = deps.tokenEndpoint.open(pim, deadline);
  const exchange = (clientSecret: ClientSecret) =>
    ask({ clientId, clientSecret, authorizationCode: code, codeIdentifier: deps.random() });
  const secret = await deps.secrets.find(clientId);
  if (!secret) return refused('client_secret_missing', contextOf(flow));
  const outcome = await exchange(secret);
  if (outcome.kind !== 'invalid_client') return conclude(outcome, flow, deps);
  const rotated = await deps.secrets.find(clientId, { fresh: true });
  return conclude(rotated ? await exchange(rotated) : outcome, flow, deps);
}

function conclude(
  outcome: Exchanged,
  flow: Flow,
  { now }: ExchangeDeps,
): Granted | CodeGone | Refused {
  switch (outcome.kind) {
    case 'granted':
      return outcome;
    case 'invalid_grant':
      return concludeInvalidGrant(outcome, flow, now() - flow.startedAt);
    case 'invalid_client':
      return refused('client_credentials_refused', contextOf(flow));
    case 'refused':
      return refused('pim_refused_request', contextOf(flow));
    case 'malformed-scopes':
      return refused('pim_unexpected_answer', {
        ...contextOf(flow),
        failure: 'unexpected-answer',
        pimStatus: 200,
      });
    case 'failed':
      return failed(outcome, flow);
  }
}

/** How long a code lives, in milliseconds. @see docs/pim-contract.md §2.6 */
const CODE_LIFETIME_MS = 30_000;

/**
 * A code of this PIM's is late, or was used up by a request whose answer got lost. Any other one never was the PIM's, so
 * asking again would help nobody.
 */
function concludeInvalidGrant(
  { codeIs, isAnswerLost }: InvalidGrant & { readonly isAnswerLost: boolean },
  flow: Flow,
  ageMs: number,
): CodeGone | Refused {
  const isLate = codeIs === 'expired' || (codeIs === 'not-said' && ageMs >= CODE_LIFETIME_MS);
  if (isLate) return { kind: 'code-gone', why: 'late' };
  if (isAnswerLost) return { kind: 'code-gone', why: 'answer-lost' };
  return refused('code_unknown', contextOf(flow));
}

const FAILURE_CODES = {
  unreachable: 'pim_unreachable',
  timeout: 'pim_timeout',
  'unexpected-answer': 'pim_unexpected_answer',
} as const;

function failed({ failure, status, connectionFailure }: PimFailure, flow: Flow): Refused {
  return refused(FAILURE_CODES[failure], {
    ...contextOf(flow),
    failure,
    ...(connectionFailure !== undefined && { connectionFailure }),
    ...(status !== undefined && { pimStatus: status }),
  });
}
