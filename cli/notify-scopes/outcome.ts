/** What asking a PIM came to; stable, for programs. */
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

const OPEN_APP = 'Have a user who manages Apps open the App from that PIM, which stores its token.';

/** A new ciphertext is made when the row has none, or the key was replaced; one that was moved or damaged stays. */
const OPEN_OR_CONNECT_AGAIN =
  'Have a user open the App from that PIM once: if the key of the tokens was replaced, this encrypts the token anew. If this message stays, have a user disconnect the App in the PIM and connect it again.';

interface OutcomeText {
  /** Completes the sentence "the PIM …". */
  readonly detail: string;
  /** What the operator does; absent when all is well. */
  readonly next?: string;
}

/** How each outcome reads; a detail that is known more precisely takes the place of the one here. */
export const NOTIFY_OUTCOMES: Readonly<Record<NotifyOutcome, OutcomeText>> = {
  asked: { detail: 'was asked to prompt its users' },
  disconnected: {
    detail: 'says that the App was disconnected',
    next: 'A user has to connect the App again, which grants the new scopes at once. If the contract has ended: connections forget.',
  },
  replaced: { detail: 'has replaced the token by a newer one', next: OPEN_APP },
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
