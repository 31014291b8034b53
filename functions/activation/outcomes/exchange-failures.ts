import { ASK_OPERATOR, OPEN_AGAIN, outcomeTable } from './outcome.ts';

const TRY_LATER = 'Wait a minute, then open the App from your PIM again. Nothing was lost.';

/** The PIM, the credentials or our own storage stood in the way. */
export const EXCHANGE_FAILURES = outcomeTable({
  pim_unreachable: {
    status: 502,
    title: 'Your PIM could not be reached',
    next: TRY_LATER,
    meaning:
      'No connection to the PIM’s token endpoint could be made, or it broke, several times in a row.',
    operator:
      'Check that the PIM is up, that its name resolves publicly, that its certificate is valid and that its firewall lets this App in.',
    cause: 'pim',
  },
  pim_timeout: {
    status: 504,
    title: 'Your PIM took too long to answer',
    next: TRY_LATER,
    meaning: 'The PIM’s token endpoint did not answer within the budget of the exchange.',
    operator:
      'Check the PIM’s load. Opening the App again yields the same token, so nothing is lost.',
    cause: 'pim',
  },
  pim_unexpected_answer: {
    status: 502,
    title: 'Your PIM gave an answer that cannot be used',
    next: TRY_LATER,
    meaning:
      'The token endpoint answered with a server error, a rate limit, a web page, unreadable JSON or more than 64 KiB, several times in a row. The log has the HTTP status.',
    operator:
      'A 404 means that Apps are switched off in that PIM, a redirect or a page that a proxy or a login stands in front of it, a 5xx that the PIM fails.',
    cause: 'pim',
  },
  pim_refused_request: {
    status: 502,
    title: 'Your PIM refused the request',
    next: ASK_OPERATOR,
    meaning: 'The token endpoint answered with an OAuth error that a correct request never meets.',
    operator:
      'The PIM may speak a newer protocol than this version: look for an upgrade of this service.',
    cause: 'pim',
  },
  pim_refused_code: {
    status: 502,
    title: 'Your PIM did not accept its own authorization in time',
    next: OPEN_AGAIN,
    meaning:
      'The authorization code was refused, and so was the one of the automatic second attempt. A code lives 30 seconds.',
    operator:
      'Look at the callback duration: the exchange has to reach the PIM within 30 seconds. If it is fast, check the PIM’s clock.',
    cause: 'late-code',
  },
  client_credentials_refused: {
    status: 502,
    title: 'Your PIM does not accept the credentials of this App',
    next: ASK_OPERATOR,
    meaning:
      'The PIM answered `invalid_client`, also after the client secret was read afresh: the stored secret is not the one the PIM holds, or the App was deleted there.',
    operator:
      'Copy the client id and secret from the PIM: `npm run app -- pims rotate-secret <PIM URL>`. If the App was deleted and created again, its client id is new: `pims update`.',
    cause: 'credentials',
  },
  client_secret_missing: {
    status: 503,
    title: 'This App is not completely set up for your PIM',
    next: ASK_OPERATOR,
    meaning: 'There is no usable client secret for the client id of this PIM.',
    operator: 'Store it: `npm run app -- pims rotate-secret <PIM URL>`.',
    cause: 'credentials',
  },
  token_not_saved: {
    status: 503,
    title: 'The connection could not be saved',
    next: 'Wait a minute, then open the App from your PIM again: that recovers the connection, nothing is lost.',
    meaning:
      'The PIM issued the access token, but encrypting or saving it failed. The PIM issues the same token again when the App is opened again.',
    operator:
      'Check DynamoDB and KMS in the log line’s `dependency`, the tables’ limits and the function’s rights.',
    cause: 'store',
  },
  store_unavailable: {
    status: 503,
    title: 'This App has a problem at the moment',
    next: TRY_LATER,
    meaning:
      'DynamoDB or Secrets Manager did not answer or refused. Nothing was reported as connected.',
    operator:
      'Check the service in the log line’s `dependency`, the tables’ limits and the function’s rights.',
    cause: 'store',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong in this App',
    next: ASK_OPERATOR,
    meaning: 'A defect of this service: something happened that its code does not expect.',
    operator: 'Find the log line by the request ID, and report it with the version.',
    cause: 'bug',
  },
});
