/** What makes an operator look: every alarm of the stack stands for one of these causes. */
export type Cause = 'credentials' | 'late-code' | 'pim' | 'store' | 'bug';

/**
 * One way in which a request can end. Pages, JSON answers, log lines, metrics, alarms and the runbook are all made from
 * this, from what a PIM user reads (`functions/pages/languages/`) and from the {@link OPERATOR_NOTES}, so that they
 * cannot tell different stories.
 */
export interface Outcome {
  /** HTTP status of the answer. */
  readonly status: 200 | 302 | 303 | 400 | 403 | 404 | 410 | 500 | 502 | 503 | 504;
  /** The alarm that counts this outcome, if it calls for one. A request may be exempt; see {@link causeOf}. */
  readonly cause?: Cause;
}

/** What an outcome means to whoever operates the App. */
export interface OperatorNote {
  /** What happened. */
  readonly meaning: string;
  /** What the operator does about it. */
  readonly operator: string;
}

/** In the order of the runbook. A code is never reused or renamed. */
const TABLE = {
  // Everything went as it should.
  authorization_requested: { status: 302 },
  authorization_restarted: { status: 302, cause: 'late-code' },
  authorization_repeated: { status: 302 },
  connected: { status: 303 },
  connected_with_missing_scopes: { status: 303 },
  identity_unverified: { status: 303, cause: 'pim' },
  already_connected: { status: 200 },
  connection_shown: { status: 200 },
  opened_again: { status: 200 },
  rights_missing: { status: 200 },
  shown_before: { status: 200 },
  login_handed_over: { status: 303 },
  login_required: { status: 303 },

  // The request itself cannot be served: it did not come from a PIM, or not as a PIM sends it.
  path_unknown: { status: 404 },
  pim_url_missing: { status: 400 },
  pim_url_repeated: { status: 400 },
  pim_url_malformed: { status: 400 },
  pim_not_listed: { status: 403 },
  login_request_malformed: { status: 400 },
  login_not_set_up: { status: 403 },
  callback_parameter_repeated: { status: 400 },
  state_malformed: { status: 400 },
  state_unknown: { status: 400 },
  browser_cookie_missing: { status: 403 },
  browser_mismatch: { status: 403 },
  callback_url_mismatch: { status: 403 },
  flow_expired: { status: 410 },
  flow_already_used: { status: 400 },
  authorization_denied: { status: 403 },
  code_malformed: { status: 400 },

  // The PIM, the credentials or our own storage stood in the way.
  pim_unreachable: { status: 502, cause: 'pim' },
  pim_timeout: { status: 504, cause: 'pim' },
  pim_unexpected_answer: { status: 502, cause: 'pim' },
  pim_refused_request: { status: 502, cause: 'pim' },
  pim_refused_code: { status: 502, cause: 'late-code' },
  pim_answer_lost: { status: 502, cause: 'pim' },
  code_unknown: { status: 400 },
  client_credentials_refused: { status: 502, cause: 'credentials' },
  client_secret_missing: { status: 503, cause: 'credentials' },
  token_ended: { status: 410 },
  token_not_saved: { status: 503, cause: 'store' },
  store_unavailable: { status: 503, cause: 'store' },
  internal_error: { status: 500, cause: 'bug' },
} as const satisfies Readonly<Record<string, Outcome>>;

/** The stable name of a way in which a request can end. */
export type OutcomeCode = keyof typeof TABLE;

/** A request after which nothing is connected that was not before. */
export type RefusalCode = {
  [Code in OutcomeCode]: (typeof TABLE)[Code]['status'] extends 200 | 302 | 303 ? never : Code;
}[OutcomeCode];

/** Every outcome by its code. */
export const OUTCOMES: Readonly<Record<OutcomeCode, Outcome>> = TABLE;

/** What the operator does about an outcome that is no failure. */
const NOTHING_TO_DO = 'Nothing: this is how it is meant to go.';

const WATCH_FOR_PROBING =
  'Nothing for a single one. Many of them mean that somebody is probing the endpoint, or that a proxy rewrites the address.';

/** For the runbook, which is made from it. Apart from the outcomes, so that no bundle carries these texts. */
export const OPERATOR_NOTES: Readonly<Record<OutcomeCode, OperatorNote>> = {
  authorization_requested: {
    meaning:
      'The activation URL was opened for a listed PIM; the browser was sent to its authorize page.',
    operator: NOTHING_TO_DO,
  },
  authorization_restarted: {
    meaning:
      'The authorization code was older than its 30 seconds, so the flow was started again, once, without the user noticing.',
    operator:
      'Nothing for a single one. Many of them mean that callbacks are slow: look at the callback duration and at the network between the function and the PIM.',
  },
  authorization_repeated: {
    meaning:
      'The PIM gave no usable answer to a token request and refused the authorization code in the next one: it had used the code up. So the flow was started again, once, without the user noticing.',
    operator:
      'Nothing for a single one: an answer got lost. If every flow of a PIM does this, see `pim_answer_lost`.',
  },
  connected: {
    meaning: 'The access token was received and saved, and every requested scope was granted.',
    operator: NOTHING_TO_DO,
  },
  connected_with_missing_scopes: {
    meaning:
      'The access token was received and saved, but the PIM granted fewer scopes than requested: the PIM user who opened the App may not grant new ones, or the PIM does not know them.',
    operator:
      'Compare the requested scopes with the granted ones (`connections show`); `connections notify-scopes` makes the PIM prompt its users. If all users of that PIM see this, check that its edition offers the missing scopes.',
  },
  identity_unverified: {
    meaning:
      'The connection was saved, but the PIM’s word on who opened the App could not be verified or kept. The App’s page was opened, and nobody is logged in.',
    operator:
      'Read `identityProblem` in the log: what each of its words asks for is under [Unverified identities](#unverified-identities).',
  },
  already_connected: {
    meaning:
      'A callback was reloaded, or came back in a second tab, and the App has been connected or opened since the attempt began.',
    operator: NOTHING_TO_DO,
  },
  connection_shown: {
    meaning: 'The page at the end of a first connection was shown.',
    operator: NOTHING_TO_DO,
  },
  opened_again: {
    meaning: 'An App that had been connected before was opened, and has no page of its own.',
    operator: NOTHING_TO_DO,
  },
  rights_missing: {
    meaning: 'The page at the end of a flow that left rights missing was shown.',
    operator: 'As for `connected_with_missing_scopes`.',
  },
  shown_before: {
    meaning:
      'The page at the end of a flow was opened once more. A PIM tells no App that it was disconnected, so the page no longer says that the App is connected.',
    operator: NOTHING_TO_DO,
  },
  login_handed_over: {
    meaning: 'The App asked who had opened it, and was given a code for that login.',
    operator: NOTHING_TO_DO,
  },
  login_required: {
    meaning:
      'The App asked who had opened it, and no login of that PIM waited for this browser: the App was opened more than two minutes ago, in another browser or not at all, the login was taken already, or the PIM user has not agreed to `openid`.',
    operator:
      'Nothing for a single one. If it happens each time a PIM is opened, look at the outcome of its callback: `identity_unverified` says why, and after `connected` the scope `openid` is missing.',
  },
  path_unknown: {
    meaning:
      'The address begins like one of the two registered URLs and goes on in another way. A single slash at the end is no other way.',
    operator:
      'If it happens from inside a PIM, a registered URL is misspelt: compare it with `npx akeneo-app urls <PIM URL>`, and register exactly that. Otherwise somebody is probing.',
  },
  pim_url_missing: {
    meaning: 'The activation URL was opened without `pim_url`.',
    operator:
      'If it happens from inside a PIM, the activation URL registered there is wrong: register it without a `#fragment`.',
  },
  pim_url_repeated: {
    meaning: 'The activation URL was opened with `pim_url` more than once.',
    operator:
      'The activation URL registered in the PIM must not hold a `pim_url` of its own. Otherwise the request was forged.',
  },
  pim_url_malformed: {
    meaning:
      'The `pim_url` is not an https address, is longer than 2,048 characters, or holds credentials, a query, a fragment, blanks, backslashes or control characters.',
    operator:
      'Ask the PIM’s administrator for the configured public URL. Plain http is accepted on a loopback host in development only.',
  },
  pim_not_listed: {
    meaning:
      'The PIM is in no row of the Pims table, neither by its exact address nor by a suffix.',
    operator:
      'If the PIM is yours to serve: `npx akeneo-app pims add <PIM URL>`. Many refusals of PIMs that nobody knows mean probing.',
  },
  login_request_malformed: {
    meaning:
      'The address by which an App asks who opened it lacked a parameter, had one twice or one too many, or had an unusable value: it takes `pim_url`, `state`, `code_challenge` and `code_challenge_method=S256`, each once.',
    operator:
      'Tell the developers of the App, who find the parameters on the page Who opened the App. Otherwise somebody is probing.',
  },
  login_not_set_up: {
    meaning: 'The App asked who had opened it, in a PIM whose row has no login URL.',
    operator:
      'If the App is to log the users of that PIM in: `npx akeneo-app pims update <PIM URL> --login-url <url> --redirect-url <url>`.',
  },
  callback_parameter_repeated: {
    meaning:
      'The callback held `state`, `code` or `error` more than once, which a PIM never sends.',
    operator: WATCH_FOR_PROBING,
  },
  state_malformed: {
    meaning: 'The callback came without `state`, or with one that this App cannot have made.',
    operator: WATCH_FOR_PROBING,
  },
  state_unknown: {
    meaning:
      'No flow has this `state`: it was forged, or it ended so long ago that it was swept away.',
    operator: WATCH_FOR_PROBING,
  },
  browser_cookie_missing: {
    meaning:
      'The callback came without the cookie that ties the flow to the browser that started it. The flow was left untouched.',
    operator:
      'A user who blocks cookies, a link opened in another program, or a link scanner. Many of them: check that no proxy strips cookies.',
  },
  browser_mismatch: {
    meaning:
      'The `state` belongs to a flow of another browser. The flow was left untouched for its owner.',
    operator:
      'A callback link that was shared, a browser that opened its very first two Apps at the same moment, or somebody trying to complete a flow that is not theirs. A spike of them is an attack or a proxy that mixes up cookies.',
  },
  callback_url_mismatch: {
    meaning:
      'The `state` belongs to a flow of another callback URL: each PIM has one of its own, `/callback/<id>`, and the PIMs of an App Store App share `/callback`. The code was sent nowhere, and the flow was left untouched for its owner.',
    operator:
      'If it happens to users of one PIM, the callback URL registered there is not the one that `npx akeneo-app urls <PIM URL>` prints. Otherwise somebody is passing codes of one PIM to a flow of another.',
  },
  flow_expired: {
    meaning: 'More than 30 minutes passed between the activation URL and the callback.',
    operator: NOTHING_TO_DO,
  },
  flow_already_used: {
    meaning:
      'The `state` was consumed by an earlier callback that did not end in a connection, or is still at work, or the connection has ended since.',
    operator: 'Look for the earlier callback of the same PIM in the log: its outcome is the cause.',
  },
  authorization_denied: {
    meaning:
      'The callback held `error`. The PIMs known today never send one, so it was forged or comes from a newer PIM.',
    operator: 'Check in the PIM whether the user may manage Apps.',
  },
  code_malformed: {
    meaning: 'The callback came with a valid `state` but without a usable `code`.',
    operator: 'Check that nothing between browser and gateway cuts long addresses.',
  },
  pim_unreachable: {
    meaning:
      'No connection to the PIM’s token endpoint could be made, or it broke. What can pass within seconds was tried again.',
    operator:
      'Read `connectionFailure` in the log: what each of its words asks for is under [Failed connections](#failed-connections).',
  },
  pim_timeout: {
    meaning: 'The PIM’s token endpoint did not answer within the budget of the exchange.',
    operator:
      'With `connectionFailure` in the log, no connection came about: see [Failed connections](#failed-connections). Without, check the PIM’s load. Opening the App again yields the same token, so nothing is lost.',
  },
  pim_unexpected_answer: {
    meaning:
      'The token endpoint answered with a redirect, an error that is none of OAuth, a web page, unreadable JSON, more than 64 KiB, or scopes that no PIM has. A server error, a rate limit and a broken answer were tried again. The log has the HTTP status.',
    operator:
      'A 404 means that Apps are switched off in that PIM, a redirect or a page that a proxy or a login stands in front of it, a 5xx that the PIM fails.',
  },
  pim_refused_request: {
    meaning: 'The token endpoint answered with an OAuth error that a correct request never meets.',
    operator:
      'The PIM may speak a newer protocol than this version: look for an upgrade of this service.',
  },
  pim_refused_code: {
    meaning:
      'The authorization code was too old, and so was the one of the automatic second attempt. A code lives 30 seconds.',
    operator:
      'Look at the callback duration: the exchange has to reach the PIM within 30 seconds. If it is fast, check the PIM’s clock.',
  },
  pim_answer_lost: {
    meaning:
      'Twice, in the first attempt and in the automatic second one, the PIM gave no usable answer to a token request, and refused the authorization code in the next one: it had used the code up.',
    operator:
      'A PIM without OpenID keys does this: it issues the token, marks the code as used, and answers 500. It happens when `openid` is among the granted scopes. `npx akeneo-app doctor` says whether its keys are missing; its administrator has to make them, or take `openid` out of the scopes: `pims update`. Otherwise read the PIM’s log.',
  },
  code_unknown: {
    meaning:
      'The PIM refused the authorization code, and not because of its age: it was never issued by that PIM, or somebody else has redeemed it.',
    operator: WATCH_FOR_PROBING,
  },
  client_credentials_refused: {
    meaning:
      'The PIM answered `invalid_client`, also after the client secret was read afresh: the stored secret is not the one the PIM holds, or the App was deleted there.',
    operator:
      'Copy the client id and secret from the PIM: `npx akeneo-app pims rotate-secret <PIM URL>`. If the App was deleted and created again, its client id is new: `pims update`.',
  },
  client_secret_missing: {
    meaning: 'There is no usable client secret for the client id of this PIM.',
    operator: 'Store it: `npx akeneo-app pims rotate-secret <PIM URL>`.',
  },
  token_ended: {
    meaning:
      'When the PIM’s answer was to be saved, its access token no longer worked: a PIM user had disconnected the App, or another opening of the App had replaced the token. Nothing was reported as connected.',
    operator:
      'Nothing for a single one. Many of them for one PIM mean that users open and disconnect the App at the same time, or that a clock is wrong.',
  },
  token_not_saved: {
    meaning:
      'The PIM issued the access token, but encrypting or saving it failed; or another token was saved at the same moment, and the PIM did not say which of the two works. The PIM issues the token again when the App is opened again.',
    operator:
      'Check DynamoDB and KMS in the log line’s `dependency`, the tables’ limits and the function’s rights. Without a `dependency`, check that the PIM answers.',
  },
  store_unavailable: {
    meaning: 'DynamoDB or KMS did not answer or refused. Nothing was reported as connected.',
    operator:
      'Check the service in the log line’s `dependency`, the tables’ limits and the function’s rights.',
  },
  internal_error: {
    meaning: 'A defect of this service: something happened that its code does not expect.',
    operator: 'Find the log line by the request ID, and report it with the version.',
  },
};
