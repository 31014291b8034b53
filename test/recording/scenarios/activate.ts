import type { Scenario, Step, Value } from '../scenario.ts';
import { asBrowserAndProgram, COOKIE, KEY, LISTED, list, OPEN, SCOPES, table } from './cases.ts';

function opening(query: string): Step {
  return { to: 'activate', query };
}

function openingOf(pim: string): Step {
  const encoded = encodeURIComponent(pim);
  const words = encoded.replace(/%7B(\w+)%7D/g, (_, word: string) => `{${word.toLowerCase()}}`);
  return opening(`pim_url=${words}`);
}

const ADDRESSES = [
  'pim.example.com',
  '//pim.example.com',
  'http://pim.example.com',
  'http://127.0.0.1',
  'http://localhost:8080',
  'http://pim.localhost',
  'http://[::1]:8080',
  'http://127.1',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://192.168.0.1',
  'ftp://pim.example.com',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https:pim.example.com',
  'https:/pim.example.com',
  'https:///pim.example.com',
  'https:////pim.example.com',
  'https://',
  'https://?',
  'https://#',
  'https://pim.example.com?',
  'https://pim.example.com?x=1',
  'https://pim.example.com#',
  'https://pim.example.com#x',
  'https://user@pim.example.com',
  'https://user:password@pim.example.com',
  'https://@pim.example.com',
  'https://:@pim.example.com',
  'https://pim.example.com/@x',
  'https://pim.example.com\\@other.example',
  'https:\\\\pim.example.com',
  ' https://pim.example.com',
  'https://pim.example.com ',
  'https://pim.exa mple.com',
  'https://pim.example.com\n',
  'https://pim.\texample.com',
  'https://pim.example.com\0',
  'https://pim.example.com/\u0085',
  'https://pim.example.com/\u00a0',
  'https://pim.example.com/\u2028',
  'https://$(id).example.com',
  "https://pim'.example.com",
  'https://pim.example.com;x',
  'https://pim,example.com',
  'https://pim.example.com.',
  'https://pim..example.com',
  'https://.example.com',
  'https://*.example.com',
  'https://pim.example.com:0',
  'https://pim.example.com:65536',
  'https://pim.example.com:x',
  'https://pim.example.com:443',
  'https://pim.example.com:8443',
  'https://PIM.Example.COM/',
  'HTTPS://pim.example.com',
  'https://pim.example.com///',
  'https://pim.example.com/a/../b',
  'https://pim.example.com/%2e%2e/b',
  'https://pim.example.com/akeneo/',
  "https://pim.example.com/it's",
  'https://pim.example.com/"><script>',
  'https://pim.bücher.example',
  'https://xn--bcher-kva.example',
  'https://xn--a.example',
  'https://ｐｉｍ.example.com',
  'https://pim_1.example.com',
  'https://-pim.example.com',
  'https://1.2.3.4',
  'https://0x7f.1',
  'https://[2001:db8::1]',
  'https://[::ffff:1.2.3.4]',
  'https://[::1',
  'https://pim',
  'https://pim.eu.cloud.akeneo.com',
  'https://evil-cloud.akeneo.com.example',
  `https://pim.example.com/${'a'.repeat(2023)}`,
  `https://pim.example.com/${'a'.repeat(2024)}`,
  `https://pim.example.com/${'a'.repeat(2025)}`,
  `https://pim.example.com/${'ä'.repeat(800)}`,
  '{PIM}/',
  '{PIM}//',
  '{PIM}?',
  'HTTP://{HOST}',
  'https://{HOST}',
];

const QUERIES = [
  '',
  'pim_url',
  'pim_url=',
  'PIM_URL={pim}',
  'pim_url[]={pim}',
  '&pim_url={pim}&',
  'pim_url={pim}&pim_url={pim}',
  'pim_url={pim}&pim_url=',
  'pim_url=&pim_url={pim}',
  'pim_url={pim}&pim%5Furl={pim}',
  'pim%5Furl={pim}',
  'pim_url={pim}&state=x&code=y&flow=z',
  'pim_url={PIM}',
  'pim_url=+{pim}',
  'pim_url=%',
  'pim_url=%ff%fe',
  'pim_url={pim},{pim}',
  'x=1;pim_url={pim}',
  'pim_url={pim}#fragment',
];

const COOKIES: readonly (readonly string[])[] = [
  [],
  [`${COOKIE}=${KEY}`],
  [`${COOKIE}=`],
  [COOKIE],
  [`${COOKIE}=${KEY}x`],
  [`${COOKIE}=${KEY.slice(1)}`],
  [`${COOKIE}=${KEY.slice(1)}+`],
  [`${COOKIE}="${KEY}"`],
  [` ${COOKIE} = ${KEY} `],
  [`\u00a0${COOKIE}=${KEY}`],
  [`akeneo-app-browser=${KEY}`],
  [`${COOKIE.toLowerCase()}=${KEY}`],
  [`${COOKIE}=short`, `${COOKIE}=${KEY}`],
  [`${COOKIE}=${KEY}`, `${COOKIE}=${'l'.repeat(43)}`],
  ['other=1', `${COOKIE}=${KEY}`, 'last=2'],
  [`other=1; ${COOKIE}=${KEY}`],
];

const EVENTS: Readonly<Record<string, Partial<Step>>> = {
  'cookie-header': { headers: { cookie: `a=b; ${COOKIE}=${KEY}` }, cookies: [] },
  head: { event: { routeKey: 'HEAD /activate', requestContext: { requestId: 'head-1' } } },
  post: { event: { routeKey: 'POST /activate', body: 'pim_url=x' } },
  'other-path': { event: { rawPath: '/stage/activate/' } },
  'accept-both': { headers: { accept: 'application/json, text/html' } },
  'accept-nothing': { headers: { accept: '' } },
  'accept-json-suffix': { headers: { accept: 'application/problem+json' } },
  'accept-upper-case': { headers: { accept: 'APPLICATION/JSON' } },
  'request-id-of-markup': { event: { requestContext: { requestId: '<b>"&\'1' } } },
  'little-time': { remainingMs: 1 },
};

type Listing = Readonly<Record<string, Value>>;

const LISTINGS: Readonly<Record<string, readonly Listing[]>> = {
  exact: [LISTED],
  'app-url': [{ ...LISTED, appUrl: 'https://app.example.com/home?a=1#b' }],
  'app-url-empty': [{ ...LISTED, appUrl: '' }],
  'app-url-number': [{ ...LISTED, appUrl: 1 }],
  'scopes-unsorted': [{ ...LISTED, scopes: 'write_b read_a read_a  delete_c' }],
  'scopes-empty': [{ ...LISTED, scopes: '' }],
  'scopes-of-markup': [{ ...LISTED, scopes: 'a&b=c <d> é' }],
  'scopes-long': [{ ...LISTED, scopes: 'read_products '.repeat(100) }],
  'client-id-of-markup': [{ ...LISTED, clientId: 'a b&c=d/é' }],
  'more-attributes': [{ ...LISTED, label: 'Ours', addedAt: 'yesterday' }],
  'spoilt-no-client-id': [{ pim: '{PIM}', scopes: SCOPES }],
  'spoilt-no-scopes': [{ pim: '{PIM}', clientId: 'client' }],
  'spoilt-client-id-number': [{ ...LISTED, clientId: 7 }],
  'spoilt-client-id-null': [{ ...LISTED, clientId: { NULL: true } }],
  'spoilt-scopes-set': [{ ...LISTED, scopes: { SS: ['read_products'] } }],
  'spoilt-scopes-list': [{ ...LISTED, scopes: { L: [{ S: 'read_products' }] } }],
  slash: [{ ...LISTED, pim: '{PIM}/' }],
  'other-case': [{ ...LISTED, pim: 'HTTP://{HOST}' }],
};

const EVERYWHERE = [
  'example.com',
  'com',
  'eu.cloud.akeneo.com',
  'cloud.akeneo.com',
  'a.b.c.d.e.f.g.h.example.org',
];
const SUFFIX_ROWS = [
  ...EVERYWHERE.map((suffix) => ({ pim: `*.${suffix}`, clientId: `of-${suffix}`, scopes: SCOPES })),
  { pim: 'https://pim.example.com', clientId: 'exact', scopes: SCOPES },
  { pim: '*.0.0.1', clientId: 'address', scopes: SCOPES },
];
const COVERED = [
  'https://pim.example.com',
  'https://pim.example.com:443/',
  'https://other.example.com',
  'https://deep.other.example.com',
  'https://example.com',
  'https://other.example.com:8443',
  'https://other.example.com/path',
  'http://other.example.com',
  'https://xexample.com',
  'https://pim.eu.cloud.akeneo.com',
  'https://pim.us.cloud.akeneo.com',
  'https://eu.cloud.akeneo.com',
  'https://pim.com',
  'https://x.a.b.c.d.e.f.g.h.example.org',
  'https://1.2.3.4.5.6.7.8.9.example.com',
  'https://127.0.0.1',
];

const READ = { operation: 'BatchGetItem' };
const WRITE = { operation: 'PutItem' };
const KEYS_LEFT = { Responses: {}, UnprocessedKeys: { Any: { Keys: [{ pim: { S: 'x' } }] } } };

/** What DynamoDB can do to an activation. */
const FAULTS: Readonly<Record<string, NonNullable<Scenario['faults']>>> = {
  'read-throttled': [{ ...READ, type: 'ProvisionedThroughputExceededException' }],
  'read-throttled-once': [{ ...READ, type: 'ThrottlingException', times: 1 }],
  'read-forbidden': [{ ...READ, type: 'AccessDeniedException' }],
  'read-no-table': [{ ...READ, type: 'ResourceNotFoundException' }],
  'read-500': [{ ...READ, status: 500, type: 'InternalServerError' }],
  'read-503-twice': [{ ...READ, status: 503, type: 'ServiceUnavailable', times: 2 }],
  'read-reset': [{ ...READ, end: 'reset' }],
  'read-no-json': [{ ...READ, body: '<html>' }],
  'read-cut': [{ ...READ, body: '{"Responses":', end: 'cut' }],
  'read-keys-left': [{ ...READ, body: JSON.stringify(KEYS_LEFT) }],
  'read-empty': [{ ...READ, body: '{}' }],
  'write-throttled': [{ ...WRITE, type: 'ThrottlingException' }],
  'write-forbidden': [{ ...WRITE, type: 'AccessDeniedException' }],
  'write-refused': [{ ...WRITE, type: 'ConditionalCheckFailedException' }],
  'write-500': [{ ...WRITE, status: 500, type: 'InternalServerError' }],
  'write-answer-lost': [{ ...WRITE, late: true, end: 'reset', times: 1 }],
};

/** Everything about the activation URL. */
export const ACTIVATE: readonly Scenario[] = [
  ...asBrowserAndProgram([
    ...list('activate/address', ADDRESSES, (pim) => ({
      rows: { Pims: [LISTED] },
      steps: [openingOf(pim)],
    })),
    ...list('activate/query', QUERIES, (query) => ({
      rows: { Pims: [LISTED] },
      steps: [opening(query)],
    })),
    ...table('activate/listing', LISTINGS, (rows) => ({ rows: { Pims: rows }, steps: [OPEN] })),
    ...table('activate/fault', FAULTS, (faults) => ({
      rows: { Pims: [LISTED] },
      faults,
      steps: [OPEN],
    })),
  ]),
  ...list('activate/cookie', COOKIES, (cookies) => ({
    rows: { Pims: [LISTED] },
    steps: [{ ...OPEN, cookies }],
  })),
  ...table('activate/event', EVENTS, (step) => ({
    rows: { Pims: [LISTED] },
    steps: [
      { ...OPEN, ...step },
      { ...OPEN, ...step, query: 'pim_url=x' },
    ],
  })),
  ...list('activate/suffix', COVERED, (pim) => ({
    rows: { Pims: SUFFIX_ROWS },
    steps: [openingOf(pim)],
  })),
  {
    name: 'activate/cache',
    rows: { Pims: [LISTED] },
    steps: [
      OPEN,
      { ...OPEN, edit: { Pims: { clientId: 'changed' } }, wait: 59_000 },
      { ...OPEN, wait: 2_000 },
      { ...OPEN, cookies: [] },
    ],
  },
  {
    name: 'activate/read-hangs',
    rows: { Pims: [LISTED] },
    faults: [{ ...READ, end: 'hang' }],
    steps: [OPEN],
  },
  { name: 'activate/no-variables', env: { PIMS_TABLE: undefined, STACK_NAME: '' }, steps: [OPEN] },
  ...list('activate/production', ['{PIM}', 'http://localhost', 'https://{HOST}'], (pim) => ({
    rows: { Pims: [LISTED] },
    env: { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: undefined },
    steps: [openingOf(pim)],
  })),
  {
    name: 'activate/switch-of-another-word',
    rows: { Pims: [LISTED] },
    env: { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: '1' },
    steps: [OPEN],
  },
];
