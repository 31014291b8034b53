import { once } from 'node:events';
import type { Server } from 'node:http';
import dynalite from 'dynalite';

/** What CloudFormation says of a table, as far as `CreateTable` needs it. */
export type TableDefinition = Readonly<Record<string, unknown>> & { readonly TableName: string };

/** A row in DynamoDB's own JSON. */
export type Row = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rows by table. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

const CREDENTIAL = 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c';

/** DynamoDB in this process, with tables as a template has them. */
export class Tables {
  readonly #server: Server;
  readonly #definitions: readonly TableDefinition[];

  private constructor(server: Server, definitions: readonly TableDefinition[]) {
    this.#server = server;
    this.#definitions = definitions;
  }

  /** Makes the tables, empty. */
  static async start(definitions: readonly TableDefinition[]): Promise<Tables> {
    const server = dynalite({ createTableMs: 0 });
    server.keepAliveTimeout = 60_000;
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const tables = new Tables(server, definitions);
    for (const definition of definitions) await tables.#make(definition);
    return tables;
  }

  /** Every row of every table, the tables by their names in the template. */
  async rows(): Promise<Record<string, readonly Row[]>> {
    const scans = this.#definitions.map(async ({ TableName }) => {
      const { Items } = JSON.parse((await this.call('Scan', { TableName })).body) as {
        readonly Items: readonly Row[];
      };
      return [TableName, Items] as const;
    });
    return Object.fromEntries(await Promise.all(scans));
  }

  /** The table of the stack that is called so, whatever CloudFormation makes of the name. */
  nameOf(short: string): string {
    const found = this.#definitions.find(({ TableName }) => TableName.includes(short));
    if (!found) throw new Error(`The stack has no table ${short}.`);
    return found.TableName;
  }

  /** Removes every row. */
  async clear(): Promise<void> {
    for (const [TableName, rows] of Object.entries(await this.rows())) {
      const keys = this.#definitions.find((table) => table.TableName === TableName)?.['KeySchema'];
      const names = (keys as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
      for (const row of rows) {
        const Key = Object.fromEntries(names.map((name) => [name, row[name]]));
        await this.call('DeleteItem', { TableName, Key });
      }
    }
  }

  /** Sends an operation of DynamoDB's own protocol. */
  async call(operation: string, input: unknown): Promise<{ status: number; body: string }> {
    const response = await fetch(`http://${hostOf(this.#server)}`, {
      method: 'POST',
      headers: {
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': 'today',
        authorization: CREDENTIAL,
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: await response.text() };
  }

  /** Ends every connection. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #make(table: TableDefinition): Promise<void> {
    await this.call('CreateTable', table);
    for (;;) {
      const { body } = await this.call('DescribeTable', { TableName: table.TableName });
      if (body.includes('"TableStatus":"ACTIVE"')) return;
    }
  }
}

/** Where a server listens, as `127.0.0.1:<port>`. */
export function hostOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return `127.0.0.1:${address.port}`;
}
