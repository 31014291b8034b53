import { language, type PageCode } from '../language.ts';

const OPEN_AGAIN =
  'Go back to your PIM and open the App again: Connect > Connected Apps > Open app.';
/** Says “result code”, because a PIM has codes of another kind. */
const ASK_OPERATOR =
  'Ask the people who run this App to look at it, and give them the result code and the request ID.';
const TRY_LATER = 'Wait a minute, then open the App from your PIM again. Nothing was lost.';

/**
 * English, the model of the other languages: which texts there are, and which placeholders each of them has. The names of
 * the PIM's screens are those of its own interface.
 */
const texts = {
  /** By what a request ended in: the heading of the page, and what the PIM user does next. */
  outcome: {
    already_connected: {
      title: 'Already connected',
      next: 'You can close this tab. The App works with your PIM.',
    },
    connection_shown: {
      title: 'Connected',
      next: 'You can close this tab. The App works with your PIM from now on.',
    },
    path_unknown: {
      title: 'This address does not exist',
      next: ASK_OPERATOR,
    },
    pim_url_missing: {
      title: 'This address has to be opened from your PIM',
      next: 'In your PIM, go to Connect > App Store and click "Connect", or to Connect > Connected Apps and click "Open app".',
    },
    pim_url_repeated: {
      title: 'This address names more than one PIM',
      next: OPEN_AGAIN,
    },
    pim_url_malformed: {
      title: 'The address of your PIM cannot be used',
      next: 'Ask your PIM administrator to check the public URL of the PIM: it has to start with https:// and must hold no user name, "?" or "#".',
    },
    pim_not_listed: {
      title: 'This App does not know your PIM yet',
      next: 'Ask the people who run this App to add your PIM, then open the App from your PIM again.',
    },
    callback_parameter_repeated: {
      title: 'The answer of your PIM cannot be read',
      next: OPEN_AGAIN,
    },
    state_malformed: {
      title: 'This address has to be reached through your PIM',
      next: OPEN_AGAIN,
    },
    state_unknown: {
      title: 'This attempt to connect is not known',
      next: OPEN_AGAIN,
    },
    browser_cookie_missing: {
      title: 'Your browser did not send its cookie',
      next: 'Allow cookies for this site, then open the App from your PIM again, and stay in the same browser until you see "Connected".',
    },
    browser_mismatch: {
      title: 'This attempt was started in another browser',
      next: 'Go on in the browser where you started, or open the App from your PIM again in this one.',
    },
    callback_url_mismatch: {
      title: 'This answer came to the wrong address',
      next: OPEN_AGAIN,
    },
    flow_expired: {
      title: 'This attempt took too long',
      next: 'Start again, or open the App from your PIM.',
    },
    flow_already_used: {
      title: 'This attempt was used before',
      next: 'If you have just reloaded the page, wait a few seconds and reload it again. Otherwise open the App from your PIM again.',
    },
    authorization_denied: {
      title: 'The PIM did not allow the connection',
      next: OPEN_AGAIN,
    },
    code_malformed: {
      title: 'The answer of your PIM is incomplete',
      next: OPEN_AGAIN,
    },
    pim_unreachable: {
      title: 'Your PIM could not be reached',
      next: TRY_LATER,
    },
    pim_timeout: {
      title: 'Your PIM took too long to answer',
      next: TRY_LATER,
    },
    pim_unexpected_answer: {
      title: 'Your PIM gave an answer that cannot be used',
      next: TRY_LATER,
    },
    pim_refused_request: {
      title: 'Your PIM refused the request',
      next: ASK_OPERATOR,
    },
    pim_refused_code: {
      title: 'Your PIM did not accept its own authorization in time',
      next: OPEN_AGAIN,
    },
    pim_answer_lost: {
      title: 'Your PIM failed while it answered this App',
      next: 'Open the App from your PIM again. If you see this page once more, show it to the administrator of your PIM: the PIM’s own log has the error.',
    },
    code_unknown: {
      title: 'Your PIM does not know this authorization',
      next: OPEN_AGAIN,
    },
    client_credentials_refused: {
      title: 'Your PIM does not accept the credentials of this App',
      next: ASK_OPERATOR,
    },
    client_secret_missing: {
      title: 'This App is not completely set up for your PIM',
      next: ASK_OPERATOR,
    },
    token_ended: {
      title: 'The connection has ended meanwhile',
      next: 'Open the App from your PIM again: Connect > Connected Apps > Open app. If it is no longer there, connect it again: Connect > App Store.',
    },
    token_not_saved: {
      title: 'The connection could not be saved',
      next: 'Wait a minute, then open the App from your PIM again: that recovers the connection, nothing is lost.',
    },
    store_unavailable: {
      title: 'This App has a problem at the moment',
      next: TRY_LATER,
    },
    internal_error: {
      title: 'Something went wrong in this App',
      next: ASK_OPERATOR,
    },
  },
  heading: {
    missingRights: 'Some rights are missing',
    forOperators: 'For the people who run this App',
  },
  sentence: {
    connectedTo: 'The App is connected to {pim}.',
    mayNotGrant: 'Your PIM user may not grant:',
    addPim: 'Add this PIM with {command}',
  },
  next: {
    missingRights:
      'Ask a PIM user who may manage Apps to open the App once and to accept the missing rights. If they see this page as well, tell the people who run this App.',
  },
  button: {
    startAgain: 'Start again',
  },
  label: {
    pim: 'PIM',
    resultCode: 'Result code',
    requestId: 'Request ID',
  },
} as const satisfies Readonly<Record<string, unknown>> & {
  outcome: Readonly<Record<PageCode, { title: string; next: string }>>;
};

/** What every other language is held against. */
export type English = typeof texts;

export default language(texts);
