import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { KEY_ID } from '../../support/fake-kms.ts';
import { listen } from '../../support/http-server.ts';

type Row = Readonly<Record<string, object>>;

/** A scan, as far as it can be told from another. */
interface Scan {
  readonly TableName: string;
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: { readonly number: { readonly N: string } };
}

/** How many rows of these tests fill a page of 1 MB. */
const PAGE_ROWS = 1_400;

/** A page of a table of rows that are made when they are asked for, so that the table takes no memory. */
function page(scan: Scan, rows: number, row: (number: number) => Row): object {
  const { Segment = 0, TotalSegments = 1, Limit = PAGE_ROWS, ExclusiveStartKey } = scan;
  let number = ExclusiveStartKey ? Number(ExclusiveStartKey.number.N) + TotalSegments : Segment;
  const Items: Row[] = [];
  for (; number < rows && Items.length < Math.min(Limit, PAGE_ROWS); number += TotalSegments)
    Items.push(row(number));
  const last = { number: { N: String(number - TotalSegments) } };
  return { Items, ...(number < rows && { LastEvaluatedKey: last }) };
}

/** See {@link generatedAws}. */
export interface GeneratedAws {
  readonly url: string;
  /** How often each operation was called. */
  readonly calls: Readonly<Record<string, number>>;
}

/** DynamoDB, KMS and a PIM at one address, with so many rows in each table. They end with the test. */
export async function generatedAws(rows: number): Promise<GeneratedAws> {
  const calls: Record<string, number> = {};
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      calls[operation] = (calls[operation] ?? 0) + 1;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(outputOf(operation, body, rows, url)));
    });
  });
  const url = await listen(server);
  return { url, calls };
}

function outputOf(operation: string, body: string, rows: number, url: string): object {
  switch (operation) {
    case 'Scan': {
      const scan = JSON.parse(body) as Scan;
      return page(scan, rows, scan.TableName === 'Pims' ? pimRow : connectionRow(url));
    }
    case 'Decrypt':
      return { KeyId: KEY_ID, Plaintext: Buffer.from('t'.repeat(86)).toString('base64') };
    case 'UpdateItem':
      return {};
    default:
      return { version: '7.0.4', edition: 'CE' };
  }
}

const TIME = '2030-01-01T00:00:00.000Z';
const SCOPES = 'read_channel_localization read_channel_settings read_products write_products';

/** 700 bytes, as of an App with few scopes. Every connection is of the one PIM that there is. */
function connectionRow(pim: string): (number: number) => Row {
  return (number) => ({
    ...texts({
      pim,
      clientId: `client-${number}`,
      status: 'connected',
      tokenFingerprint: 'f'.repeat(32),
      requestedScopes: SCOPES,
      grantedScopes: SCOPES,
      firstConnectedAt: TIME,
      lastOpenedAt: TIME,
    }),
    encryptedToken: { B: Buffer.alloc(240).toString('base64') },
  });
}

function pimRow(number: number): Row {
  const pim = `https://pim-${number}.example.com`;
  return texts({ pim, clientId: `c-${number}`, scopes: SCOPES, addedAt: TIME, updatedAt: TIME });
}

function texts(values: Readonly<Record<string, string>>): Row {
  return Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }]));
}
