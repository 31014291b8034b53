import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from '../../local/gateway.ts';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { ConnectionError } from '../../reader/index.ts';
import { urlInPim } from '../../reader/pim-request.ts';
import { listen } from '../support/http-server.ts';
import { ODD_REQUESTS, sendBytes } from '../support/odd-requests.ts';
import { pimUrl } from '../support/pim-url.ts';
import { testPim } from '../unit/simulator/setup.ts';
import { RUNS } from './runs.ts';

/** Any text; half of it made of control characters and ASCII, which a parser minds most. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCharCode(code)) }),
);

describe(`${RUNS} inputs of any kind`, () => {
  it('as a path of the reader: the URL that the global fetch would take, or a refusal', () => {
    const pieces = fc.constantFrom(...PIECES);
    const path = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
      text.map((any) => `/${any}`),
      text,
    );
    fc.assert(
      fc.property(path, (raw) => {
        expect([REFUSED, platformUrl(raw)]).toContain(urlOrRefusal(raw));
      }),
      { numRuns: RUNS },
    );
  });
});

/** What URL parsers take for more than text. */
const PIECES = '/ \\ .. @ : ? # %2e %2f ; " a { ü https: evil.example'
  .split(' ')
  .concat(' ', '\t', '\n', '\u0000', '\u007f', '\u00a0');

const BASE = 'https://pim.example';
const PIM = pimUrl(BASE);
const REFUSED = 'path_not_of_pim';

function platformUrl(path: string): string | undefined {
  try {
    return new URL(path, BASE).href;
  } catch {
    return undefined;
  }
}

/** The URL of a path in the PIM, or the code with which the reader refuses it. */
function urlOrRefusal(path: string): string {
  try {
    const { origin, href } = urlInPim(PIM, path);
    return origin === BASE ? href : `leads to ${origin}`;
  } catch (error) {
    if (error instanceof ConnectionError) return error.code;
    throw error;
  }
}

/** Fewer, since one takes far longer than a call. */
const CONNECTIONS = Math.ceil(RUNS / 100);

async function dynamoDb(): Promise<string> {
  const db = await startEmbeddedDynamoDb();
  onTestFinished(() => db.close());
  return db.address.endpoint;
}

/** A request with some of its bytes replaced. */
const bytes = fc
  .tuple(
    fc.constantFrom(...ODD_REQUESTS),
    fc.nat(80),
    fc.nat(8),
    fc.string({ unit: 'binary-ascii' }),
  )
  .map(([odd, at, length, other]) => odd.slice(0, at) + other + odd.slice(at + length));

describe(`${CONNECTIONS} connections with any bytes`, () => {
  const handler = async () => ({ statusCode: 204 });

  it.each<[string, () => Promise<string>]>([
    ['the gateway', () => listen(createGateway({ 'GET /activate': handler }))],
    ['the simulated PIM', async () => (await testPim()).pim.url],
    ['the embedded DynamoDB', dynamoDb],
  ])('leave %s alive', async (_server, start) => {
    const url = await start();
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => void (await sendBytes(url, sent))),
      { numRuns: CONNECTIONS },
    );
    expect((await fetch(`${url}/activate`)).status).toBeLessThan(500);
  });
});
