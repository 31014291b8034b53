import { NOTHING_TO_DO, OPEN_AGAIN, outcomeTable } from './outcome.ts';

const WATCH_FOR_PROBING =
  'Nothing for a single one. Many of them mean that somebody is probing the endpoint, or that a proxy rewrites the address.';

/** The request itself cannot be served: it did not come from a PIM, or not as a PIM sends it. */
export const REQUEST_REFUSALS = outcomeTable({
  pim_url_missing: {
    status: 400,
    title: 'This address has to be opened from your PIM',
    next: 'In your PIM, go to Connect > App Store and click "Connect", or to Connect > Connected Apps and click "Open app".',
    meaning: 'The activation URL was opened without `pim_url`.',
    operator:
      'If it happens from inside a PIM, the activation URL registered there is wrong: register it without a `#fragment`.',
  },
  pim_url_repeated: {
    status: 400,
    title: 'This address names more than one PIM',
    next: OPEN_AGAIN,
    meaning: 'The activation URL was opened with `pim_url` more than once.',
    operator:
      'The activation URL registered in the PIM must not hold a `pim_url` of its own. Otherwise the request was forged.',
  },
  pim_url_malformed: {
    status: 400,
    title: 'The address of your PIM cannot be used',
    next: 'Ask your PIM administrator to check the public URL of the PIM: it has to start with https:// and must hold no user name, "?" or "#".',
    meaning:
      'The `pim_url` is not an https address, is longer than 2,048 characters, or holds credentials, a query, a fragment, blanks, backslashes or control characters.',
    operator:
      'Ask the PIM’s administrator for the configured public URL. Plain http is accepted on a loopback host in development only.',
  },
  pim_not_listed: {
    status: 403,
    title: 'This App does not know your PIM yet',
    next: 'Ask the people who run this App to add your PIM, then open the App from your PIM again.',
    meaning:
      'The PIM is in no row of the Pims table, neither by its exact address nor by a suffix.',
    operator:
      'If the PIM is yours to serve: `npm run app -- pims add <PIM URL>`. Many refusals of PIMs that nobody knows mean probing.',
  },
  callback_parameter_repeated: {
    status: 400,
    title: 'The answer of your PIM cannot be read',
    next: OPEN_AGAIN,
    meaning:
      'The callback held `state`, `code` or `error` more than once, which a PIM never sends.',
    operator: WATCH_FOR_PROBING,
  },
  state_malformed: {
    status: 400,
    title: 'This address has to be reached through your PIM',
    next: OPEN_AGAIN,
    meaning: 'The callback came without `state`, or with one that this App cannot have made.',
    operator: WATCH_FOR_PROBING,
  },
  state_unknown: {
    status: 400,
    title: 'This attempt to connect is not known',
    next: OPEN_AGAIN,
    meaning:
      'No flow has this `state`: it was forged, or it ended so long ago that it was swept away.',
    operator: WATCH_FOR_PROBING,
  },
  browser_cookie_missing: {
    status: 403,
    title: 'Your browser did not send its cookie',
    next: 'Allow cookies for this site, then open the App from your PIM again, and stay in the same browser until you see "Connected".',
    meaning:
      'The callback came without the cookie that ties the flow to the browser that started it. The flow was left untouched.',
    operator:
      'A user who blocks cookies, a link opened in another program, or a link scanner. Many of them: check that no proxy strips cookies.',
  },
  browser_mismatch: {
    status: 403,
    title: 'This attempt was started in another browser',
    next: 'Go on in the browser where you started, or open the App from your PIM again in this one.',
    meaning:
      'The `state` belongs to a flow of another browser. The flow was left untouched for its owner.',
    operator:
      'A callback link that was shared, a browser that opened its very first two Apps at the same moment, or somebody trying to complete a flow that is not theirs. A spike of them is an attack or a proxy that mixes up cookies.',
  },
  flow_expired: {
    status: 410,
    title: 'This attempt took too long',
    next: 'Start again, or open the App from your PIM.',
    meaning: 'More than 30 minutes passed between the activation URL and the callback.',
    operator: NOTHING_TO_DO,
  },
  flow_already_used: {
    status: 400,
    title: 'This attempt was used before',
    next: 'If you have just reloaded the page, wait a few seconds and reload it again. Otherwise open the App from your PIM again.',
    meaning:
      'The `state` was consumed by an earlier callback that did not end in a connection, or is still at work, or the connection has ended since.',
    operator: 'Look for the earlier callback of the same PIM in the log: its outcome is the cause.',
  },
  authorization_denied: {
    status: 403,
    title: 'The PIM did not allow the connection',
    next: OPEN_AGAIN,
    meaning:
      'The callback held `error`. The PIMs known today never send one, so it was forged or comes from a newer PIM.',
    operator: 'Check in the PIM whether the user may manage Apps.',
  },
  code_malformed: {
    status: 400,
    title: 'The answer of your PIM is incomplete',
    next: OPEN_AGAIN,
    meaning: 'The callback came with a valid `state` but without a usable `code`.',
    operator: 'Check that nothing between browser and gateway cuts long addresses.',
  },
});
