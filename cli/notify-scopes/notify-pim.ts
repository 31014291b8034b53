import type { AccessToken } from '../../functions/pim/credentials.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import { type Sent, send } from '../http/send.ts';
import type { ConnectionTokens } from '../stores/connection-tokens.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { Lagging } from './lagging.ts';
import { NOTIFY_OUTCOMES, type NotifyOutcome } from './outcome.ts';

/** What asking one PIM came to. */
export interface Notified {
  readonly lagging: Lagging;
  readonly outcome: NotifyOutcome;
  /** Completes the sentence "the PIM …". */
  readonly detail: string;
}

/**
 * Asks a PIM to prompt its users for the listed scopes. It changes no right: users who manage Apps see a notice, and
 * grant or do not grant when they next open the App.
 *
 * @see docs/pim-contract.md §3.5
 */
export async function notifyPim(lagging: Lagging, tokens: ConnectionTokens): Promise<Notified> {
  const { pim, connection } = lagging;
  const read = await tokens.read({ pim, clientId: connection.clientId });
  if (read.kind === 'absent') return notified(lagging, 'forgotten');
  if (read.kind === 'unreadable') return notified(lagging, 'token-unreadable');
  const sent = await ask(lagging, read.token);
  if (!sent.ok) return notified(lagging, 'unreachable', sent.reason);
  const { status } = sent.answer;
  const outcome = judgeAnswer(sent.answer);
  const isExplained = outcome !== 'unexpected-answer' && outcome !== 'unreachable';
  return isExplained
    ? notified(lagging, outcome)
    : notified(lagging, outcome, `answered with ${status}, which is not of the Apps protocol`);
}

/** The full list, as in an authorization request: the PIM itself finds what is new. */
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
