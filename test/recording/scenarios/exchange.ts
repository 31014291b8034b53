import type { Scenario } from '../scenario.ts';
import type { PimAnswer } from '../services.ts';
import {
  asBrowserAndProgram,
  BACK,
  granted,
  LISTED,
  OPEN,
  READY,
  refusal,
  SCOPES,
  SHOW,
  SOON,
  table,
  ways,
} from './cases.ts';

function saying(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): PimAnswer {
  return { status, body, headers };
}

const BIG = 'x'.repeat(64 * 1024);

/** Definite answers of the token endpoint, and of some then a second. */
const TOKENS: Readonly<Record<string, readonly PimAnswer[]>> = {
  granted: [granted()],
  'granted-more-scopes': [granted({ scope: `${SCOPES} read_assets` })],
  'granted-fewer-scopes': [granted({ scope: 'read_products' })],
  'granted-implied-scopes': [
    granted({ scope: 'delete_products write_categories write_catalog_structure' }),
  ],
  'granted-other-order': [
    granted({ scope: 'write_categories read_products read_catalog_structure' }),
  ],
  'granted-no-scopes': [granted({ scope: '' })],
  'granted-scopes-of-markup': [granted({ scope: '<b>' })],
  'granted-with-more': [granted({ id_token: 'a.b.c', expires_in: 1, refresh_token: 'r' })],
  'granted-upper-case-type': [granted({ token_type: 'BEARER' })],
  'granted-longest-token': [granted({ access_token: 't'.repeat(4096) })],
  'granted-as-html': [{ ...granted(), headers: { 'content-type': 'text/html' } }],
  'granted-just-below-64-kib': [granted({ id_token: 'x'.repeat(65_200) })],
  'invalid-client': [refusal('invalid_client')],
  'invalid-client-once': [refusal('invalid_client'), granted()],
  'invalid-client-then-grant': [refusal('invalid_client'), refusal('invalid_grant')],
  'invalid-client-then-request': [refusal('invalid_client'), refusal('invalid_request')],
  'invalid-grant': [refusal('invalid_grant')],
  'invalid-request': [refusal('invalid_request')],
  'unauthorized-client': [refusal('unauthorized_client')],
  'unsupported-grant-type': [refusal('unsupported_grant_type')],
  'unknown-error': [refusal('<b>new</b>')],
  'empty-error': [refusal('')],
  '503-once': [saying(503), granted()],
  'reset-once': [{ end: 'reset' }, granted()],
  'html-twice': [saying(200, '<html>'), saying(200, '<html>'), granted()],
  '429-once': [saying(429, '', { 'retry-after': '1' }), granted()],
  '503-then-invalid-grant': [saying(503), refusal('invalid_grant')],
};

/** What no PIM says; it is asked again until the time is over. */
const DISTURBED: Readonly<Record<string, readonly PimAnswer[]>> = {
  ...Object.fromEntries(
    [201, 204, 301, 302, 307, 401, 403, 404, 408, 418, 500, 502, 503].map((status) => [
      `status-${status}`,
      [saying(status, '', { location: 'http://{HOST}/elsewhere' })],
    ]),
  ),
  'status-429-retry-after': [saying(429, '', { 'retry-after': '1' })],
  'status-429-retry-after-long': [saying(429, '', { 'retry-after': '3600' })],
  'status-503-retry-after-date': [
    saying(503, '', { 'retry-after': 'Thu, 15 Jan 2026 12:00:10 GMT' }),
  ],
  'error-as-401': [refusal('invalid_client', 401)],
  'error-as-200': [refusal('invalid_client', 200)],
  'error-of-no-text': [refusal(7)],
  'bad-request-html': [saying(400, '<html>')],
  empty: [saying(200)],
  html: [saying(200, '<html>Log in</html>')],
  'bad-json': [saying(200, '{"access_token":')],
  'json-array': [saying(200, '[]')],
  'json-null': [saying(200, 'null')],
  cut: [{ body: '{"access_token":"T', end: 'cut' }],
  reset: [{ end: 'reset' }],
  hang: [{ end: 'hang' }],
  'too-long': [saying(200, `${BIG}x`)],
  long: [saying(200, BIG)],
  'too-long-500': [saying(500, `${BIG}x`)],
  'no-token': [granted({ access_token: undefined })],
  'token-empty': [granted({ access_token: '' })],
  'token-of-blanks': [granted({ access_token: 'a b' })],
  'token-too-long': [granted({ access_token: 't'.repeat(4097) })],
  'token-number': [granted({ access_token: 1 })],
  'no-type': [granted({ token_type: undefined })],
  'other-type': [granted({ token_type: 'mac' })],
  'no-scope': [granted({ scope: undefined })],
  'scope-list': [granted({ scope: ['read_products'] })],
  'failures-of-many-kinds': [saying(500), { end: 'reset' }, saying(404)],
};

const CONSUME = { operation: 'UpdateItem', times: 3 };
const FIND = { operation: 'GetItem' };
/** The update of the connection; the one before it consumes the flow. */
const SAVE = { operation: 'UpdateItem', skip: 1 };
const ENCRYPT = { operation: 'Encrypt' };
const READ_SECRET = { operation: 'GetItem' };
const SECRET = { operation: 'Decrypt' };

const FAULTS: Readonly<Record<string, NonNullable<Scenario['faults']>>> = {
  'consume-throttled': [{ ...CONSUME, type: 'ThrottlingException' }],
  'consume-forbidden': [{ ...CONSUME, type: 'AccessDeniedException' }],
  'consume-500-once': [{ ...CONSUME, status: 500, type: 'InternalServerError', times: 1 }],
  'consume-answer-lost': [{ ...CONSUME, late: true, end: 'reset', times: 1 }],
  'consume-refused-find-forbidden': [
    { ...CONSUME, type: 'ConditionalCheckFailedException' },
    { ...FIND, type: 'AccessDeniedException' },
  ],
  'consume-refused': [{ ...CONSUME, type: 'ConditionalCheckFailedException', times: 1 }],
  'secret-throttled': [{ ...SECRET, type: 'ThrottlingException' }],
  'secret-forbidden': [{ ...SECRET, type: 'AccessDeniedException' }],
  'secret-row-throttled': [{ ...READ_SECRET, type: 'ThrottlingException' }],
  'secret-of-another-client': [{ ...SECRET, type: 'InvalidCiphertextException' }],
  'secret-row-malformed': [{ ...READ_SECRET, body: '{"Item":{}}' }],
  'secret-500-once': [{ ...SECRET, status: 500, type: 'KMSInternalException', times: 1 }],
  'encrypt-throttled': [{ ...ENCRYPT, type: 'ThrottlingException' }],
  'encrypt-key-disabled': [{ ...ENCRYPT, type: 'DisabledException' }],
  'encrypt-forbidden': [{ ...ENCRYPT, type: 'AccessDeniedException' }],
  'encrypt-nothing': [{ ...ENCRYPT, body: '{}' }],
  'encrypt-500-once': [{ ...ENCRYPT, status: 500, type: 'KMSInternalException', times: 1 }],
  'save-throttled': [{ ...SAVE, type: 'ThrottlingException' }],
  'save-forbidden': [{ ...SAVE, type: 'AccessDeniedException' }],
  'save-refused': [{ ...SAVE, type: 'ConditionalCheckFailedException' }],
  'save-refused-once': [{ ...SAVE, type: 'ConditionalCheckFailedException', times: 1 }],
  'save-answer-lost': [{ ...SAVE, late: true, end: 'reset', times: 1 }],
  'save-reset': [{ ...SAVE, end: 'reset' }],
};

const SECRETS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  missing: {},
  empty: { client: [''] },
  'line-end': { client: ['SECRET\n'] },
  'too-long': { client: ['s'.repeat(1025)] },
  longest: { client: ['s'.repeat(1024)] },
  json: { client: ['{"secret":"x y"}'] },
  'of-another-client': { other: ['SECRET'] },
};

const APP_URL = { ...LISTED, appUrl: 'https://app.example.com/home?a=1#b' };

/** Everything about the exchange of the code and about saving the token. */
export const EXCHANGE: readonly Scenario[] = asBrowserAndProgram([
  ...table('callback/token', TOKENS, (answers) => ways({ pims: { '': answers } }, BACK, SHOW)),
  ...table('callback/disturbed', DISTURBED, (answers) => ways({ pims: { '': answers } }, SOON)),
  ...table('callback/fault', FAULTS, (faults) => ways({ faults }, BACK, BACK)),
  ...table('callback/secret', SECRETS, (secrets) => ways({ secrets }, BACK)),
  {
    ...READY,
    name: 'callback/restarted-then-connected',
    rows: { Pims: [APP_URL] },
    pims: { '': [refusal('invalid_grant'), granted()] },
    steps: [OPEN, BACK, { ...BACK, query: 'state={state}&code=NEW' }, SHOW],
  },
  {
    ...READY,
    name: 'callback/restarted-twice',
    pims: { '': [refusal('invalid_grant')] },
    steps: [OPEN, BACK, BACK, BACK, { ...BACK, query: 'state={state1}&code=CODE' }],
  },
  {
    ...READY,
    name: 'callback/restart-not-saved',
    pims: { '': [refusal('invalid_grant')] },
    faults: [{ operation: 'PutItem', skip: 1, type: 'AccessDeniedException' }],
    steps: [OPEN, BACK, BACK],
  },
  {
    ...READY,
    name: 'callback/secret-rotated',
    secrets: { client: ['OLD', 'NEW'] },
    pims: { '': [granted(), refusal('invalid_client'), granted()] },
    steps: [OPEN, BACK, OPEN, BACK, OPEN, BACK],
  },
  {
    ...READY,
    name: 'callback/secret-removed',
    secrets: { client: ['OLD', ''] },
    pims: { '': [granted(), refusal('invalid_client')] },
    steps: [OPEN, BACK, OPEN, BACK, OPEN, BACK],
  },
  {
    ...READY,
    name: 'callback/token-replaced',
    pims: {
      '': [granted(), granted({ access_token: 'OTHER', scope: 'read_products' }), granted()],
    },
    steps: [OPEN, BACK, OPEN, { ...BACK, wait: 1_000 }, SHOW, OPEN, BACK, SHOW],
  },
  {
    ...READY,
    name: 'callback/whole-budget',
    pims: { '': [{ end: 'reset' }] },
    steps: [OPEN, BACK],
  },
  { ...READY, name: 'callback/slow-pim', pims: { '': [{ end: 'hang' }] }, steps: [OPEN, BACK] },
  {
    ...READY,
    name: 'callback/slow-once',
    pims: { '': [{ end: 'hang' }, granted()] },
    steps: [OPEN, BACK],
  },
  {
    ...READY,
    name: 'callback/encrypt-hangs',
    faults: [{ ...ENCRYPT, end: 'hang' }],
    steps: [OPEN, BACK],
  },
  {
    ...READY,
    name: 'callback/secret-hangs',
    faults: [{ ...SECRET, end: 'hang' }],
    steps: [OPEN, BACK],
  },
]);
