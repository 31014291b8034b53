import type { AuthorizationCode, ClientSecret } from '../pim/credentials.ts';
import type { TransientFailure } from '../pim/send.ts';
import type { Exchanged, TokenEndpoint } from '../pim/token-endpoint.ts';
import type { Flow, RandomText } from './flow.ts';
import type { ClientSecrets } from './ports.ts';
import { contextOf, type Refused, refused } from './result.ts';

/** What the exchange of a code needs from the outside. */
export interface ExchangeDeps {
  readonly secrets: ClientSecrets;
  readonly tokenEndpoint: TokenEndpoint;
  readonly random: RandomText;
}

/** A token, its scopes, and when the PIM was asked for them. */
export type Granted = Extract<Exchanged, { kind: 'granted' }>;

/** The PIM no longer accepts the code; asking it again yields a new one. */
export interface CodeExpired {
  readonly kind: 'code-expired';
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
): Promise<Granted | CodeExpired | Refused> {
  const exchange = (secret: ClientSecret) => {
    const { pim, clientId } = flow;
    const codeIdentifier = deps.random();
    const request = { clientId, clientSecret: secret, authorizationCode: code, codeIdentifier };
    return deps.tokenEndpoint.exchange(pim, request, deadline);
  };
  const secret = await deps.secrets.find(flow.clientId);
  if (!secret) return refused('client_secret_missing', contextOf(flow));
  const outcome = await exchange(secret);
  if (outcome.kind !== 'invalid_client') return conclude(outcome, flow);
  const rotated = await deps.secrets.find(flow.clientId, { fresh: true });
  return conclude(rotated ? await exchange(rotated) : outcome, flow);
}

function conclude(outcome: Exchanged, flow: Flow): Granted | CodeExpired | Refused {
  switch (outcome.kind) {
    case 'granted':
      return outcome;
    case 'invalid_grant':
      return { kind: 'code-expired' };
    case 'invalid_client':
      return refused('client_credentials_refused', contextOf(flow));
    case 'refused':
      return refused('pim_refused_request', contextOf(flow));
    case 'transient-failure':
      return transientFailure(outcome, flow);
  }
}

const FAILURE_CODES = {
  unreachable: 'pim_unreachable',
  timeout: 'pim_timeout',
  'unexpected-answer': 'pim_unexpected_answer',
} as const;

function transientFailure(outcome: TransientFailure, flow: Flow): Refused {
  const { failure, status } = outcome;
  return refused(FAILURE_CODES[failure], {
    ...contextOf(flow),
    failure,
    ...(status !== undefined && { pimStatus: status }),
  });
}
