import { DEAD_STATUSES } from '../../functions/activation/connection-status.ts';
import { classify } from '../../functions/health/health.ts';
import type { AccessToken } from '../../functions/pim/credentials.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import { type Answer, type Sent, send } from '../send.ts';
import type { ConnectionTokens } from '../stores/connection-tokens.ts';
import type { Lagging } from './lagging.ts';

/** The result of asking one PIM. */
export interface Notified {
  readonly lagging: Lagging;
  readonly outcome: NotifyOutcome;
  /** Completes the sentence "the PIM …". */
  readonly detail: string;
}

/**
 * Asks a PIM to prompt its users for the listed scopes. This changes no rights: users who manage Apps see a notice, and
 * decide when they next open the App.
 *
 * @see docs/pim-contract.md §3.5
 */
export async function notifyPim(lagging: Lagging, tokens: ConnectionTokens): Promise<Notified> {
  const { pim, connection } = lagging;
  const read = await tokens.read({ pim, clientId: connection.clientId });
  if (read.kind === 'absent') return notified(lagging, 'forgotten');
  if (read.kind === 'malformed') return notified(lagging, 'token-unreadable');
  const sent = await ask(lagging, read.token);
  if (sent.kind === 'failed') return notified(lagging, 'unreachable', sent.reason);
  const { status } = sent.answer;
  const outcome = outcomeOf(sent.answer);
  const isExplained = outcome !== 'unexpected-answer' && outcome !== 'unreachable';
  return isExplained
    ? notified(lagging, outcome)
    : notified(lagging, outcome, `answered with ${status}, which is not of the Apps protocol`);
}

/** Sends the full list, as an authorization request does: the PIM itself finds what is new. */
function ask({ pim, listed }: Lagging, token: AccessToken): Promise<Sent> {
  const url = pim.at('/connect/apps/v1/scopes/update');
  url.search = `scopes=${encodeURIComponent(formatScope(listed))}`;
  return send(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
  });
}

function notified(
  lagging: Lagging,
  outcome: NotifyOutcome,
  detail: string = NOTIFY_OUTCOMES[outcome].detail,
): Notified {
  return { lagging, outcome, detail };
}

/**
 * What a PIM's answer to `scopes/update` means. It says `"Ok"` whatever it was asked, so that alone is no proof that it
 * knows the scopes. A refused token gets the same answer as everywhere else in the PIM.
 *
 * @see docs/pim-contract.md §3.5 and §6
 */
function outcomeOf({ status, body }: Pick<Answer, 'status' | 'body'>): NotifyOutcome {
  if (status === 200 && isOk(body)) return 'asked';
  if (status === 429) return 'throttled';
  const health = classify({ kind: 'answered', status, body });
  return health === 'connected' || health === 'not-a-pim' ? 'unexpected-answer' : health;
}

function isOk(body: string): boolean {
  try {
    return JSON.parse(body) === 'Ok';
  } catch {
    return false;
  }
}

/** The result of asking a PIM; stable, for programs. */
export type NotifyOutcome =
  | 'asked'
  | 'disconnected'
  | 'replaced'
  | 'forbidden'
  | 'throttled'
  | 'unreachable'
  | 'unexpected-answer'
  | 'token-unreadable'
  | 'forgotten';

/** Opening the App makes a new ciphertext if there is none or the key was replaced, but not if it is only damaged. */
const OPEN_OR_CONNECT_AGAIN =
  'Have a user open the App from that PIM once: if the key of the tokens was replaced, this encrypts the token anew. If this message stays, have a user disconnect the App in the PIM and connect it again.';

interface OutcomeText {
  /** Completes the sentence "the PIM …". */
  readonly detail: string;
  /** What the operator does; absent when all is well. */
  readonly next?: string;
}

/** The texts of each outcome. {@link Notified} may have a more precise detail. */
export const NOTIFY_OUTCOMES: Readonly<Record<NotifyOutcome, OutcomeText>> = {
  asked: { detail: 'was asked to prompt its users' },
  disconnected: {
    detail: 'says that the App was disconnected',
    next: `${DEAD_STATUSES.disconnected.next} That grants the new scopes at once. If the contract has ended: connections forget.`,
  },
  replaced: { detail: 'has replaced the token by a newer one', next: DEAD_STATUSES.replaced.next },
  forbidden: {
    detail: 'does not take this token for that of an App',
    next: 'Ask the administrator of the PIM whether the App still is a connected App there.',
  },
  throttled: {
    detail: 'is throttling calls (429)',
    next: 'Run the command again in a few minutes.',
  },
  unreachable: {
    detail: 'cannot be reached',
    next: 'Check that the PIM is up and that its firewall lets this machine in, then run the command again.',
  },
  'unexpected-answer': {
    detail: 'gave an answer that is not of the Apps protocol',
    next: 'Something in front of the PIM answers, or the PIM is older than this protocol; users see the new scopes when they open the App.',
  },
  'token-unreadable': {
    detail: 'has a stored token that cannot be decrypted',
    next: OPEN_OR_CONNECT_AGAIN,
  },
  forgotten: {
    detail: 'was forgotten in this moment',
    next: 'Nothing has to be done, if that was meant.',
  },
};
