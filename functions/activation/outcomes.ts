/** What makes an operator look: every alarm of the stack stands for one of these causes. */
export type Cause = 'credentials' | 'late-code' | 'pim' | 'store' | 'bug';

/**
 * One way in which a request can end. Pages, JSON answers, log lines, metrics, alarms and the runbook
 * are all made from this and from the {@link OutcomeNotes}, so that they cannot tell different stories.
 */
export interface Outcome {
  /** HTTP status of the answer. */
  readonly status: 200 | 302 | 303 | 400 | 403 | 410 | 500 | 502 | 503 | 504;
  /** Heading of the page, in the PIM user's words. */
  readonly title: string;
  /** What the PIM user does next. */
  readonly next: string;
  /** The alarm that counts this outcome, if it calls for one. A request may be exempt; see {@link causeOf}. */
  readonly cause?: Cause;
}

/** The next step of a PIM user when a new attempt is all that is needed. */
const OPEN_AGAIN =
  'Go back to your PIM and open the App again: Connect > Connected Apps > Open app.';
/** The next step of a PIM user who can do nothing; says “result code”, because a PIM has codes of another kind. */
const ASK_OPERATOR =
  'Ask the people who run this App to look at it, and give them the result code and the request ID.';

const TRY_LATER = 'Wait a minute, then open the App from your PIM again. Nothing was lost.';

/** In the order of the runbook. A code is never reused or renamed. */
const TABLE = {
  // Everything went as it should.
  authorization_requested: {
    status: 302,
    title: 'On the way to your PIM',
    next: 'Confirm in your PIM that the App may connect.',
  },
  authorization_restarted: {
    status: 302,
    title: 'On the way back to your PIM',
    next: 'Wait a moment: the PIM is asked once more.',
    cause: 'late-code',
  },
  authorization_repeated: {
    status: 302,
    title: 'On the way back to your PIM',
    next: 'Wait a moment: the PIM is asked once more.',
  },
  connected: {
    status: 303,
    title: 'Connected',
    next: 'You can close this tab. The App works with your PIM from now on.',
  },
  connected_with_missing_scopes: {
    status: 303,
    title: 'Connected, with fewer rights than the App asked for',
    next: 'Ask a PIM user who may manage Apps to open the App once and to accept the missing rights. If they see this page as well, tell the people who run this App.',
  },
  already_connected: {
    status: 200,
    title: 'Already connected',
    next: 'You can close this tab. The App works with your PIM.',
  },
  connection_shown: {
    status: 200,
    title: 'Connected',
    next: 'You can close this tab. The App works with your PIM from now on.',
  },

  // The request itself cannot be served: it did not come from a PIM, or not as a PIM sends it.
  pim_url_missing: {
    status: 400,
    title: 'This address has to be opened from your PIM',
    next: 'In your PIM, go to Connect > App Store and click "Connect", or to Connect > Connected Apps and click "Open app".',
  },
  pim_url_repeated: {
    status: 400,
    title: 'This address names more than one PIM',
    next: OPEN_AGAIN,
  },
  pim_url_malformed: {
    status: 400,
    title: 'The address of your PIM cannot be used',
    next: 'Ask your PIM administrator to check the public URL of the PIM: it has to start with https:// and must hold no user name, "?" or "#".',
  },
  pim_not_listed: {
    status: 403,
    title: 'This App does not know your PIM yet',
    next: 'Ask the people who run this App to add your PIM, then open the App from your PIM again.',
  },
  callback_parameter_repeated: {
    status: 400,
    title: 'The answer of your PIM cannot be read',
    next: OPEN_AGAIN,
  },
  state_malformed: {
    status: 400,
    title: 'This address has to be reached through your PIM',
    next: OPEN_AGAIN,
  },
  state_unknown: {
    status: 400,
    title: 'This attempt to connect is not known',
    next: OPEN_AGAIN,
  },
  browser_cookie_missing: {
    status: 403,
    title: 'Your browser did not send its cookie',
    next: 'Allow cookies for this site, then open the App from your PIM again, and stay in the same browser until you see "Connected".',
  },
  browser_mismatch: {
    status: 403,
    title: 'This attempt was started in another browser',
    next: 'Go on in the browser where you started, or open the App from your PIM again in this one.',
  },
  flow_expired: {
    status: 410,
    title: 'This attempt took too long',
    next: 'Start again, or open the App from your PIM.',
  },
  flow_already_used: {
    status: 400,
    title: 'This attempt was used before',
    next: 'If you have just reloaded the page, wait a few seconds and reload it again. Otherwise open the App from your PIM again.',
  },
  authorization_denied: {
    status: 403,
    title: 'The PIM did not allow the connection',
    next: OPEN_AGAIN,
  },
  code_malformed: {
    status: 400,
    title: 'The answer of your PIM is incomplete',
    next: OPEN_AGAIN,
  },

  // The PIM, the credentials or our own storage stood in the way.
  pim_unreachable: {
    status: 502,
    title: 'Your PIM could not be reached',
    next: TRY_LATER,
    cause: 'pim',
  },
  pim_timeout: {
    status: 504,
    title: 'Your PIM took too long to answer',
    next: TRY_LATER,
    cause: 'pim',
  },
  pim_unexpected_answer: {
    status: 502,
    title: 'Your PIM gave an answer that cannot be used',
    next: TRY_LATER,
    cause: 'pim',
  },
  pim_refused_request: {
    status: 502,
    title: 'Your PIM refused the request',
    next: ASK_OPERATOR,
    cause: 'pim',
  },
  pim_refused_code: {
    status: 502,
    title: 'Your PIM did not accept its own authorization in time',
    next: OPEN_AGAIN,
    cause: 'late-code',
  },
  pim_answer_lost: {
    status: 502,
    title: 'Your PIM failed while it answered this App',
    next: 'Open the App from your PIM again. If you see this page once more, show it to the administrator of your PIM: the PIM’s own log has the error.',
    cause: 'pim',
  },
  code_unknown: {
    status: 400,
    title: 'Your PIM does not know this authorization',
    next: OPEN_AGAIN,
  },
  client_credentials_refused: {
    status: 502,
    title: 'Your PIM does not accept the credentials of this App',
    next: ASK_OPERATOR,
    cause: 'credentials',
  },
  client_secret_missing: {
    status: 503,
    title: 'This App is not completely set up for your PIM',
    next: ASK_OPERATOR,
    cause: 'credentials',
  },
  token_not_saved: {
    status: 503,
    title: 'The connection could not be saved',
    next: 'Wait a minute, then open the App from your PIM again: that recovers the connection, nothing is lost.',
    cause: 'store',
  },
  store_unavailable: {
    status: 503,
    title: 'This App has a problem at the moment',
    next: TRY_LATER,
    cause: 'store',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong in this App',
    next: ASK_OPERATOR,
    cause: 'bug',
  },
} as const satisfies Readonly<Record<string, Outcome>>;

/** The stable name of a way in which a request can end. */
export type OutcomeCode = keyof typeof TABLE;

/** A request after which nothing is connected that was not before. */
export type RefusalCode = {
  [Code in OutcomeCode]: (typeof TABLE)[Code]['status'] extends 200 | 302 | 303 ? never : Code;
}[OutcomeCode];

/** Every outcome by its code. */
export const OUTCOMES: Readonly<Record<OutcomeCode, Outcome>> = TABLE;
