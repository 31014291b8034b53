import { BEGINNING, type Scenario, type Value } from '../scenario.ts';
import type { PimAnswer } from '../services.ts';
import { list, SCOPES, table } from './cases.ts';

type Image = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const IMAGE: Image = {
  pim: { S: 'https://pim.example.com' },
  clientId: { S: 'client' },
  status: { S: 'connected' },
  requestedScopes: { S: SCOPES },
  grantedScopes: { S: SCOPES },
  lastOpenedAt: { S: '2026-01-15T11:00:00.000Z' },
  firstConnectedAt: { S: '2026-01-15T11:00:00.000Z' },
  encryptedToken: { B: 'Y2lwaGVydGV4dA==' },
  tokenFingerprint: { S: 'fingerprint' },
};

function image(changes: Image): Image {
  return { ...IMAGE, ...changes };
}

function without(...names: readonly string[]): Image {
  return Object.fromEntries(Object.entries(IMAGE).filter(([name]) => !names.includes(name)));
}

const OPENED = image({ lastOpenedAt: { S: '2026-01-15T11:59:00.000Z' } });
const CHECKED = image({ health: { S: 'connected' }, checkedAt: { S: '2026-01-15T11:59:00.000Z' } });
const DEAD = image({ status: { S: 'disconnected' }, statusAt: { S: '2026-01-15T11:59:00.000Z' } });
const REPLACED = image({ status: { S: 'replaced' } });
const FEWER = image({ ...OPENED, grantedScopes: { S: 'read_products' } });
const SPOILT = image({ status: { S: 'spoilt' } });
const OTHER = image({ pim: { S: 'https://other.example.com' } });

/** What a row was and what it is. */
type Change = readonly [before: Image | undefined, after: Image | undefined];

const CHANGES: Readonly<Record<string, Change>> = {
  inserted: [undefined, IMAGE],
  'inserted-with-missing-scopes': [undefined, FEWER],
  'inserted-dead': [undefined, DEAD],
  'inserted-spoilt': [undefined, SPOILT],
  opened: [IMAGE, OPENED],
  'opened-with-other-scopes': [IMAGE, FEWER],
  'scopes-in-other-order': [
    IMAGE,
    image({ grantedScopes: { S: SCOPES.split(' ').toReversed().join(' ') } }),
  ],
  'scopes-by-hand': [IMAGE, image({ grantedScopes: { S: '' } })],
  'requested-scopes': [IMAGE, image({ requestedScopes: { S: `${SCOPES} read_assets` } })],
  checked: [IMAGE, CHECKED],
  same: [IMAGE, IMAGE],
  'other-token': [IMAGE, image({ tokenFingerprint: { S: 'other' } })],
  disconnected: [IMAGE, DEAD],
  replaced: [IMAGE, REPLACED],
  'disconnected-after-replaced': [REPLACED, DEAD],
  'connected-again': [DEAD, OPENED],
  'connected-again-with-other-scopes': [DEAD, FEWER],
  removed: [IMAGE, undefined],
  'removed-dead': [DEAD, undefined],
  'removed-spoilt': [SPOILT, undefined],
  'removed-without-scopes': [without('requestedScopes', 'grantedScopes'), undefined],
  'removed-without-pim': [without('pim'), undefined],
  spoilt: [IMAGE, SPOILT],
  'spoilt-without-pim': [IMAGE, without('pim')],
  'spoilt-without-scopes': [IMAGE, without('grantedScopes')],
  'spoilt-number': [IMAGE, image({ clientId: { N: '1' } })],
  mended: [SPOILT, IMAGE],
  'mended-without-time': [without('lastOpenedAt'), IMAGE],
  'no-image': [undefined, undefined],
};

function record([OldImage, NewImage]: Change, number: number, changes: object = {}): object {
  const eventName = NewImage ? (OldImage ? 'MODIFY' : 'INSERT') : 'REMOVE';
  return {
    eventID: `event-${number}`,
    eventName,
    dynamodb: {
      ApproximateCreationDateTime: BEGINNING / 1000 + number,
      SequenceNumber: String(number * 100),
      ...(OldImage && { OldImage }),
      ...(NewImage && { NewImage }),
    },
    ...changes,
  };
}

function batch(changes: readonly Change[]): Readonly<Record<string, unknown>> {
  return { Records: changes.map((change, index) => record(change, index + 1)) };
}

const MANY: readonly Change[] = [
  ...Array.from({ length: 12 }, (_, index): Change => {
    const pim = { S: `https://pim-${index % 11}.example.com` };
    return [undefined, image({ pim })];
  }),
  [IMAGE, FEWER],
  [SPOILT, SPOILT],
  [FEWER, DEAD],
  [OTHER, undefined],
];

const PUBLISH = { operation: 'PutEvents' };
const HALF = JSON.stringify({
  FailedEntryCount: 1,
  Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'not quoted' }],
});

const BUS_FAULTS: Readonly<Record<string, NonNullable<Scenario['faults']>>> = {
  throttled: [{ ...PUBLISH, type: 'ThrottlingException' }],
  forbidden: [{ ...PUBLISH, type: 'AccessDeniedException' }],
  '500-once': [{ ...PUBLISH, status: 500, type: 'InternalException', times: 1 }],
  'second-call-forbidden': [{ ...PUBLISH, skip: 1, type: 'AccessDeniedException' }],
  half: [{ ...PUBLISH, body: HALF }],
  'nothing-said': [{ ...PUBLISH, body: '{}' }],
  reset: [{ ...PUBLISH, end: 'reset' }],
};

const SPOILT_RECORDS: Readonly<Record<string, object>> = {
  'no-id': { eventID: undefined },
  'no-dynamodb': { dynamodb: undefined },
  'no-time': { dynamodb: { SequenceNumber: '1', NewImage: IMAGE } },
  'no-number': { dynamodb: { ApproximateCreationDateTime: 1, NewImage: IMAGE } },
  'time-beyond-time': {
    dynamodb: { ApproximateCreationDateTime: 1e20, SequenceNumber: '1', NewImage: IMAGE },
  },
};

const EVENTS: readonly Scenario[] = [
  ...table('events/change', CHANGES, (change) => ({
    steps: [{ to: 'events', event: batch([change]) }],
  })),
  ...table('events/record', SPOILT_RECORDS, (changes) => ({
    steps: [{ to: 'events', event: { Records: [record([undefined, IMAGE], 1, changes)] } }],
  })),
  ...table('events/fault', BUS_FAULTS, (faults) => ({
    faults,
    steps: [{ to: 'events', event: batch(MANY) }],
  })),
  {
    name: 'events/batches',
    steps: [batch([]), batch(MANY), batch([[IMAGE, IMAGE]])].map((event) => ({
      to: 'events',
      event,
    })),
  },
];

const SYSTEM: PimAnswer = { body: '{"version":"7.0.4","edition":"CE"}' };
const INVALID = 'The access token provided is invalid.';

function refusing(status: number, message: string): PimAnswer {
  return { status, body: JSON.stringify({ code: status, message }) };
}

/** What the PIM of each row says to the token. */
const VISITED: Readonly<Record<string, readonly PimAnswer[]>> = {
  connected: [SYSTEM],
  disconnected: [refusing(401, `${INVALID} Your app has been disconnected from that PIM.`)],
  replaced: [refusing(401, INVALID)],
  'refused-otherwise': [refusing(401, 'Authentication is required')],
  forbidden: [refusing(403, 'Access forbidden.')],
  'forbidden-by-firewall': [{ status: 403, body: '<html>' }],
  unreachable: [{ end: 'reset' }],
  failing: [{ status: 503 }],
  'request-timeout': [{ status: 408 }],
  'throttled-long': [{ status: 429, headers: { 'retry-after': '60' } }],
  page: [{ body: '<html>' }],
  'other-json': [{ body: '{"version":7}' }],
  redirect: [{ status: 302, headers: { location: '/login' } }],
  'not-found': [{ status: 404 }],
  'too-long': [{ body: 'x'.repeat(64 * 1024 + 1) }],
  'too-long-500': [{ status: 500, body: 'x'.repeat(64 * 1024 + 1) }],
  cut: [{ body: '{"version":', end: 'cut' }],
};

type Connection = Readonly<Record<string, Value>>;

/** A connection to a PIM under a path of its own. */
function connection(path: string, changes: Connection = {}): Connection {
  return {
    pim: `{PIM}/${path}`,
    clientId: 'client',
    status: 'connected',
    requestedScopes: SCOPES,
    grantedScopes: SCOPES,
    tokenFingerprint: 'fingerprint',
    firstConnectedAt: '2026-01-01T00:00:00.000Z',
    lastOpenedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

const SPOILT_ROWS: Readonly<Record<string, Connection>> = {
  'pim-of-the-web': { pim: 'http://pim.example.com' },
  'pim-no-address': { pim: 'spoilt' },
  'token-text': { encryptedToken: 'text' },
  'token-of-another-row': { encryptedToken: { B: 'YWJj' } },
  'fingerprint-number': { tokenFingerprint: 1 },
  'sightings-text': { consecutiveInvalid: 'one' },
  'dead-already': { status: 'disconnected' },
  'status-spoilt': { status: 'spoilt' },
  'checked-just-now': { checkedAt: '2026-01-15T12:00:01.000Z' },
  'checked-before': { checkedAt: '2026-01-15T06:00:00.000Z', health: 'connected' },
  'checked-in-the-future': { checkedAt: '2027-01-15T06:00:00.000Z', health: 'connected' },
};

const SWEEP = { to: 'health', event: { time: '2026-01-15T12:00:00Z' } } as const;
const NEXT_SWEEP = {
  to: 'health',
  event: { time: '2026-01-15T18:00:00Z' },
  wait: 6 * 3_600_000,
} as const;
const LATE_SWEEP = { ...NEXT_SWEEP, event: { time: '2026-01-16T00:00:00Z' } } as const;
const UPDATE = { operation: 'UpdateItem' };

const SWEEP_FAULTS: Readonly<Record<string, NonNullable<Scenario['faults']>>> = {
  'scan-forbidden': [{ operation: 'Scan', type: 'AccessDeniedException' }],
  'decrypt-forbidden': [{ operation: 'Decrypt', type: 'AccessDeniedException' }],
  'decrypt-nothing': [{ operation: 'Decrypt', body: '{}' }],
  'record-forbidden': [{ ...UPDATE, type: 'AccessDeniedException' }],
  'record-refused': [{ ...UPDATE, type: 'ConditionalCheckFailedException' }],
};

const PAUSES: readonly PimAnswer[][] = [
  [{ status: 429 }, SYSTEM],
  [{ status: 429, headers: { 'retry-after': '2' } }, { status: 429 }],
  [{ end: 'hang' }],
];

/** A sealed token for a row, as {@link Services} seals it. */
function sealed(row: Connection): Connection {
  const content = {
    Plaintext: Buffer.from('TOKEN').toString('base64'),
    EncryptionContext: { pim: row['pim'], clientId: row['clientId'] },
  };
  return { encryptedToken: { sealed: content }, ...row };
}

const SWEEPS: readonly Scenario[] = [
  {
    name: 'health/sweep',
    rows: { Connections: Object.keys(VISITED).map((path) => sealed(connection(path))) },
    pims: VISITED,
    steps: [SWEEP, SWEEP, NEXT_SWEEP, LATE_SWEEP],
  },
  {
    name: 'health/spoilt',
    rows: {
      Connections: Object.entries(SPOILT_ROWS).map(([path, row]) => sealed(connection(path, row))),
    },
    pims: { '': [SYSTEM] },
    steps: [SWEEP, NEXT_SWEEP],
  },
  {
    name: 'health/sightings',
    rows: {
      Connections: [1, 2, 5].flatMap((consecutiveInvalid) =>
        ['connected', 'replaced', 'disconnected', 'failing'].map((path) =>
          sealed(
            connection(path, { clientId: `client-${consecutiveInvalid}`, consecutiveInvalid }),
          ),
        ),
      ),
    },
    pims: VISITED,
    steps: [SWEEP, NEXT_SWEEP],
  },
  { name: 'health/nothing', steps: [SWEEP, { to: 'health', event: {} }] },
  {
    name: 'health/no-time',
    rows: { Connections: [sealed(connection('connected'))] },
    pims: VISITED,
    steps: [
      { ...SWEEP, remainingMs: 30_000 },
      { ...SWEEP, event: { time: 'spoilt' } },
    ],
  },
  {
    name: 'health/stopped',
    rows: {
      Connections: ['client-1', 'client-2'].map((clientId) =>
        sealed(connection('slow', { clientId })),
      ),
    },
    pims: { slow: [{ end: 'hang' }, SYSTEM] },
    steps: [{ ...SWEEP, remainingMs: 32_000 }, SWEEP],
  },
  ...table('health/fault', SWEEP_FAULTS, (faults) => ({
    rows: { Connections: [sealed(connection('connected'))] },
    pims: VISITED,
    faults,
    steps: [SWEEP],
  })),
  ...list('health/pause', PAUSES, (answers) => ({
    rows: { Connections: [sealed(connection('slow'))] },
    pims: { slow: answers },
    steps: [SWEEP],
  })),
];

const HEALTH = SWEEPS.map((scenario) => ({ ...scenario, isUnordered: true }));

/** What the stream and the schedule set going. */
export const BACKGROUND: readonly Scenario[] = [...EVENTS, ...HEALTH];
